"""Damage to the embedded index while processes have it open, and what only looks like damage."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from shutil import rmtree

import pytest
import tantivy

from errors import Unavailable
from models.clause import has
from models.document import Kind
from search.embedded import EmbeddedEngine
from search.embedded_folder import Folder
from search.embedded_schema import fields_of, open_index
from search.embedded_writer import Writer
from search.rebuilding import rebuild
from tests.conftest import Clock
from tests.search.documents import document, found, made_empty, search, uuid_of
from tests.search.rows import offers_in
from tests.service import EMBEDDED, open_service

Damage = Callable[[Folder], None]


def index_in(folder: Folder) -> Path:
    return folder.path / (folder.current or "")


def losing(pattern: str) -> Damage:
    def damage(folder: Folder) -> None:
        for file in list(index_in(folder).glob(pattern)):
            file.unlink()

    return damage


def cutting(pattern: str, share: float) -> Damage:
    """Leaves that share of each file. A process that has it open keeps the whole one: the system kills whoever reads beyond the
    end of an open file that was cut short, and what starts in its place finds what is tested here."""

    def damage(folder: Folder) -> None:
        for file in list(index_in(folder).glob(pattern)):
            short = file.with_name("short")
            short.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
            short.replace(file)

    return damage


def scribbling(content: bytes, name: str = "current") -> Damage:
    def damage(folder: Folder) -> None:
        (index_in(folder) / name if name != "current" else folder.path / name).write_bytes(content)

    return damage


DAMAGES = {
    "segments lost": losing("*.*"),
    "postings lost": losing("*.idx"),
    "columns lost": losing("*.fast"),
    "dictionary cut short": cutting("*.term", 0.5),
    "columns cut short": cutting("*.fast", 0.5),
    "segments empty": cutting("*.[a-z]*", 0),
    "description lost": losing("meta.json"),
    "description of zeros": scribbling(bytes(200), "meta.json"),
    "description cut short": cutting("meta.json", 0.5),
    "pointer of zeros": scribbling(bytes(12)),
    "pointer that is no text": scribbling(b"\xff\xfe\x00\x80" * 3),
    "pointer to elsewhere": scribbling(b"../../../etc"),
    "pointer emptied": scribbling(b""),
}
damaged_somehow = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder.of(tmp_path / "search", Kind.JOB_OFFER)


@pytest.fixture
async def engine(folder: Folder) -> AsyncIterator[EmbeddedEngine]:
    """With fifty offers, none of which is being written."""
    engine = await EmbeddedEngine.open(folder.path.parent)
    await made_empty(engine)
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(number, text="soin") for number in range(50)])
    assert (await search(engine, has("text_fr", "soin"))).total == 50
    yield engine
    await engine.close()


@damaged_somehow
async def test_damage_to_an_index_that_is_open_is_told_and_mended(engine: EmbeddedEngine, folder: Folder, damage: Damage) -> None:
    reader = await EmbeddedEngine.open(folder.path.parent)
    assert await engine.ready()
    assert (await search(reader)).total == 50
    damage(folder)
    for each in (engine, reader):
        assert await each.needs_rebuild(Kind.JOB_OFFER)
        assert not await each.needs_rebuild(Kind.CANDIDACY)
        assert not await each.ready()
        assert await each.stamps(Kind.JOB_OFFER) == {}
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(number, text="soin") for number in range(60)])
    for each in (engine, reader):
        assert await each.ready()
        assert (await search(each, has("text_fr", "soin"))).total == 60
    await reader.write([document(60)])
    assert (await search(engine)).total == 61
    await reader.close()


@damaged_somehow
async def test_damage_is_found_where_a_process_starts(engine: EmbeddedEngine, folder: Folder, damage: Damage) -> None:
    await engine.close()
    damage(folder)
    starting = await EmbeddedEngine.open(folder.path.parent)
    assert await starting.needs_rebuild(Kind.JOB_OFFER)
    await made_empty(starting, Kind.JOB_OFFER)
    await starting.write([document(0)])
    assert await found(starting) == [uuid_of(0)]
    await starting.close()


@damaged_somehow
async def test_damage_between_two_writes_of_a_process_loses_no_write(
    engine: EmbeddedEngine, folder: Folder, damage: Damage
) -> None:
    """The process has the index open for writing, so that some damage does not hinder it."""
    await engine.write([document(50)])
    damage(folder)
    with suppress(Unavailable):
        await engine.write([document(51)])
    if await engine.needs_rebuild(Kind.JOB_OFFER):
        async with engine.rebuild(Kind.JOB_OFFER) as building:
            await building.write([document(number) for number in range(52)])
    await engine.write([document(52)])
    assert (await search(engine)).total == 53
    assert await engine.ready()


async def test_an_index_that_lost_its_description_does_not_begin_anew(engine: EmbeddedEngine, folder: Folder) -> None:
    """It would hold what was written since, and be taken for whole."""
    losing("meta.json")(folder)
    with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
        await engine.write([document(50)])
    assert await engine.needs_rebuild(Kind.JOB_OFFER)


@pytest.mark.parametrize("name", ["segments lost", "columns cut short", "description of zeros", "pointer of zeros"])
async def test_the_worker_builds_a_damaged_index_again(sqlite_url: str, tmp_path: Path, clock: Clock, name: str) -> None:
    async with open_service(sqlite_url, EMBEDDED, tmp_path, clock) as service:
        resources = service.resources
        async with resources.database.begin() as session:
            (offer,) = await offers_in(session, 1)
        await rebuild(resources.engine, resources.database, Kind.JOB_OFFER, clock(), lambda done, total: None)
        folder = Folder.of(tmp_path / "search", Kind.JOB_OFFER)
        damaged = folder.current
        DAMAGES[name](folder)
        await service.rebuild_what_is_lost()
        assert await found(resources.engine) == [offer.id]
        assert folder.current not in (None, damaged)


async def test_looks_at_an_index_take_neither_commits_nor_replacements_for_damage(engine: EmbeddedEngine, folder: Folder) -> None:
    """Merges delete files, and a rebuild a whole index, while another process looks."""
    other = await EmbeddedEngine.open(folder.path.parent)
    stop, looks = asyncio.Event(), 0

    async def keep_writing() -> None:
        number = 100
        while not stop.is_set():
            await engine.write([document(number)])
            number += 1

    async def keep_replacing() -> None:
        for _ in range(8):
            await made_empty(other, Kind.JOB_OFFER)
            await asyncio.sleep(0.15)
        stop.set()

    tasks = [asyncio.create_task(keep_writing()), asyncio.create_task(keep_replacing())]
    while not stop.is_set():
        assert not await other.needs_rebuild(Kind.JOB_OFFER)
        looks += 1
    await asyncio.gather(*tasks)
    assert looks > 20
    await other.close()


async def test_an_index_is_not_opened_at_each_look(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def noting(kind: Kind, path: str) -> tantivy.Index:
        opened.append(path)
        return open_index(kind, path)

    monkeypatch.setattr("search.embedded_damage.open_index", noting)
    for _ in range(5):
        assert await engine.ready()
    assert len(opened) <= len(Kind)
    await engine.write([document(50)])
    opened.clear()
    assert await engine.ready()
    assert len(opened) == 1


async def test_an_index_that_only_cannot_be_opened_for_now_is_kept(engine: EmbeddedEngine, folder: Folder) -> None:
    await engine.write([document(50)])  # so that its files are looked at again
    name = folder.current
    least, most = getrlimit(RLIMIT_NOFILE)
    spare = os.open(os.devnull, os.O_RDONLY)
    os.close(spare)
    setrlimit(RLIMIT_NOFILE, (spare + 1, most))
    try:
        with pytest.raises(ValueError, match="Too many open files"):
            folder._look.is_damaged(Kind.JOB_OFFER, folder.path / (name or ""))
    finally:
        setrlimit(RLIMIT_NOFILE, (least, most))
    assert await engine.ready()
    assert (await search(engine)).total == 51


def test_a_writer_lets_go_of_an_index_that_fails_it(folder: Folder) -> None:
    folder.make_sure()
    lost, writer = folder.make(), Writer(folder)
    writer.add(lost, [fields_of(document(0))])
    rmtree(folder.path / lost)
    with pytest.raises(ValueError, match="No such file"):
        writer.release()
    kept = folder.make()
    writer.apply(kept, [fields_of(document(1))])
    assert writer.searcher(kept).num_docs == 1
    writer.release()
