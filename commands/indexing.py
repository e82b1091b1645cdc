"""After a command put rows in: has the index hold them and alerts hear of them at once where this process may, or says who
will. Sends no mail: a command does not wait for a mail server."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import delete, func, or_, select

from bootstrap import Resources
from commands.progress import progress
from commands.reindexing import rebuild_index
from errors import Conflict
from lane import Lane, work_once
from models.alert_mail import GATHERED
from models.deadline import Deadline
from models.document import Kind
from models.outbox import OutboxEntry
from worker import LANES, sole_worker

CHANGED = {Kind.CANDIDACY: "candidacy.changed", Kind.JOB_OFFER: "job_offer.changed"}
WORKED = {
    "index": "indexing",
    "match": "telling alerts",
    "match_again": "telling alerts again",
    "match_others": "telling many alerts",
    "catch_up": "telling new alerts",
    "catch_up_with_all": "telling alerts that return",
}
"""The lanes that are worked here, with what is shown meanwhile."""
IDS_IN_ONE_STATEMENT = 5_000


async def bring_in_line(resources: Resources) -> None:
    """Fills an index that never was, and does what is owed to the index and to alerts by now: what comes in meanwhile, or
    fails, is the worker's. All is left to the worker where one runs beside this process on SQLite, or where the search has a
    server of its own and so, surely, a worker."""
    instant = resources.now()
    until_now = replace(resources, now=lambda: instant)
    with sole_worker(resources) as may_work:
        if may_work and resources.settings.search_url.startswith("embedded:"):
            for kind in Kind:
                if await resources.engine.needs_rebuild(kind):
                    await _fill(until_now, kind)
            for name, label in WORKED.items():
                await _work(until_now, LANES[name], label)
            if left := await _left(until_now):
                print(f"The worker has {left:,} more to do, such as mails to send.")
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


async def _work(resources: Resources, lane: Lane, label: str) -> None:
    with progress(label, await _owed(resources, lane.handlers)) as bar:
        while worked := await work_once(resources, lane):
            bar.advance(worked)


async def _owed(resources: Resources, kinds: Collection[str]) -> int:
    due = select(func.count()).where(OutboxEntry.kind.in_(kinds), OutboxEntry.due_at <= resources.now())
    async with resources.database.read() as session:
        return await session.scalar(due) or 0


async def _left(resources: Resources) -> int:
    """Of whatever is due, of what was tried in vain and is due again later, and the mails that are to be gathered."""
    owed = select(func.count()).where(or_(OutboxEntry.due_at <= resources.now(), OutboxEntry.attempts > 0))
    mails = select(func.count()).where(Deadline.kind.in_(GATHERED.values()))
    async with resources.database.read() as session:
        return (await session.scalar(owed) or 0) + (await session.scalar(mails) or 0)
