"""What is particular to a search server: its refusals, its absences, its indexes."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from elasticsearch import AsyncElasticsearch, BadRequestError

from errors import Unavailable
from models.clause import has
from models.document import Kind
from search.elastic import ElasticEngine
from search.elastic_mapping import Names, own
from search.engine import Order, Rejected, Removal, Unusable
from search.opening import open_engine
from tests.real_parts import ELASTICSEARCH
from tests.search.documents import document, found, search, uuid_of
from tests.search.unsteady_server import UnsteadyServer, hanging_up, saying, silence, something_else, unsteady


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
    yield engine
    await engine.close()


async def indexes(engine: ElasticEngine, kind: Kind = Kind.JOB_OFFER) -> list[str]:
    return sorted(await engine.client.indices.get(index=engine.indexes[kind].names.family, features="aliases"))


async def test_a_document_that_is_refused_for_good_does_not_hold_up_the_others(engine: ElasticEngine) -> None:
    bad = document(1, regions="x" * 40_000)
    with pytest.raises(Rejected, match="failed to parse field") as refusal:
        await engine.write([document(0), bad, document(2), document(3, kind=Kind.CANDIDACY)])
    assert set(refusal.value.reasons) == {bad.id}
    assert "xxx" not in str(refusal.value), "what was in the field is nobody's business"
    assert set(await found(engine)) == {uuid_of(0), uuid_of(2)}
    assert await found(engine, kind=Kind.CANDIDACY) == [uuid_of(3)]


async def test_a_rebuild_with_a_document_that_is_refused_does_not_come_into_use(engine: ElasticEngine) -> None:
    await engine.write([document(0)])
    with pytest.raises(Rejected):
        async with engine.rebuild(Kind.JOB_OFFER) as building:
            await building.write([document(1), document(2, regions="x" * 40_000)])
    assert await found(engine) == [uuid_of(0)]
    assert len(await indexes(engine)) == 1


async def test_what_the_server_was_too_busy_for_is_written_again(engine: ElasticEngine, server: UnsteadyServer) -> None:
    batch = await engine.open_batch()
    server.faults = [server.busy_for_half, server.busy_for_half, saying(429), saying(503)]
    await batch.write([document(number) for number in range(9)])
    assert (await search(engine)).total == 9


async def test_a_server_that_stays_too_busy_makes_the_write_unavailable(engine: ElasticEngine, server: UnsteadyServer) -> None:
    batch = await engine.open_batch()
    server.faults = [server.busy_for_half] * 6
    with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
        await batch.write([document(number) for number in range(200)])
    server.faults = []
    await batch.write([document(number) for number in range(200)])
    assert (await search(engine)).total == 200


@pytest.mark.parametrize("fault", [saying(503), saying(429), saying(502), hanging_up], ids=["503", "429", "502", "hang up"])
async def test_a_passing_fault_is_not_noticed(engine: ElasticEngine, server: UnsteadyServer, fault: object) -> None:
    server.faults = [fault, fault]  # type: ignore[list-item]
    await engine.write([document(0)])
    server.faults = [fault, fault]  # type: ignore[list-item]
    assert await found(engine) == [uuid_of(0)]


@pytest.mark.parametrize("fault", [saying(503), saying(500), saying(400), saying(403), hanging_up])
async def test_a_lasting_fault_is_unavailable_and_passes_with_it(
    engine: ElasticEngine, server: UnsteadyServer, fault: object
) -> None:
    await engine.write([document(0)])
    server.faults = [fault] * 20  # type: ignore[list-item]
    for attempt in (search(engine), engine.write([document(1)]), engine.versions(Kind.JOB_OFFER)):
        with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
            await attempt
    server.faults = []
    assert await found(engine) == [uuid_of(0)]


async def test_a_server_that_does_not_answer_in_time_is_not_asked_again(engine: ElasticEngine, server: UnsteadyServer) -> None:
    server.faults, before = [silence], len(server.requests)
    with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
        await search(engine)
    assert len(server.requests) == before + 1


async def test_an_engine_opened_before_its_server_is_there_works_once_it_is(server: UnsteadyServer, prefix: str) -> None:
    server.faults = [saying(503)] * 8
    engine = await open_engine(f"{server.url}/{prefix}")
    assert not await engine.ready()
    server.faults = []
    await engine.write([document(0)])
    assert await found(engine) == [uuid_of(0)]
    await engine.close()


async def test_a_server_that_is_away_makes_everything_unavailable() -> None:
    engine = await open_engine("http://127.0.0.1:9/nobody")
    assert not await engine.ready()
    for attempt in (search(engine), engine.open_batch(), engine.needs_rebuild(Kind.JOB_OFFER)):
        with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
            await attempt
    await engine.close()


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (saying(200, version={"number": "7.17.9"}), "install release 8.19"),
        (saying(401, "security_exception"), "PLACEMENT_SEARCH_API_KEY"),
        (something_else, "not Elasticsearch"),
    ],
)
async def test_a_server_that_can_never_do_is_refused_with_what_to_do(
    server: UnsteadyServer, prefix: str, fault: object, message: str
) -> None:
    server.faults = [fault]  # type: ignore[list-item]
    with pytest.raises(Unusable, match=message):
        await open_engine(f"{server.url}/{prefix}")


async def test_an_index_that_somebody_else_made_is_refused(engine: ElasticEngine, server: UnsteadyServer, prefix: str) -> None:
    names = Names(Kind.JOB_OFFER, f"{prefix}-other")
    await engine.client.indices.create(index=f"{prefix}-other-job_offer-theirs", aliases={names.alias: {}})
    with pytest.raises(Unusable, match="placement reindex"):
        await open_engine(f"{server.url}/{prefix}-other")


async def test_processes_that_start_together_make_one_index(server: UnsteadyServer, prefix: str) -> None:
    engines = await asyncio.gather(*(open_engine(f"{server.url}/{prefix}") for _ in range(5)))
    for number, each in enumerate(engines):
        await each.write([document(number)])
    assert (await search(engines[0])).total == 5
    for each in engines:
        await each.close()


async def test_a_late_write_makes_no_index_up(engine: ElasticEngine) -> None:
    late = await engine.open_batch()
    async with engine.rebuild(Kind.JOB_OFFER):
        pass
    await late.write([document(0)])
    assert len(await indexes(engine)) == 1
    assert await found(engine) == []


async def test_a_rebuild_sweeps_what_others_left(engine: ElasticEngine, prefix: str) -> None:
    await engine.client.indices.create(index=f"{prefix}-job_offer-0123456789.first")
    left = await engine.indexes[Kind.JOB_OFFER].begin()
    await engine.write([document(0)])
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(0)])
    assert len(await indexes(engine)) == 1
    assert left not in await indexes(engine)
    assert await found(engine) == [uuid_of(0)]


async def test_an_index_that_was_deleted_is_made_again_and_wants_a_rebuild(engine: ElasticEngine) -> None:
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(0)])
    await engine.client.indices.delete(index=await indexes(engine))
    with pytest.raises(Unavailable):
        await search(engine)
    assert await found(engine) == []
    assert await engine.needs_rebuild(Kind.JOB_OFFER)


async def test_the_mapping_takes_no_field_that_is_not_in_the_tables(engine: ElasticEngine) -> None:
    (index,) = await indexes(engine)
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        await engine.client.index(index=own(index), document={"misspelt": 1})


async def test_a_removal_holds_back_older_writes_for_as_long_as_it_takes(engine: ElasticEngine) -> None:
    """The server itself forgets the version of a deleted document after a minute: here it forgets at once."""
    (index,) = await indexes(engine)
    await engine.client.indices.put_settings(index=index, settings={"gc_deletes": "0s"})
    await engine.write([document(0, version=3)])
    await engine.write([Removal(Kind.JOB_OFFER, uuid_of(0), 4)])
    await asyncio.sleep(0.1)
    await engine.write([document(0, version=3), document(1)])
    assert await found(engine) == [uuid_of(1)]


async def test_a_search_asks_for_nothing_but_sort_values(engine: ElasticEngine, server: UnsteadyServer) -> None:
    await engine.write([document(0, text="soin")])
    page = await search(engine, has("text_fr", "soin"), order=Order.RELEVANCE)
    assert page.hits[0].id == uuid_of(0)
    raw = await engine.client.search(index=engine.indexes[Kind.JOB_OFFER].names.alias, query={"match_all": {}})
    assert "_source" not in raw["hits"]["hits"][0], "the text is kept in the database alone"


async def test_user_and_password_travel_as_they_were_written(server: UnsteadyServer, prefix: str) -> None:
    url = server.url.replace("http://", "http://service:p%40ss%2Fword%C3%A9@")
    engine = await open_engine(f"{url}/{prefix}")
    scheme, _, credentials = server.requests[-1].headers["Authorization"].partition(" ")
    assert (scheme, b64decode(credentials).decode()) == ("Basic", "service:p@ss/wordé")
    await engine.close()


async def test_an_api_key_goes_before_a_password(server: UnsteadyServer, prefix: str) -> None:
    engine = await open_engine(f"{server.url}/{prefix}", api_key="c2VjcmV0")
    assert server.requests[-1].headers["Authorization"] == "ApiKey c2VjcmV0"
    await engine.close()


async def test_more_than_one_request_s_worth_of_documents_is_written(engine: ElasticEngine) -> None:
    long = [replace(document(number), texts={"text_fr": ("soin",) * 2_000}) for number in range(300)]
    await engine.write(long)
    assert (await search(engine, has("text_fr", "soin"), first=1)).total == 300
