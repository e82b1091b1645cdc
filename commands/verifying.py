"""Compares what is derived, the search index and the anchors of alerts, with the rows, tells the counts, and repairs what
differs where that is asked for."""

import asyncio
import time
from collections.abc import Mapping

from sqlalchemy import func, select

from bootstrap import Resources
from commands.database import open_ready
from commands.indexing import CHANGED
from commands.reindexing import LABELS, mend_alerts, rebuild_index
from config import Settings
from models.document import Kind
from models.index_verification import record
from models.outbox import OutboxEntry
from notifications.anchoring import wrong_anchors
from search.indexing import refresh
from search.verification import Differences, differences

PAUSE = 0.2
Found = Mapping[Kind, Differences]


async def verify(settings: Settings, wait: float, repair: bool) -> int:
    """0 when both indexes hold what the database says, and alerts have the anchors they should: with `repair`, once what
    differed was written. Waits so many seconds for what is still owed, and for what differs only because it is being written.
    The metrics of the service show what was found last."""
    async with open_ready(settings) as resources:
        found = await _settled(resources, wait)
        wrong = await _told(resources, found)
        if repair and (any(found.values()) or wrong):
            await _repair(resources, found, wrong)
            found = await _settled(resources, wait)
            wrong = await _told(resources, found)
        await _record(resources, found)
        if owed := await _owed(resources):
            print(f"{owed:,} changes wait for the worker")
    return 1 if any(found.values()) or wrong else 0


async def _settled(resources: Resources, wait: float) -> Found:
    deadline = time.monotonic() + wait
    found = await _differences(resources)
    while (any(found.values()) or await _owed(resources)) and time.monotonic() < deadline:
        await asyncio.sleep(PAUSE)
        found = await _differences(resources)
    return found


async def _differences(resources: Resources) -> Found:
    return {kind: await differences(resources.engine, resources.database, kind, resources.now()) for kind in Kind}


async def _repair(resources: Resources, found: Found, wrong: int) -> None:
    """Writes the documents that differ. An index that does not come right so, since there is none or it holds later versions
    than the database, is built anew."""
    for kind, differing in found.items():
        if differing:
            await _repair_index(resources, kind, differing)
            print(f"{LABELS[kind]}: {len(differing.all):,} repaired")
    if wrong:
        print(f"alerts: {await mend_alerts(resources):,} repaired")


async def _repair_index(resources: Resources, kind: Kind, differing: Differences) -> None:
    engine, database = resources.engine, resources.database
    if not await engine.needs_rebuild(kind):
        await refresh(engine, database, kind, differing.all, resources.now())
        if not differing.still(await differences(engine, database, kind, resources.now())):
            return
    await rebuild_index(resources, kind)


async def _record(resources: Resources, found: Found) -> None:
    async with resources.database.begin() as session:
        for kind, differing in found.items():
            await record(session, kind, resources.now(), differing.counts)


async def _owed(resources: Resources) -> int:
    due = select(func.count()).where(OutboxEntry.kind.in_(CHANGED.values()), OutboxEntry.due_at <= resources.now())
    async with resources.database.read() as session:
        return await session.scalar(due) or 0


async def _told(resources: Resources, found: Found) -> int:
    """Prints what was found; answers how many alerts have wrong anchors."""
    for kind, differing in found.items():
        sums = {"in the database": differing.expected, "in the index": differing.indexed, **differing.counts}
        print(f"{LABELS[kind]}: " + ", ".join(f"{count:,} {name}" for name, count in sums.items()))
    if wrong := len([alert_id async for alert_id in wrong_anchors(resources.database)]):
        print(f"alerts: {wrong:,} have other anchors than they should, and may miss offers")
    return wrong
