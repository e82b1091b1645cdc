"""What alerts may have missed is matched with them, and with no others: what was announced while an alert was being saved,
while its owner's registration was pending, or while its owner's employer did not stand. Who has heard of something does not
hear twice."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.among import among
from models.calendar import quebec_day
from models.clause import Clause, holds
from models.database import Database
from models.employer import EmployerMember
from models.job_alert import ALERT_RETURNED, Alert, JobAlertStatus
from models.outbox import emit
from notifications.audience import AUDIENCES, CANDIDACIES, Announced, Audience
from notifications.expected import as_match
from notifications.ledger import OVERLAP, Telling, record
from notifications.matching import AlertMatch

PAGE = 500


class Span(Enum):
    """What an alert may have missed."""

    WHILE_IT_STARTED = auto()
    """What was matched before it was there."""
    SINCE_IT_STARTED = auto()
    """All, until now."""


@dataclass(frozen=True)
class Late:
    """An alert that may have missed what was announced within those instants."""

    match: AlertMatch
    clause: Clause
    since: datetime
    until: datetime

    def missed(self, one: Announced) -> bool:
        return self.since <= one.at <= self.until and holds(self.clause, one.document)


async def catch_up(
    database: Database, alert_ids: Collection[UUID], span: Span, now: Callable[[], datetime], wait: timedelta
) -> set[UUID]:
    """Tells what those alerts have missed; answers whom. Whatever interrupts it, calling again tells the rest. It may take
    minutes: each person is told at an instant of their own."""
    told: set[UUID] = set()
    for of in AUDIENCES:
        async with database.read() as session:
            late = await _late(session, of, alert_ids, span, now())
            announced = await _announced_within(session, of, late)
        for start in range(0, len(announced), PAGE):
            page = await _read(database, of, announced[start : start + PAGE], now())
            for subject, matches in (await asyncio.to_thread(_matches, late, page)).items():
                told |= await record(database, Telling(of, subject, now(), wait), matches)
    return told


async def owe_to_employer(session: AsyncSession, employer_id: UUID, now: datetime) -> None:
    """Owes the searches that members of that employer have saved what was announced while it did not stand: nobody told them of
    any of it."""
    of = CANDIDACIES
    members = select(EmployerMember.id).where(EmployerMember.employer_id == employer_id)
    kept = select(of.alert.id).where(of.alert.person_id.in_(members), of.alert.status == JobAlertStatus.ON)
    for alert_id in await session.scalars(kept):
        emit(session, ALERT_RETURNED, alert_id, now)


async def _late(session: AsyncSession, of: Audience, alert_ids: Collection[UUID], span: Span, now: datetime) -> list[Late]:
    """Those that are on and whose owners may hear of anything."""
    alerts = select(of.alert).join(of.listener, of.listener.id == of.alert.person_id)
    alerts = alerts.where(among(session, of.alert.id, alert_ids), of.alert.status == JobAlertStatus.ON, of.listening)
    return [
        Late(as_match(alert), alert.wanted.clause, alert.started_at - OVERLAP, _end(span, alert, now) + OVERLAP)
        for alert in await session.scalars(alerts)
    ]


def _end(span: Span, alert: Alert, now: datetime) -> datetime:
    return now if span is Span.SINCE_IT_STARTED else alert.started_at


async def _announced_within(session: AsyncSession, of: Audience, late: Collection[Late]) -> Sequence[UUID]:
    """What is open and was announced within any of those spans, or between two of them."""
    if not late:
        return ()
    within = of.row.announced_at.between(min(each.since for each in late), max(each.until for each in late))
    return (await session.scalars(of.open.where(within).with_only_columns(of.row.id))).all()


async def _read(database: Database, of: Audience, ids: Sequence[UUID], now: datetime) -> Sequence[Announced]:
    """Those that are still open."""
    async with database.read() as session:
        rows = (await session.execute(of.open.where(among(session, of.row.id, ids)))).all()
    return [Announced(row, beside, row.announced_at, of) for row, beside in rows if of.open_on(row, quebec_day(now))]


def _matches(late: Sequence[Late], page: Iterable[Announced]) -> Mapping[UUID, Sequence[AlertMatch]]:
    found: defaultdict[UUID, list[AlertMatch]] = defaultdict(list)
    for one in page:
        for each in late:
            if each.missed(one):
                found[one.row.id].append(each.match)
    return found
