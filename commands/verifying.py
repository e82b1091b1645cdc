"""Compares what is derived, the search index and the anchors of alerts, with the rows, and tells the counts."""

import asyncio
import time

from sqlalchemy import func, select

from bootstrap import Resources
from commands.database import open_ready
from commands.indexing import CHANGED
from commands.reindexing import LABELS
from config import Settings
from models.document import Kind
from models.outbox import OutboxEntry
from notifications.anchoring import wrong_anchors
from search.verification import Differences, differences

PAUSE = 0.2


async def verify(settings: Settings, wait: float) -> int:
    """0 when both indexes hold what the database says, and alerts have the anchors they should. Waits so many seconds for
    what is still owed, and for what differs only because it is being written."""
    async with open_ready(settings) as resources:
        deadline = time.monotonic() + wait
        found = await _differences(resources)
        while (any(found.values()) or await _owed(resources)) and time.monotonic() < deadline:
            await asyncio.sleep(PAUSE)
            found = await _differences(resources)
        for kind, differing in found.items():
            print(_told(kind, differing))
        if wrong := [alert_id async for alert_id in wrong_anchors(resources.database)]:
            print(f"alerts: {len(wrong):,} have other anchors than they should, and may miss offers")
        if owed := await _owed(resources):
            print(f"{owed:,} changes wait for the worker")
    return 1 if any(found.values()) or wrong else 0


async def _differences(resources: Resources) -> dict[Kind, Differences]:
    return {kind: await differences(resources.engine, resources.database, kind, resources.now()) for kind in Kind}


async def _owed(resources: Resources) -> int:
    due = select(func.count()).where(OutboxEntry.kind.in_(CHANGED.values()), OutboxEntry.due_at <= resources.now())
    async with resources.database.read() as session:
        return await session.scalar(due) or 0


def _told(kind: Kind, found: Differences) -> str:
    sums = {
        "in the database": found.expected,
        "in the index": found.indexed,
        "missing": len(found.missing),
        "stale": len(found.stale),
        "surplus": len(found.surplus),
    }
    return f"{LABELS[kind]}: " + ", ".join(f"{count:,} {name}" for name, count in sums.items())
