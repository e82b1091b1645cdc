"""The whole service for these tests, and how much of the law is tried."""

import os
from math import ceil

from tests.whole_service import parts, service

__all__ = ["CRITERIA", "EXAMPLES", "parts", "service"]

CRITERIA = 42
EXAMPLES = ceil(int(os.environ.get("PLACEMENT_TEST_LAW_CASES", "168")) / CRITERIA)
"""A case is a criteria, judged over all the documents of its example. `make law` asks for more of them."""
