"""Keeps the anchors of all alerts what this version of the program makes of their criteria. Text analysis, and what criteria
mean, may change from one version to the next; an alert with old anchors would miss what it is for."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, inspect, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.anchor import VERSION, anchors
from models.database import Database
from models.job_alert import Alert, JobAlertAnchor
from models.outbox import OutboxEntry, emit
from notifications.audience import AUDIENCES
from notifications.ledger import announce_again

PAGE = 500
FIRST = UUID(int=0)
COLUMNS = [column.key for column in inspect(JobAlertAnchor).column_attrs]
ANCHORING_CHANGED = "anchoring.changed"
"""The kind of outbox entry that owes the mending of all anchors; it has no subject."""


async def notice_old_anchors(database: Database, now: datetime) -> None:
    """Owes their mending when an older version made some, unless it is owed already. One query when there are none."""
    owed = select(OutboxEntry.id).where(OutboxEntry.kind == ANCHORING_CHANGED).exists()
    old = select(JobAlertAnchor.alert_id).where(JobAlertAnchor.version != VERSION, ~owed).limit(1)
    async with database.read() as session:
        found = await session.scalar(old)
    if found is not None:
        async with database.begin() as session:
            emit(session, ANCHORING_CHANGED, FIRST, now)


async def wrong_anchors(database: Database, looked_at: Callable[[int], object] = lambda count: None) -> AsyncIterator[UUID]:
    """The alerts that have other anchors than they should. Changes nothing, and holds no transaction between two of them.
    Tells `looked_at` of so many more alerts."""
    last = FIRST
    while True:
        async with database.read() as session:
            page = (await session.scalars(select(Alert).where(Alert.id > last).order_by(Alert.id).limit(PAGE))).all()
            wrong = await _wrong(session, page)
        for alert in wrong:
            yield alert.id
        looked_at(len(page))
        if not page:
            return
        last = page[-1].id


async def mend_anchors(database: Database, now: datetime, looked_at: Callable[[int], object] = lambda count: None) -> int:
    """Writes the anchors of those alerts anew, each in a transaction of its own, while others are made, changed and matched.
    Answers how many there were. All that is published is announced again in the end, even when there were none: an earlier call
    may have mended what matching had missed, and died before it came to that."""
    mended = 0
    async for alert_id in wrong_anchors(database, looked_at):
        async with database.begin() as session:
            alert = await session.get(Alert, alert_id, with_for_update=True)
            await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == alert_id))
            session.add_all(_right(alert) if alert else ())
        mended += 1
    async with database.begin() as session:
        for of in AUDIENCES:
            await announce_again(session, of, true(), now)
    return mended


async def _wrong(session: AsyncSession, alerts: Sequence[Alert]) -> list[Alert]:
    kept: defaultdict[UUID, set[tuple[object, ...]]] = defaultdict(set)
    of_these = JobAlertAnchor.alert_id.in_([alert.id for alert in alerts])
    for row in await session.execute(select(*(getattr(JobAlertAnchor, name) for name in COLUMNS)).where(of_these)):
        kept[row.alert_id].add(tuple(row))
    return [alert for alert in alerts if {_content(row) for row in _right(alert)} != kept[alert.id]]


def _right(alert: Alert) -> list[JobAlertAnchor]:
    return anchors(alert.id, alert.wanted)


def _content(row: JobAlertAnchor) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)
