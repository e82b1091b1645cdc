"""An engine on a search server whose faults a test decides. Not a test itself."""

from collections.abc import AsyncIterator

import pytest
from elasticsearch import AsyncElasticsearch

from models.document import Kind
from search.elastic import ElasticEngine
from tests.real_parts import ELASTICSEARCH
from tests.search.documents import made_empty
from tests.search.unsteady_server import UnsteadyServer, unsteady


@pytest.fixture
def prefix(elastic_url: str) -> str:
    return elastic_url.rpartition("/")[2]


@pytest.fixture
async def server(elastic_url: str) -> AsyncIterator[UnsteadyServer]:
    async with unsteady(ELASTICSEARCH or "") as server:
        yield server


@pytest.fixture
async def engine(server: UnsteadyServer, prefix: str) -> AsyncIterator[ElasticEngine]:
    client = AsyncElasticsearch(server.url, request_timeout=1, max_retries=0)
    engine = await ElasticEngine.open(client, prefix)
    await made_empty(engine)
    yield engine
    await engine.close()


async def indexes(engine: ElasticEngine, kind: Kind = Kind.JOB_OFFER) -> list[str]:
    return sorted(await engine.client.indices.get(index=engine.indexes[kind].names.family, features="aliases"))
