"""The two pairs of database and search engine that the service is run on, and an installation on one of them."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from models.database import Database, open_database
from tests.processes.mailbox import Mailbox
from tests.processes.running import Installation, installation
from tests.real_parts import ELASTICSEARCH, WITHOUT_ELASTICSEARCH

EMBEDDED, SERVERS = "sqlite and embedded", "postgresql and elasticsearch"


@dataclass(frozen=True)
class Pair:
    database_url: str
    search_url: str


@pytest.fixture
def search_prefix() -> Iterator[str]:
    """What begins the names of the test's own indexes on the server. They are gone when it ends."""
    prefix = f"test-{uuid4().hex[:12]}"
    yield prefix
    with Elasticsearch(ELASTICSEARCH or "") as server:
        if names := list(server.indices.get(index=f"{prefix}-*", features="aliases")):
            server.indices.delete(index=names, ignore_unavailable=True)


@pytest.fixture(params=[EMBEDDED, SERVERS])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Pair:
    if request.param == EMBEDDED:
        return Pair(request.getfixturevalue("sqlite_url"), f"embedded:{tmp_path}/search")
    if not ELASTICSEARCH:
        pytest.skip(WITHOUT_ELASTICSEARCH)
    database_url, prefix = request.getfixturevalue("postgresql_url"), request.getfixturevalue("search_prefix")
    return Pair(database_url, f"{ELASTICSEARCH}/{prefix}")


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    kept = Mailbox()
    kept.open()
    yield kept
    kept.close()


@pytest.fixture
async def installed(pair: Pair, mailbox: Mailbox, tmp_path: Path) -> AsyncIterator[Installation]:
    """Nothing of it runs yet."""
    settings = {
        "PLACEMENT_DATABASE_URL": pair.database_url,
        "PLACEMENT_SEARCH_URL": pair.search_url,
        "PLACEMENT_MAIL_URL": mailbox.url,
        "PLACEMENT_MAX_OPEN_OFFERS": "9999",
        "PLACEMENT_MAX_PUBLICATIONS": "9999",
    }
    async with installation(tmp_path, settings) as ready:
        yield ready


@pytest.fixture
async def database(pair: Pair) -> AsyncIterator[Database]:
    """The same that the processes use."""
    opened = open_database(pair.database_url)
    yield opened
    await opened.close()
