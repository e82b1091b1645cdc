"""The indexes on a search server: whose they are, which is in use, which goes."""

from datetime import UTC, datetime, timedelta

import pytest
from elasticsearch import AsyncElasticsearch, BadRequestError

from errors import Unavailable
from models.document import Kind
from search.elastic import ElasticEngine
from search.elastic_mapping import Names, own, properties
from search.engine import Rejected, Unusable
from search.opening import open_engine
from tests.search.documents import document, found, search, uuid_of
from tests.search.elastic_server import engine, indexes, prefix, server
from tests.search.unsteady_server import UnsteadyServer

__all__ = ["engine", "prefix", "server"]


async def test_a_rebuild_with_a_document_that_is_refused_does_not_come_into_use(engine: ElasticEngine) -> None:
    await engine.write([document(0)])
    with pytest.raises(Rejected):
        async with engine.rebuild(Kind.JOB_OFFER) as building:
            await building.write([document(1), document(2, regions="x" * 40_000)])
    assert await found(engine) == [uuid_of(0)]
    assert len(await indexes(engine)) == 1


@pytest.mark.parametrize("theirs", [{}, {"_meta": {"layout": None}}])
async def test_an_index_that_somebody_else_made_is_refused(
    server: UnsteadyServer, prefix: str, theirs: dict[str, object]
) -> None:
    names = Names(Kind.JOB_OFFER, prefix)
    async with AsyncElasticsearch(server.url) as client:
        await client.indices.create(index=f"{prefix}-job_offer-theirs", aliases={names.alias: {}}, mappings=theirs)
    with pytest.raises(Unusable, match="placement reindex"):
        await open_engine(f"{server.url}/{prefix}")


async def _put_in_use(url: str, names: Names, **mappings: object) -> None:
    """An index that says it is one of ours, but for those mappings."""
    made = {"dynamic": "strict", "_meta": {"layout": names.layout}, "properties": properties(names.kind), **mappings}
    async with AsyncElasticsearch(url) as client:
        await client.indices.create(index=names.new(), aliases={names.alias: {}}, mappings=made)


async def test_an_index_that_has_what_ours_has_is_taken(server: UnsteadyServer, prefix: str) -> None:
    await _put_in_use(server.url, Names(Kind.JOB_OFFER, prefix))
    engine = await open_engine(f"{server.url}/{prefix}")
    assert not await engine.needs_rebuild(Kind.JOB_OFFER)
    await engine.close()


@pytest.mark.parametrize(
    ("field", "theirs"),
    [
        ("version", None),
        ("text_fr", {"type": "text"}),
        ("pay", {"type": "integer"}),
        ("regions", {"type": "text", "analyzer": "whitespace"}),
        ("regions", {"type": "keyword", "doc_values": False}),
        ("made_up", {"type": "keyword"}),
    ],
)
async def test_an_index_with_other_fields_than_it_says_is_refused(
    server: UnsteadyServer, prefix: str, field: str, theirs: dict[str, object] | None
) -> None:
    names = Names(Kind.JOB_OFFER, prefix)
    fields = {**properties(names.kind), field: theirs}
    await _put_in_use(server.url, names, properties={name: each for name, each in fields.items() if each is not None})
    with pytest.raises(Unusable, match=f"other than it would make: {field}.*placement reindex"):
        await open_engine(f"{server.url}/{prefix}")


@pytest.mark.parametrize("dynamic", ["true", "false", "runtime"])
async def test_an_index_that_takes_fields_that_are_not_in_the_tables_is_refused(
    server: UnsteadyServer, prefix: str, dynamic: str
) -> None:
    await _put_in_use(server.url, Names(Kind.JOB_OFFER, prefix), dynamic=dynamic)
    with pytest.raises(Unusable, match=r"other than it would make: dynamic\).*placement reindex"):
        await open_engine(f"{server.url}/{prefix}")


async def test_two_indexes_where_there_must_be_one_are_refused(
    engine: ElasticEngine, server: UnsteadyServer, prefix: str
) -> None:
    names = engine.indexes[Kind.JOB_OFFER].names
    mappings = {"_meta": {"layout": names.layout}}
    await engine.client.indices.create(index=f"{names.alias}.second", aliases={names.alias: {}}, mappings=mappings)
    with pytest.raises(Unusable, match="placement reindex"):
        await open_engine(f"{server.url}/{prefix}")


async def test_to_open_an_engine_makes_no_index(server: UnsteadyServer, prefix: str) -> None:
    engine = await open_engine(f"{server.url}/{prefix}")
    assert isinstance(engine, ElasticEngine)
    await engine.write([document(0)])
    assert await indexes(engine) == []
    await engine.close()


async def test_a_late_write_makes_no_index_up(engine: ElasticEngine) -> None:
    late = await engine.open_batch()
    async with engine.rebuild(Kind.JOB_OFFER):
        pass
    await late.write([document(0)])
    assert len(await indexes(engine)) == 1
    assert await found(engine) == []


async def test_a_rebuild_sweeps_what_one_that_died_left(engine: ElasticEngine) -> None:
    left = await engine.indexes[Kind.JOB_OFFER].begin()
    await engine.write([document(0)])
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(0)])
    assert len(await indexes(engine)) == 1
    assert left not in await indexes(engine)
    assert await found(engine) == [uuid_of(0)]


async def test_an_index_in_use_is_not_taken_for_one_left_over(engine: ElasticEngine) -> None:
    """As by a rebuild that saw it being filled a moment before."""
    await engine.write([document(0)])
    (in_use,) = await indexes(engine)
    await engine.indexes[Kind.JOB_OFFER].abandon(in_use)
    assert await found(engine) == [uuid_of(0)]


async def test_an_index_that_was_taken_for_one_left_over_does_not_come_into_use(engine: ElasticEngine) -> None:
    await engine.write([document(0)])
    kept = engine.indexes[Kind.JOB_OFFER]
    first, second = await kept.begin(), await kept.begin()
    with pytest.raises(Unavailable):
        await kept.put_in_use(first)
    assert await found(engine) == [uuid_of(0)]
    await kept.put_in_use(second)
    assert await found(engine) == []
    assert await indexes(engine) == [second]


async def test_the_index_of_another_release_goes_a_while_after_it_was_replaced(engine: ElasticEngine, prefix: str) -> None:
    """Processes of that release may search it until they are stopped."""
    other_release = f"{prefix}-job_offer-0123456789.1c9e"
    await engine.client.indices.create(index=other_release)
    await engine.sweep(Kind.JOB_OFFER, datetime.now(UTC) - timedelta(hours=1))
    assert other_release in await indexes(engine)
    await engine.sweep(Kind.JOB_OFFER, datetime.now(UTC) + timedelta(seconds=1))
    assert len(await indexes(engine)) == 1
    assert (await search(engine)).total == 0


async def test_an_index_that_was_deleted_is_not_searched_until_it_was_built_again(engine: ElasticEngine) -> None:
    await engine.write([document(0)])
    await engine.client.indices.delete(index=await indexes(engine))
    for _ in range(2):
        with pytest.raises(Unavailable):
            await search(engine)
    await engine.write([document(1)])
    assert await engine.needs_rebuild(Kind.JOB_OFFER)
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(2)])
    assert await found(engine) == [uuid_of(2)]


async def test_the_mapping_takes_no_field_that_is_not_in_the_tables(engine: ElasticEngine) -> None:
    (index,) = await indexes(engine)
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        await engine.client.index(index=own(index), document={"misspelt": 1})
