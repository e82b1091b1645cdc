"""The whole service, on each of the two pairs of database and search engine that it is run on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.real_parts import ELASTICSEARCH, WITHOUT_ELASTICSEARCH
from tests.service import ELASTIC, EMBEDDED, Service, open_service


@pytest.fixture(params=["sqlite and embedded", "postgresql and elasticsearch"])
def parts(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The URL of a database of the test's own, and which engine searches."""
    if request.param == "sqlite and embedded":
        return request.getfixturevalue("sqlite_url"), EMBEDDED
    if not ELASTICSEARCH:
        pytest.skip(WITHOUT_ELASTICSEARCH)
    return request.getfixturevalue("postgresql_url"), ELASTIC


@pytest.fixture
async def service(parts: tuple[str, str], tmp_path: Path, clock: Clock) -> AsyncIterator[Service]:
    database_url, search = parts
    async with open_service(database_url, search, tmp_path, clock) as opened:
        yield opened
        await opened.discard_index()
