"""What is particular to the engine in our own processes: other processes on the same folder, kills, damage."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree

import pytest
import tantivy

from errors import Conflict, Unavailable
from models.clause import Between, has
from models.document import Kind
from search.embedded import EmbeddedEngine, guarded
from search.embedded_folder import Folder
from search.embedded_schema import make_index
from search.engine import Order
from tests.search.documents import document, found, made_empty, search, uuid_of, versions
from tests.source_tree import PROJECT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
async def engine(root: Path) -> AsyncIterator[EmbeddedEngine]:
    engine = await EmbeddedEngine.open(root)
    await made_empty(engine)
    yield engine
    await engine.close()


@asynccontextmanager
async def other_process(act: str, root: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Killed, with a signal that nothing can catch, when the block ends."""
    command = (sys.executable, "-m", "tests.search.other_process", act, f"embedded:{root}")
    process = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, stdout=asyncio.subprocess.PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip()


def indexes(root: Path, kind: Kind = Kind.JOB_OFFER) -> list[str]:
    return sorted(each.name for each in Folder.of(root, kind).path.iterdir() if each.is_dir())


async def test_what_another_process_commits_is_found_by_the_next_search(engine: EmbeddedEngine, root: Path) -> None:
    assert await found(engine) == []
    async with other_process("keep_writing", root) as process:
        for _ in range(20):
            number = int(await line(process))
            assert (await search(engine, has("text_fr", "soin"), first=1)).total > number


async def test_a_process_that_keeps_the_index_open_hands_it_over_to_one_that_waits(engine: EmbeddedEngine, root: Path) -> None:
    async with other_process("write_and_stay", root) as process:
        assert await line(process) == "written"
        await engine.write([document(1)])
        assert set(await found(engine)) == {uuid_of(0), uuid_of(1)}
        assert process.returncode is None


async def test_two_processes_write_in_turn_and_lose_nothing(engine: EmbeddedEngine, root: Path) -> None:
    async with other_process("take_turns", root) as process:
        for number in range(20):
            await engine.write([document(number)])
        assert await line(process) == "written"
    assert (await search(engine)).total == 40


@pytest.mark.parametrize("after", [1, 3, 10])
async def test_a_kill_in_the_middle_of_writing_loses_nothing_acknowledged(root: Path, after: int) -> None:
    written = -1
    for _ in range(3):
        async with other_process("keep_writing", root) as process:
            for _ in range(after):
                written = max(written, int(await line(process)))
        assert process.stdout is not None
        acknowledged = [int(number) for number in (await process.stdout.read()).split()]
        written = max([written, *acknowledged])
        engine = await EmbeddedEngine.open(root)
        assert not await engine.needs_rebuild(Kind.JOB_OFFER)
        assert {uuid_of(number) for number in range(written + 1)} <= (await versions(engine)).keys()
        await engine.write([document(5_000)])
        await engine.close()


async def test_a_rebuild_that_was_killed_leaves_the_old_index_and_holds_up_no_other(engine: EmbeddedEngine, root: Path) -> None:
    await engine.write([document(0, version=2)])
    async with other_process("rebuild_and_stay", root) as process:
        assert await line(process) == "building"
        with pytest.raises(Conflict, match="REBUILD_UNDER_WAY"):
            async with engine.rebuild(Kind.JOB_OFFER):
                pass
        await engine.write([document(1)])
        assert Folder.of(root, Kind.JOB_OFFER).journal.stat().st_size > 0
    await engine.write([document(2)])
    assert set(await found(engine)) == {uuid_of(0), uuid_of(1), uuid_of(2)}
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(number) for number in range(3)])
        await engine.write([document(3)])
    assert len(await found(engine)) == 4


async def test_only_the_index_in_use_is_kept_on_disk(engine: EmbeddedEngine, root: Path) -> None:
    for number in range(3):
        await engine.write([document(number)])
        async with engine.rebuild(Kind.JOB_OFFER) as building:
            await building.write([document(each) for each in range(number + 1)])
        await asyncio.sleep(0.5)  # the writer of the old index lets go of it
        assert indexes(root) == [Folder.of(root, Kind.JOB_OFFER).current]
    assert len(await found(engine)) == 3


async def test_the_index_of_another_release_goes_a_while_after_it_was_replaced(engine: EmbeddedEngine, root: Path) -> None:
    """Processes of that release may search it until they are stopped."""
    other_release = root / "job_offer-0123456789"
    other_release.mkdir()
    await engine.sweep(Kind.JOB_OFFER, datetime.now(UTC) - timedelta(hours=1))
    assert other_release.exists()
    await engine.sweep(Kind.JOB_OFFER, datetime.now(UTC) + timedelta(seconds=1))
    assert not other_release.exists()
    assert (await search(engine)).total == 0


async def _closed_with_documents(root: Path) -> Path:
    """The folder of an index that was filled and closed."""
    engine = await EmbeddedEngine.open(root)
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(number, text="soin") for number in range(50)])
    await engine.close()
    folder = Folder.of(root, Kind.JOB_OFFER)
    return folder.path / (folder.current or "")


@pytest.mark.parametrize("name", ["meta.json", "*.idx", "*.term", "*.fast", "*.store", "*.fieldnorm"])
@pytest.mark.parametrize("how", ["missing", "cut short"])
async def test_a_damaged_index_is_put_aside_and_wants_a_rebuild(root: Path, name: str, how: str) -> None:
    index = await _closed_with_documents(root)
    (file,) = index.glob(name)
    if how == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    engine = await EmbeddedEngine.open(root)
    assert await engine.needs_rebuild(Kind.JOB_OFFER)
    assert not await engine.ready()
    with pytest.raises(Unavailable):
        await search(engine)
    assert "damaged" in indexes(root)
    async with engine.rebuild(Kind.JOB_OFFER) as building:
        await building.write([document(0)])
    assert not await engine.needs_rebuild(Kind.JOB_OFFER)
    assert await found(engine) == [uuid_of(0)]
    await engine.close()


async def test_an_index_whose_folder_is_gone_wants_a_rebuild(root: Path) -> None:
    rmtree(await _closed_with_documents(root))
    engine = await EmbeddedEngine.open(root)
    assert await engine.needs_rebuild(Kind.JOB_OFFER)
    await engine.close()


async def test_an_index_that_was_filled_is_opened_again_as_it_was(root: Path) -> None:
    await _closed_with_documents(root)
    engine = await EmbeddedEngine.open(root)
    assert not await engine.needs_rebuild(Kind.JOB_OFFER)
    assert (await search(engine, has("text_fr", "soin"))).total == 50
    await engine.close()


async def test_a_folder_that_disappears_makes_the_search_unavailable(engine: EmbeddedEngine, root: Path) -> None:
    await engine.write([document(0)])
    rmtree(root)
    with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
        await search(engine)
    with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
        await engine.write([document(1)])
    assert await engine.needs_rebuild(Kind.JOB_OFFER)
    await made_empty(engine)
    await engine.write([document(1)])
    assert await found(engine) == [uuid_of(1)]


def test_a_panic_of_the_engine_is_no_more_than_unavailable(tmp_path: Path) -> None:
    searcher = make_index(Kind.JOB_OFFER, str(tmp_path)).searcher()
    with pytest.raises(Unavailable, match="SEARCH_UNAVAILABLE"):
        guarded(searcher.search, tantivy.Query.all_query(), 0)


async def test_searches_at_once_do_not_wait_for_a_write(engine: EmbeddedEngine) -> None:
    await engine.write([document(number, text="soin infirm") for number in range(500)])
    writing = asyncio.create_task(engine.write([document(number, text="soin", version=2) for number in range(2_000)]))
    totals = []
    while not writing.done():
        pages = await asyncio.gather(*(search(engine, has("text_fr", "soin"), order=order, first=5) for order in Order))
        totals += [page.total for page in pages]
    await writing
    assert set(totals) <= {500, 2_000}
    assert 500 in totals


async def test_what_was_counted_is_counted_again_after_a_commit_and_for_others_who_see_less(
    engine: EmbeddedEngine, root: Path
) -> None:
    async def regions(least: int | None = None) -> dict[str, int]:
        page = await search(engine, facets=("regions",), visibility=Between("ends_on", least=least))
        return dict(page.facets["regions"])

    async def write(number: int) -> None:
        await engine.write([document(number, regions="06", numbers={"ends_on": number})])

    await write(1)
    assert [await regions(), await regions(), await regions(2)] == [{"06": 1}, {"06": 1}, {}]
    await write(2)
    assert [await regions(), await regions(2)] == [{"06": 2}, {"06": 1}]
    async with engine.rebuild(Kind.JOB_OFFER):
        pass
    assert await regions() == {}
    other = await EmbeddedEngine.open(root)
    await other.write([document(3, regions="07", numbers={"ends_on": 3})])
    await other.close()
    assert await regions() == {"07": 1}, "which another process committed"
