"""The whole service for these tests."""

import logging

import pytest

from tests.real_parts import ELASTICSEARCH, LONG, POSTGRESQL
from tests.whole_service import parts, service
from tests.world import origin, world

__all__ = ["origin", "parts", "service", "world"]

STRICTER_ON_SERVERS = frozenset(
    "test_fuzz test_hostile_input test_hostile_pages test_hostile_reading test_odd_but_right test_refusals".split()
)
"""What is entered there a server refuses if the service does not: where there are both, and no time to spare, the embedded pair
is spared these."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if LONG or not (POSTGRESQL and ELASTICSEARCH):
        return
    spared = [each for each in items if each.path.stem in STRICTER_ON_SERVERS and "[sqlite and embedded" in each.nodeid]
    config.hook.pytest_deselected(items=spared)
    left_out = set(spared)
    items[:] = [each for each in items if each not in left_out]


@pytest.fixture(autouse=True)
def _silent(caplog: pytest.LogCaptureFixture) -> None:
    """The library would log every error with what was sent; the server silences it as well."""
    caplog.set_level(logging.CRITICAL + 1, "strawberry.execution")
