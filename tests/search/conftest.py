"""Engines to test: Tantivy always, Elasticsearch where there is a server."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import AsyncElasticsearch

from search.engine import SearchEngine
from search.opening import open_engine
from tests.real_parts import ELASTICSEARCH, WITHOUT_ELASTICSEARCH
from tests.search.documents import made_empty


@pytest.fixture
def embedded_url(tmp_path: Path) -> str:
    return f"embedded:{tmp_path / 'search'}"


@pytest.fixture
async def elastic_url() -> AsyncIterator[str]:
    """Indexes of the test's own on the server, gone when it ends."""
    if not ELASTICSEARCH:
        pytest.skip(WITHOUT_ELASTICSEARCH)
    prefix = f"test-{uuid4().hex[:12]}"
    yield f"{ELASTICSEARCH.rstrip('/')}/{prefix}"
    async with AsyncElasticsearch(ELASTICSEARCH) as client:
        indexes = await client.indices.get(index=f"{prefix}-*", features="aliases")
        if names := list(indexes):
            await client.indices.delete(index=names, ignore_unavailable=True)


@pytest.fixture(params=["embedded", "elastic"])
def engine_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def new_engine(engine_url: str) -> AsyncIterator[SearchEngine]:
    """An engine without an index: the test runs on each kind there is."""
    engine = await open_engine(engine_url)
    yield engine
    await engine.close()


@pytest.fixture
async def engine(new_engine: SearchEngine) -> SearchEngine:
    """An engine with an empty index of each kind."""
    await made_empty(new_engine)
    return new_engine
