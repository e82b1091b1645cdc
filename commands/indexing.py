"""After a command put rows in: has the index hold them at once where this process may, or says who will."""

from collections.abc import Collection

from sqlalchemy import delete, func, select

from bootstrap import Resources
from commands.progress import progress
from commands.reindexing import rebuild_index
from errors import Conflict
from models.document import Kind
from models.outbox import OutboxEntry
from worker import LANES, Lane, sole_worker, work_once

CHANGED = {Kind.CANDIDACY: "candidacy.changed", Kind.JOB_OFFER: "job_offer.changed"}
LABELS = {"index": "indexing", "match": "telling alerts", "mail": "sending mail", "letters": "sending letters"}
IDS_IN_ONE_STATEMENT = 5_000


async def bring_in_line(resources: Resources) -> None:
    """Fills an index that never was, and does what the outbox owes. Both are left to the worker where one runs beside this
    process on SQLite, or where the search has a server of its own and so, surely, a worker."""
    with sole_worker(resources) as may_work:
        if may_work and resources.settings.search_url.startswith("embedded:"):
            for kind in Kind:
                if await resources.engine.needs_rebuild(kind):
                    await _fill(resources, kind)
            await _work(resources)
        elif await _owed(resources, LANES["index"].handlers):
            print("The worker will index it.")


async def _fill(resources: Resources, kind: Kind) -> None:
    """Builds the index, and forgets what was owed for the rows that it was built from."""
    async with resources.database.read() as session:
        due = select(OutboxEntry.id).where(OutboxEntry.kind == CHANGED[kind], OutboxEntry.due_at <= resources.now())
        covered = (await session.scalars(due)).all()
    try:
        await rebuild_index(resources, kind)
    except Conflict:  # another process is at it
        return
    for start in range(0, len(covered), IDS_IN_ONE_STATEMENT):
        async with resources.database.begin() as session:
            some = covered[start : start + IDS_IN_ONE_STATEMENT]
            await session.execute(delete(OutboxEntry).where(OutboxEntry.id.in_(some)))


async def _work(resources: Resources) -> None:
    """The index first, then alerts, then the rest; again, until nothing that is due is left."""
    while sum([await _work_lane(resources, name, lane) for name, lane in LANES.items()]):
        pass


async def _work_lane(resources: Resources, name: str, lane: Lane) -> int:
    handled = 0
    with progress(LABELS.get(name, name), await _owed(resources, lane.handlers)) as bar:
        while worked := await work_once(resources, lane):
            handled += worked
            bar.advance(worked)
    return handled


async def _owed(resources: Resources, kinds: Collection[str]) -> int:
    due = select(func.count()).where(OutboxEntry.kind.in_(kinds), OutboxEntry.due_at <= resources.now())
    async with resources.database.read() as session:
        return await session.scalar(due) or 0
