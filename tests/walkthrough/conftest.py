"""The service as newcomers run it: what it answers on other databases and engines is compared elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.service import EMBEDDED, Service, open_service


@pytest.fixture
async def service(sqlite_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Service]:
    async with open_service(sqlite_url, EMBEDDED, tmp_path, clock) as opened:
        yield opened
