"""Keeps the anchors of all alerts what this version of the program makes of their criteria. Text analysis, and what criteria
mean, may change from one version to the next; an alert with old anchors would miss offers."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from uuid import UUID

from sqlalchemy import delete, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.anchor import anchors
from models.database import Database
from models.job_alert import JobAlert, JobAlertAnchor
from models.stored_criteria import from_json

PAGE = 500
FIRST = UUID(int=0)
COLUMNS = [column.key for column in inspect(JobAlertAnchor).column_attrs]


async def wrong_anchors(database: Database, looked_at: Callable[[int], object] = lambda count: None) -> AsyncIterator[UUID]:
    """The alerts that have other anchors than they should. Changes nothing, and holds no transaction between two of them.
    Tells `looked_at` of so many more alerts."""
    last = FIRST
    while True:
        async with database.read() as session:
            page = (await session.scalars(select(JobAlert).where(JobAlert.id > last).order_by(JobAlert.id).limit(PAGE))).all()
            wrong = await _wrong(session, page)
        for alert in wrong:
            yield alert.id
        looked_at(len(page))
        if not page:
            return
        last = page[-1].id


async def mend_anchors(database: Database, looked_at: Callable[[int], object] = lambda count: None) -> int:
    """Writes the anchors of those alerts anew, each in a transaction of its own, while others are made, changed and matched.
    Answers how many there were."""
    mended = 0
    async for alert_id in wrong_anchors(database, looked_at):
        async with database.begin() as session:
            alert = await session.get(JobAlert, alert_id, with_for_update=True)
            await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == alert_id))
            session.add_all(_right(alert) if alert else ())
        mended += 1
    return mended


async def _wrong(session: AsyncSession, alerts: Sequence[JobAlert]) -> list[JobAlert]:
    kept: defaultdict[UUID, set[tuple[object, ...]]] = defaultdict(set)
    of_these = JobAlertAnchor.alert_id.in_([alert.id for alert in alerts])
    for row in await session.execute(select(*(getattr(JobAlertAnchor, name) for name in COLUMNS)).where(of_these)):
        kept[row.alert_id].add(tuple(row))
    return [alert for alert in alerts if {_content(row) for row in _right(alert)} != kept[alert.id]]


def _right(alert: JobAlert) -> list[JobAlertAnchor]:
    return anchors(alert.id, from_json(alert.criteria))


def _content(row: JobAlertAnchor) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)
