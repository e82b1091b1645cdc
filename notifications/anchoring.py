"""Keeps the anchors of all alerts what this version of the program makes of their criteria. Text analysis, and what criteria
mean, may change from one version to the next; an alert with old anchors would miss what it is for."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, inspect, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.anchor import VERSION, anchors
from models.database import Database
from models.job_alert import Alert, JobAlertAnchor
from models.outbox import OutboxEntry, emit
from models.stored_criteria import is_current, to_json
from notifications.audience import AUDIENCES
from notifications.ledger import announce_again

PAGE = 500
FIRST = UUID(int=0)
COLUMNS = [column.key for column in inspect(JobAlertAnchor).column_attrs]
ANCHORING_CHANGED = f"anchoring.changed.{VERSION}"
"""The kind of outbox entry that owes the mending of the anchors of all alerts after the one that is its subject. Workers of
another version, which would make others, leave it alone."""


async def notice_old_anchors(database: Database, now: datetime) -> None:
    """Owes their mending when an older version made some, unless it is owed already. What other versions owe, which nobody does,
    goes."""
    async with database.begin() as session:
        others = (OutboxEntry.kind.startswith("anchoring.changed"), OutboxEntry.kind != ANCHORING_CHANGED)
        await session.execute(delete(OutboxEntry).where(*others))
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
    last: UUID | None = FIRST
    while last is not None:
        page = await _page(database, last)
        for alert_id in page.wrong:
            yield alert_id
        looked_at(page.count)
        last = page.last


async def mend_anchors(database: Database, now: datetime, looked_at: Callable[[int], object] = lambda count: None) -> int:
    """Writes the anchors of those alerts anew, each in a transaction of its own, while others are made, changed and matched.
    Answers how many there were. All that is published is announced again in the end, even when there were none: an earlier call
    may have mended what matching had missed, and died before it came to that."""
    mended = 0
    async for alert_id in wrong_anchors(database, looked_at):
        await _mend(database, alert_id)
        mended += 1
    async with database.begin() as session:
        await _announce_all_again(session, now)
    return mended


async def mend_some_anchors(database: Database, after: UUID, now: datetime) -> None:
    """The same for some alerts after that one. Owes those that come after them, or, after the last, that all is announced
    again."""
    page = await _page(database, after)
    for alert_id in page.wrong:
        await _mend(database, alert_id)
    async with database.begin() as session:
        if page.last is None:
            await _announce_all_again(session, now)
        else:
            emit(session, ANCHORING_CHANGED, page.last, now)


@dataclass(frozen=True)
class _Page:
    """Some alerts, in the order of their ids: how many, which of them have wrong anchors, and the last, if others follow."""

    count: int
    wrong: Sequence[UUID]
    last: UUID | None


async def _page(database: Database, after: UUID) -> _Page:
    async with database.read() as session:
        alerts = (await session.scalars(select(Alert).where(Alert.id > after).order_by(Alert.id).limit(PAGE))).all()
        wrong = await _wrong(session, alerts)
    return _Page(len(alerts), [alert.id for alert in wrong], alerts[-1].id if len(alerts) == PAGE else None)


async def _mend(database: Database, alert_id: UUID) -> None:
    async with database.begin() as session:
        alert = await session.get(Alert, alert_id, with_for_update=True)
        await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == alert_id))
        if alert is not None:
            alert.criteria = alert.criteria if is_current(alert.criteria) else to_json(alert.wanted)
            session.add_all(_right(alert))


async def _announce_all_again(session: AsyncSession, now: datetime) -> None:
    for of in AUDIENCES:
        await announce_again(session, of, true(), now)


async def _wrong(session: AsyncSession, alerts: Sequence[Alert]) -> list[Alert]:
    kept: defaultdict[UUID, set[tuple[object, ...]]] = defaultdict(set)
    of_these = JobAlertAnchor.alert_id.in_([alert.id for alert in alerts])
    for row in await session.execute(select(*(getattr(JobAlertAnchor, name) for name in COLUMNS)).where(of_these)):
        kept[row.alert_id].add(tuple(row))
    return [each for each in alerts if not is_current(each.criteria) or {_content(row) for row in _right(each)} != kept[each.id]]


def _right(alert: Alert) -> list[JobAlertAnchor]:
    return anchors(alert.id, alert.wanted)


def _content(row: JobAlertAnchor) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)
