"""Fills a new index from the database and puts it in use once it holds what the database says. Searches go on."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from errors import Conflict, Unavailable
from models.database import Database
from models.document import Kind
from models.lock import try_lock
from search.engine import Rebuild, SearchEngine
from search.file_lock import held_if_free
from search.source import expected_versions, lapsed, read_changes, stream

ROUNDS = 5
"""How often what still differs is read and written again."""


async def rebuild(
    engine: SearchEngine, database: Database, kind: Kind, now: datetime, progress: Callable[[int, int], None]
) -> None:
    """Calls `progress` with how many documents were written and how many there are. Raises Conflict when another
    rebuild of the kind goes on; Unavailable, and leaves the old index in use, when the new one does not come to hold
    what it must."""
    total, done = len(await expected_versions(database, kind, now)), 0
    async with _alone(database, kind), engine.rebuild(kind) as building:
        progress(done, total)
        async for documents in stream(database, kind, now):
            await building.write(documents)
            done += len(documents)
            progress(done, max(done, total))
        await _complete(building, database, kind, now)


async def fill(engine: SearchEngine, database: Database, kind: Kind, now: datetime) -> bool:
    """Builds an index where there is none; False while somebody else does."""
    if await engine.needs_rebuild(kind):
        try:
            await rebuild(engine, database, kind, now, lambda done, total: None)
        except Conflict:
            return False
    return True


@asynccontextmanager
async def _alone(database: Database, kind: Kind) -> AsyncIterator[None]:
    """Raises Conflict while another process rebuilds from the same database: two at once would undo each other's work. On
    SQLite a lock beside the file says so; a database in memory belongs to one process."""
    path = database.engine.url.database
    async with AsyncExitStack() as stack:
        if not database.is_sqlite:
            session = await stack.enter_async_context(database.read())
            if not await try_lock(session, f"rebuild {kind}"):
                raise Conflict("REBUILD_UNDER_WAY")
        elif path and not stack.enter_context(held_if_free(Path(path).with_suffix(f".{kind}.rebuild.lock"))):
            raise Conflict("REBUILD_UNDER_WAY")
        yield


async def _complete(building: Rebuild, database: Database, kind: Kind, now: datetime) -> None:
    """Writes again what differs, until nothing does that did so the round before in the same version: what changes at
    this very moment, and perhaps in every round, is written by whoever changes it."""
    before: dict[UUID, int | None] | None = None
    for _ in range(ROUNDS):
        left = await _left(building, database, kind, now)
        if not left or (before is not None and not left.items() & before.items()):
            return
        await building.write(await read_changes(database, kind, left, now))
        before = left
    raise Unavailable("SEARCH_UNAVAILABLE", reason="the new index never came to hold what the database says")


async def _left(building: Rebuild, database: Database, kind: Kind, now: datetime) -> dict[UUID, int | None]:
    """What the new index has in another version than the database, and the version that each must be brought to; None for what
    must go. What it holds was made by this very program: equal versions are equal documents."""
    indexed, expected = await building.stamps(), await expected_versions(database, kind, now)
    surplus = indexed.keys() - expected.keys()
    if surplus:
        surplus -= await lapsed(database, kind, now)
    differing = {id_: at for id_, at in expected.items() if id_ not in indexed or indexed[id_].version != at}
    return {**dict.fromkeys(surplus), **differing}
