"""What every engine makes of writes: versions in order, removals, what is told of them."""

from datetime import timedelta

from models.clause import has
from models.document import Kind
from search.engine import SearchEngine, Stamp
from search.opening import open_engine
from search.source import GONE
from tests.conftest import NOW
from tests.search.documents import document, found, removal, search, uuid_of, versions


async def test_a_write_is_found_by_the_next_search(engine: SearchEngine) -> None:
    for number in range(5):
        await engine.write([document(number, text="soin")])
        assert (await search(engine, has("text_fr", "soin"))).total == number + 1


async def test_a_newer_version_takes_the_place_of_the_older(engine: SearchEngine) -> None:
    await engine.write([document(0, regions="03", version=1)])
    await engine.write([document(0, regions="06", version=2)])
    assert await found(engine, has("regions", "03")) == []
    assert await found(engine, has("regions", "06")) == [uuid_of(0)]
    assert (await search(engine)).total == 1


async def test_an_older_version_never_replaces_a_newer(engine: SearchEngine) -> None:
    await engine.write([document(0, regions="06", version=7)])
    await engine.write([document(0, regions="03", version=6), removal(0, 5)])
    assert await found(engine, has("regions", "06")) == [uuid_of(0)]
    assert await versions(engine) == {uuid_of(0): 7}


async def test_versions_are_put_in_order_within_one_write_too(engine: SearchEngine) -> None:
    await engine.write([document(0, version=3), document(0, version=2), removal(1, 9), document(1, version=8)])
    await engine.write([document(2, version=1), removal(2, 2)])
    assert await versions(engine) == {uuid_of(0): 3}
    assert await found(engine) == [uuid_of(0)]


async def test_the_same_version_again_replaces(engine: SearchEngine) -> None:
    """What a document takes from another row may have changed."""
    await engine.write([document(0, employer="a", version=4)])
    await engine.write([document(0, employer="b", version=4)])
    assert await found(engine, has("employer", "b")) == [uuid_of(0)]
    await engine.write([removal(0, 4)])
    assert await found(engine) == []
    await engine.write([document(0, version=4)])
    assert await found(engine) == [uuid_of(0)]


async def test_what_was_removed_stays_so_for_older_writes_alone(engine: SearchEngine) -> None:
    await engine.write([document(0, version=1)])
    await engine.write([removal(0, 5)])
    assert (await search(engine, facets=("regions",))).total == 0
    assert await versions(engine) == {}
    await engine.write([document(0, version=4)])
    assert await found(engine) == []
    await engine.write([document(0, version=6)])
    assert await found(engine) == [uuid_of(0)]


async def test_removing_what_never_was_holds_back_what_comes_late(engine: SearchEngine) -> None:
    await engine.write([removal(0, 5), removal(1, 2**62)])
    await engine.write([document(0, version=4), document(1, version=2**40)])
    assert (await search(engine)).total == 0


async def test_versions_tell_every_document_and_no_tombstone(engine: SearchEngine) -> None:
    written = [document(number, version=number + 1) for number in range(30)]
    await engine.write([*written, document(99, kind=Kind.CANDIDACY, version=3), removal(7, 50)])
    expected = {each.id: each.version for each in written if each.id != uuid_of(7)}
    assert await versions(engine) == expected
    assert await versions(engine, Kind.CANDIDACY) == {uuid_of(99): 3}


async def test_versions_of_more_documents_than_the_server_gives_at_once(engine: SearchEngine) -> None:
    await engine.write([document(number, version=number % 5 + 1) for number in range(10_001)])
    told = await versions(engine)
    assert len(told) == 10_001
    assert told[uuid_of(10_000)] == 1


async def test_nothing_to_write_is_written(engine: SearchEngine) -> None:
    await engine.write([])
    assert (await search(engine)).total == 0


async def test_a_second_engine_on_the_same_index_sees_what_the_first_wrote(engine: SearchEngine, engine_url: str) -> None:
    other = await open_engine(engine_url)
    for version in range(1, 4):
        await engine.write([document(0, version=version, regions=f"0{version}")])
        assert await found(other, has("regions", f"0{version}")) == [uuid_of(0)]
        await other.write([document(1, version=version, regions=f"0{version}")])
        assert len(await found(engine, has("regions", f"0{version}"))) == 2
    await other.close()


async def test_what_was_written_is_there_after_a_restart_with_its_versions(engine: SearchEngine, engine_url: str) -> None:
    await engine.write([document(0, version=5), document(1, version=2), removal(1, 3)])
    await engine.close()
    again = await open_engine(engine_url)
    await again.write([document(0, version=4, regions="03"), document(1, version=2)])
    assert await versions(again) == {uuid_of(0): 5}
    assert await found(again, has("regions", "03")) == []
    await again.close()


async def test_documents_of_one_version_are_told_apart_by_what_is_in_them(engine: SearchEngine) -> None:
    same = document(0, regions=("03", "06"), numbers={"years": 2, "ends_on": 9}, text="soin")
    await engine.write([same, document(1, regions="03"), document(2)])
    stamps = await engine.stamps(Kind.JOB_OFFER)
    assert stamps[same.id] == Stamp(1, document(0, text="soin", numbers={"ends_on": 9, "years": 2}, regions=("06", "03")).digest)
    others = [
        document(0, regions=("03", "06"), numbers={"years": 2, "ends_on": 9}, text=""),
        document(0, regions=("03",), numbers={"years": 2, "ends_on": 9}, text="soin"),
        document(0, regions=("03", "06"), numbers={"years": 3, "ends_on": 9}, text="soin"),
        document(0, regions=("03", "06"), numbers={"years": 2, "ends_on": 9}, text="soin", published=1),
    ]
    for other in others:
        await engine.write([other])
        assert (await engine.stamps(Kind.JOB_OFFER))[same.id] == (1, other.digest) != stamps[same.id]


async def test_old_removals_are_forgotten_and_nothing_else_is(engine: SearchEngine) -> None:
    await engine.write([document(0), removal(1, 5), removal(2, GONE), document(3, version=9)])
    assert await engine.sweep(Kind.JOB_OFFER, NOW) == set()
    await engine.write([document(1, version=4)])
    assert set(await found(engine)) == {uuid_of(0), uuid_of(3)}
    assert await engine.sweep(Kind.JOB_OFFER, NOW + timedelta(seconds=1)) == {uuid_of(1), uuid_of(2)}
    assert set(await found(engine)) == {uuid_of(0), uuid_of(3)}
    assert await engine.sweep(Kind.CANDIDACY, NOW + timedelta(seconds=1)) == set()
    await engine.write([document(1, version=5), document(3, version=8, regions="03")])
    assert set(await found(engine)) == {uuid_of(0), uuid_of(1), uuid_of(3)}
    assert await found(engine, has("regions", "03")) == []
