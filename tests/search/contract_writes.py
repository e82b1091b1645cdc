"""What every engine makes of writes: versions in order, removals, rebuilds while writing and searching go on."""

import asyncio

import pytest

from errors import Conflict
from models.clause import has
from models.document import Document, Kind
from search.engine import Removal, SearchEngine
from search.opening import open_engine
from tests.search.documents import document, found, search, uuid_of


def removal(number: int, version: int, kind: Kind = Kind.JOB_OFFER) -> Removal:
    return Removal(kind, uuid_of(number), version)


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
    assert await engine.versions(Kind.JOB_OFFER) == {uuid_of(0): 7}


async def test_versions_are_put_in_order_within_one_write_too(engine: SearchEngine) -> None:
    await engine.write([document(0, version=3), document(0, version=2), removal(1, 9), document(1, version=8)])
    await engine.write([document(2, version=1), removal(2, 2)])
    assert await engine.versions(Kind.JOB_OFFER) == {uuid_of(0): 3}
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
    assert await engine.versions(Kind.JOB_OFFER) == {}
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
    assert await engine.versions(Kind.JOB_OFFER) == expected
    assert await engine.versions(Kind.CANDIDACY) == {uuid_of(99): 3}


async def test_versions_of_more_documents_than_the_server_gives_at_once(engine: SearchEngine) -> None:
    await engine.write([document(number, version=number % 5 + 1) for number in range(10_001)])
    versions = await engine.versions(Kind.JOB_OFFER)
    assert len(versions) == 10_001
    assert versions[uuid_of(10_000)] == 1


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
    assert await again.versions(Kind.JOB_OFFER) == {uuid_of(0): 5}
    assert await found(again, has("regions", "03")) == []
    await again.close()


async def test_a_rebuilt_index_takes_the_place_of_the_old_one_whole(engine: SearchEngine) -> None:
    await engine.write([document(number, regions="old") for number in range(5)])
    assert await engine.needs_rebuild(Kind.JOB_OFFER)
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(number, regions="new") for number in range(2, 6)])
        assert (await search(engine, has("regions", "old"))).total == 5
        assert await building.versions() == {uuid_of(number): 1 for number in range(2, 6)}
    assert (await search(engine, has("regions", "old"))).total == 0
    assert (await search(engine, has("regions", "new"))).total == 4
    assert not await engine.needs_rebuild(Kind.JOB_OFFER)


async def test_an_engine_is_ready_once_every_kind_was_filled(engine: SearchEngine) -> None:
    assert not await engine.ready()
    for kind in Kind:
        assert not await engine.ready()
        async with engine.rebuild(kind) as building:
            await building.write([])
    assert await engine.ready()


async def _fail_halfway(engine: SearchEngine) -> None:
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(1)])
        raise RuntimeError("halfway")


async def test_a_rebuild_that_fails_changes_nothing(engine: SearchEngine) -> None:
    await engine.write([document(0)])
    with pytest.raises(RuntimeError, match="halfway"):
        await _fail_halfway(engine)
    await engine.write([document(2)])
    assert set(await found(engine)) == {uuid_of(0), uuid_of(2)}
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(3)])
    assert await found(engine) == [uuid_of(3)]


async def test_two_rebuilds_of_a_kind_do_not_go_on_at_once(engine: SearchEngine) -> None:
    async with engine.rebuild(Kind.JOB_OFFER):
        with pytest.raises(Conflict, match="REBUILD_UNDER_WAY"):
            async with engine.rebuild(Kind.JOB_OFFER):
                pass
        async with engine.rebuild(Kind.CANDIDACY):
            pass
    async with engine.rebuild(Kind.JOB_OFFER):
        pass


async def test_writes_during_a_rebuild_win_by_their_version_whenever_they_come(engine: SearchEngine) -> None:
    await engine.write([document(number, regions="old") for number in range(6)])
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await engine.write([document(0, version=2, regions="live"), removal(1, 2)])
        await building.write([document(number, regions="read") for number in range(6)])
        await engine.write([document(2, version=2, regions="live"), removal(3, 2), document(6, regions="live")])
    assert set(await found(engine, has("regions", "live"))) == {uuid_of(0), uuid_of(2), uuid_of(6)}
    assert set(await found(engine, has("regions", "read"))) == {uuid_of(4), uuid_of(5)}


async def test_a_batch_opened_before_a_rebuild_does_not_bring_back_what_was_removed(engine: SearchEngine) -> None:
    """It read its rows before: the new index was filled from rows read later, and holds no tombstone to stop it."""
    await engine.write([document(0)])
    late = await engine.open_batch()
    await engine.write([removal(0, 2)])
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(1)])
    await late.write([document(0, version=1)])
    assert await found(engine) == [uuid_of(1)]


async def test_a_batch_opened_during_a_rebuild_reaches_the_new_index(engine: SearchEngine) -> None:
    async with engine.rebuild(Kind.JOB_OFFER):
        batch = await engine.open_batch()
    await batch.write([document(0)])
    assert await found(engine) == [uuid_of(0)]


class Rows:
    """Stands for the database in the test below: a row is there before it is written to the index."""

    def __init__(self, count: int) -> None:
        self.versions = dict.fromkeys(range(count), 1)
        self.acknowledged = count
        self.stop = asyncio.Event()

    def documents(self) -> list[Document]:
        return [document(number, version=version) for number, version in self.versions.items()]

    async def keep_writing(self, engine: SearchEngine) -> None:
        while not self.stop.is_set():
            new, old = len(self.versions), len(self.versions) % 300
            self.versions |= {new: 1, old: self.versions[old] + 1}
            await engine.write([document(number, version=self.versions[number]) for number in (new, old)])
            self.acknowledged += 1

    async def keep_reading(self, engine: SearchEngine) -> int:
        looks = 0
        while not self.stop.is_set():
            acknowledged = self.acknowledged
            assert (await search(engine, first=1)).total >= acknowledged
            looks += 1
        return looks


async def test_no_reader_sees_less_and_no_write_is_lost_while_rebuilds_go_on(engine: SearchEngine, engine_url: str) -> None:
    rows, elsewhere = Rows(300), await open_engine(engine_url)
    await engine.write(rows.documents())
    writing = asyncio.create_task(rows.keep_writing(engine))
    reading = [asyncio.create_task(rows.keep_reading(each)) for each in (engine, elsewhere)]
    for _ in range(3):
        async with elsewhere.rebuild(Kind.JOB_OFFER) as building:
            read = rows.documents()
            for start in range(0, len(read), 25):
                await building.write(read[start : start + 25])
    rows.stop.set()
    await writing
    assert min(await asyncio.gather(*reading)) > 3
    assert await engine.versions(Kind.JOB_OFFER) == {uuid_of(number): version for number, version in rows.versions.items()}
    assert rows.acknowledged > 303
    await elsewhere.close()
