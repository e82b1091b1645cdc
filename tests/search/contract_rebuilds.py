"""How every engine comes to an index and replaces it: whole, while writing and searching go on."""

import asyncio
from datetime import timedelta

import pytest

from errors import Conflict, Unavailable
from models.clause import has
from models.document import Document, Kind
from search.engine import SearchEngine
from search.opening import open_engine
from tests.conftest import NOW
from tests.search.documents import document, found, made_empty, removal, search, uuid_of, versions


async def test_a_rebuilt_index_takes_the_place_of_the_old_one_whole(engine: SearchEngine) -> None:
    await engine.write([document(number, regions="old") for number in range(5)])
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(number, regions="new") for number in range(2, 6)])
        assert (await search(engine, has("regions", "old"))).total == 5
        assert (await building.stamps()).keys() == {uuid_of(number) for number in range(2, 6)}
    assert (await search(engine, has("regions", "old"))).total == 0
    assert (await search(engine, has("regions", "new"))).total == 4


async def test_an_index_that_was_never_filled_is_not_searched(new_engine: SearchEngine, engine_url: str) -> None:
    """Nothing is found in it: to say so would be a lie."""
    reader = await open_engine(engine_url)
    await new_engine.write([document(0), removal(1, 2)])
    assert await new_engine.needs_rebuild(Kind.JOB_OFFER)
    assert await new_engine.stamps(Kind.JOB_OFFER) == {}
    assert await new_engine.sweep(Kind.JOB_OFFER, NOW + timedelta(days=1)) == set()
    for engine in (new_engine, reader):
        with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
            await search(engine)
    assert not await reader.ready()
    await made_empty(new_engine, Kind.JOB_OFFER)
    assert (await search(reader)).total == 0
    assert not await reader.ready(), "the other kind is not filled"
    await made_empty(new_engine, Kind.CANDIDACY)
    assert await reader.ready()
    await reader.close()


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
    assert await versions(engine) == {uuid_of(number): version for number, version in rows.versions.items()}
    assert rows.acknowledged > 303
    await elsewhere.close()
