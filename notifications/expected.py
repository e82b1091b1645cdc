"""Who should have heard of what: what the ledger is held against. Reads only."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.among import among
from models.database import Database
from models.job_alert import ALERT_RETURNED, Alert, JobAlertStatus
from models.notification import Notification
from models.outbox import OutboxEntry
from notifications.audience import Announced, Audience
from notifications.matching import AlertMatch

PAGE = 500
PATIENCE = 5
"""Attempts after which matching is not waited for: the sweep tells of what cannot be matched, and of what came after it."""
Pair = tuple[UUID, UUID]
"""A person, and what that person is told of."""


async def announced(database: Database, of: Audience, since: datetime, until: datetime) -> dict[UUID, Announced]:
    """What was announced from `since` on and before `until`, is open and has been matched, or could not be."""
    async with database.read() as session:
        rows = (await session.execute(of.open.where(_within(of, since, until), of.row.id.not_in(_awaited(of))))).all()
    return {row.id: Announced(row, beside, row.announced_at, of) for row, beside in rows}


async def announcements(session: AsyncSession, of: Audience, since: datetime, until: datetime) -> tuple[int, int, int]:
    """How many were announced within the period, how many of them are open, and how many of those have yet to be matched."""
    count, within = func.count(), _within(of, since, until)
    all_of_them = await session.scalar(select(count).select_from(of.row).where(within))
    still_open = await session.scalar(of.open.where(within).with_only_columns(count))
    unmatched = await session.scalar(of.open.where(within, of.row.id.in_(_owed(of))).with_only_columns(count))
    return all_of_them or 0, still_open or 0, unmatched or 0


async def oldest_awaited(session: AsyncSession, of: Audience) -> datetime | None:
    """When the oldest of those that are open, and are to be matched soon, was announced."""
    waiting = of.open.where(of.row.id.in_(_awaited(of))).with_only_columns(func.min(of.row.announced_at))
    return await session.scalar(waiting)


def _within(of: Audience, since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(of.row.announced_at >= since, of.row.announced_at < until)


def _owed(of: Audience) -> Select[UUID]:
    return select(OutboxEntry.subject).where(OutboxEntry.kind.in_((of.announced, of.announced_again, of.partly_told)))


def _awaited(of: Audience) -> Select[UUID]:
    return _owed(of).where(OutboxEntry.attempts < PATIENCE)


async def alerts_on(database: Database, of: Audience, before: datetime) -> AsyncIterator[Sequence[Alert]]:
    """Some at a time: those that are on, started before that instant and belong to people who may hear of anything, but for those
    that have yet to catch up with all since then."""
    last = UUID(int=0)
    query = (
        select(of.alert)
        .join(of.listener, of.listener.id == of.alert.person_id)
        .where(of.alert.status == JobAlertStatus.ON, of.listening, of.alert.started_at < before)
        .where(of.alert.id.not_in(select(OutboxEntry.subject).where(OutboxEntry.kind == ALERT_RETURNED)))
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
    of_these = select(Notification.person_id, of.subject).where(among(session, of.subject, subjects), *whom)
    return {(person, subject) for person, subject in await session.execute(of_these) if subject is not None}


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
        wanting = await session.scalars(wanted.where(among(session, of.alert.id, alert_ids)))
        kept |= {(each, subject) for each in set(alert_ids).difference(wanting)}
    return kept


def as_match(alert: Alert) -> AlertMatch:
    return AlertMatch(alert.id, alert.person_id, alert.frequency, alert.started_at)
