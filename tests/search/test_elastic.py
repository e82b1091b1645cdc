"""What is particular to a search server: its refusals, its absences."""

import asyncio
from base64 import b64decode
from dataclasses import replace

import pytest

from errors import Unavailable
from models.clause import has
from models.document import Kind
from search.elastic import ElasticEngine
from search.engine import Order, Rejected, Removal, Unusable
from search.opening import open_engine
from tests.conftest import NOW
from tests.search.documents import document, found, made_empty, search, uuid_of
from tests.search.elastic_server import engine, indexes, prefix, server
from tests.search.unsteady_server import UnsteadyServer, hanging_up, saying, silence, something_else

__all__ = ["engine", "prefix", "server"]


async def test_a_document_that_is_refused_for_good_does_not_hold_up_the_others(engine: ElasticEngine) -> None:
    bad = document(1, regions="x" * 40_000)
    with pytest.raises(Rejected, match="failed to parse field") as refusal:
        await engine.write([document(0), bad, document(2), document(3, kind=Kind.CANDIDACY)])
    assert set(refusal.value.reasons) == {bad.id}
    assert "xxx" not in str(refusal.value), "what was in the field is nobody's business"
    assert set(await found(engine)) == {uuid_of(0), uuid_of(2)}
    assert await found(engine, kind=Kind.CANDIDACY) == [uuid_of(3)]


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


async def test_of_several_nodes_one_may_be_away(engine: ElasticEngine, server: UnsteadyServer, prefix: str) -> None:
    node = server.url.removeprefix("http://")
    several = await open_engine(f"http://127.0.0.1:9,{node},[::1]:9/{prefix}")
    await several.write([document(0)])
    assert [await found(several) for _ in range(6)] == [[uuid_of(0)]] * 6
    await several.close()


@pytest.mark.parametrize("fault", [saying(503), saying(500), saying(400), saying(403), hanging_up])
async def test_a_lasting_fault_is_unavailable_and_passes_with_it(
    engine: ElasticEngine, server: UnsteadyServer, fault: object
) -> None:
    await engine.write([document(0)])
    server.faults = [fault] * 40  # type: ignore[list-item]
    for attempt in (search(engine), engine.write([document(1)]), engine.stamps(Kind.JOB_OFFER)):
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
    await made_empty(engine, Kind.JOB_OFFER)
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


TOO_OLD_OR_NEW = ("7.17.9", "8.0.0", "8.18.8", "8.9.2", "10.0.0", "next")


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        *((saying(200, version={"number": number}), "install release 8.19 or any of 9") for number in TOO_OLD_OR_NEW),
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


@pytest.mark.parametrize("number", ["8.19.0", "8.20.1", "9.0.0-SNAPSHOT", "9.12.3"])
async def test_a_server_of_a_release_that_will_do_is_taken(server: UnsteadyServer, prefix: str, number: str) -> None:
    server.faults = [saying(200, version={"number": number})]
    engine = await open_engine(f"{server.url}/{prefix}")
    assert server.faults == []
    await made_empty(engine)
    assert await engine.ready()
    await engine.close()


async def test_a_removal_holds_back_older_writes_for_as_long_as_it_takes(engine: ElasticEngine) -> None:
    """The server itself forgets the version of a deleted document after a minute: here it forgets at once."""
    (index,) = await indexes(engine)
    await engine.client.indices.put_settings(index=index, settings={"gc_deletes": "0s"})
    await engine.write([document(0, version=3)])
    await engine.write([Removal(Kind.JOB_OFFER, uuid_of(0), 4, NOW)])
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
