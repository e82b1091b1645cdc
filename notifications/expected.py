"""Who should have heard of what: what the ledger is held against. Reads only."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Database
from models.job_alert import Alert, JobAlertStatus
from models.notification import Notification
from models.outbox import OutboxEntry
from notifications.audience import Announced, Audience
from notifications.matching import AlertMatch, among

PAGE = 500
Pair = tuple[UUID, UUID]
"""A person, and what that person is told of."""


async def announced(database: Database, of: Audience, since: datetime, until: datetime) -> dict[UUID, Announced]:
    """What was announced from `since` on and before `until`, is open and has been matched."""
    within = (of.row.announced_at >= since, of.row.announced_at < until, of.row.id.not_in(_owed(of)))
    async with database.read() as session:
        rows = (await session.execute(of.open.where(*within))).all()
    return {row.id: Announced(row, beside, row.announced_at, of) for row, beside in rows}


async def oldest_unmatched(session: AsyncSession, of: Audience) -> datetime | None:
    """When the oldest of those that are open and whose matching is not done was announced."""
    waiting = of.open.where(of.row.id.in_(_owed(of))).with_only_columns(func.min(of.row.announced_at))
    return await session.scalar(waiting)


def _owed(of: Audience) -> Select[UUID]:
    return select(OutboxEntry.subject).where(OutboxEntry.kind.in_((of.announced, of.announced_again, of.partly_told)))


async def alerts_on(database: Database, of: Audience, before: datetime) -> AsyncIterator[Sequence[Alert]]:
    """Some at a time: those that are on, started before that instant and belong to people who may hear of anything."""
    last = UUID(int=0)
    query = (
        select(of.alert)
        .join(of.listener, of.listener.id == of.alert.person_id)
        .where(of.alert.status == JobAlertStatus.ON, of.listening, of.alert.started_at < before)
    )
    while True:
        async with database.read() as session:
            page = (await session.scalars(query.where(of.alert.id > last).order_by(of.alert.id).limit(PAGE))).all()
        if not page:
            return
        yield page
        last = page[-1].id


async def told_pairs(session: AsyncSession, of: Audience, subjects: Collection[UUID], *whom: ColumnElement[bool]) -> set[Pair]:
    """Each person with each of the subjects that the ledger has for them; of some people alone where `whom` says so."""
    told: set[Pair] = set()
    for of_these in among(session, of.subject, list(subjects)):
        rows = await session.execute(select(Notification.person_id, of.subject).where(of_these, *whom))
        told |= {(person, subject) for person, subject in rows if subject is not None}
    return told


def owed_to(alert: Alert, known: Mapping[UUID, Announced], matching: Collection[UUID]) -> list[UUID]:
    """Of those that match an alert, the ones that it should have told of."""
    return [each for each in matching if known[each].at > alert.started_at]


async def kept_from(session: AsyncSession, of: Audience, owed: Collection[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Of alerts, each with what it should have told of: where its person may not hear of that, or it does not ask for it."""
    kept: set[tuple[UUID, UUID]] = set()
    for subject in {each for _, each in owed} if of.selective else ():
        alert_ids = [alert_id for alert_id, each in owed if each == subject]
        wanted = select(of.alert.id).join(of.listener, of.listener.id == of.alert.person_id)
        wanted = wanted.where(of.may_hear(subject), of.asked_for(subject))
        for some in among(session, of.alert.id, alert_ids):
            kept |= {(each, subject) for each in set(alert_ids).difference(await session.scalars(wanted.where(some)))}
    return kept


def as_match(alert: Alert) -> AlertMatch:
    return AlertMatch(alert.id, alert.person_id, alert.frequency, alert.started_at)
