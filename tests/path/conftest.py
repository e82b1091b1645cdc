"""The whole service for these tests."""

import logging

import pytest

from tests.whole_service import parts, service
from tests.world import origin, world

__all__ = ["origin", "parts", "service", "world"]


@pytest.fixture(autouse=True)
def _silent(caplog: pytest.LogCaptureFixture) -> None:
    """The library would log every error with what was sent; the server silences it as well."""
    caplog.set_level(logging.CRITICAL + 1, "strawberry.execution")
