"""What alerts may have missed is matched with them, and with nobody else: what was announced while an alert was being saved,
while its owner's registration was pending, or while its owner's employer did not stand. Who has heard of something does not
hear twice."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.among import among
from models.calendar import quebec_day
from models.candidate import Candidate
from models.clause import Clause, holds
from models.database import Database
from models.employer import EmployerMember
from models.job_alert import ALERT_RETURNED, JobAlertStatus
from models.outbox import emit
from notifications.audience import AUDIENCES, CANDIDACIES, Announced, Audience
from notifications.expected import as_match
from notifications.ledger import OVERLAP, Telling, record
from notifications.matching import AlertMatch

PAGE = 500


class Span(Enum):
    """What an alert may have missed."""

    UNTIL_IT_COUNTED = auto()
    """Until it was saved, and its owner accepted."""
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


async def catch_up(database: Database, alert_ids: Collection[UUID], span: Span, now: datetime, wait: timedelta) -> set[UUID]:
    """Tells what those alerts have missed; answers whom. Whatever interrupts it, calling again tells the rest."""
    told: set[UUID] = set()
    for of in AUDIENCES:
        async with database.read() as session:
            late = await _late(session, of, alert_ids, span, now)
        async for page in _pages(database, of, late, now):
            for subject, matches in (await asyncio.to_thread(_matches, late, page)).items():
                told |= await record(database, Telling(of, subject, now, wait), matches)
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
    owner = aliased(Candidate)
    query = (
        select(of.alert, owner.certificate_validated_at)
        .join(of.listener, of.listener.id == of.alert.person_id)
        .outerjoin(owner, owner.id == of.alert.person_id)
        .where(among(session, of.alert.id, alert_ids), of.alert.status == JobAlertStatus.ON, of.listening)
    )
    late = []
    for alert, accepted_at in await session.execute(query):
        counts_at = now if span is Span.SINCE_IT_STARTED else max(alert.started_at, accepted_at or alert.started_at)
        late.append(Late(as_match(alert), alert.wanted.clause, alert.started_at - OVERLAP, counts_at + OVERLAP))
    return late


async def _pages(database: Database, of: Audience, late: Collection[Late], now: datetime) -> AsyncIterator[Sequence[Announced]]:
    """What is open and was announced within those instants, some at a time. No transaction is held in between."""
    if not late:
        return
    within = of.row.announced_at.between(min(each.since for each in late), max(each.until for each in late))
    last = UUID(int=0)
    while True:
        async with database.read() as session:
            rows = (await session.execute(of.open.where(within, of.row.id > last).order_by(of.row.id).limit(PAGE))).all()
        if not rows:
            return
        yield [Announced(row, beside, row.announced_at, of) for row, beside in rows if of.open_on(row, quebec_day(now))]
        last = rows[-1][0].id


def _matches(late: Sequence[Late], page: Iterable[Announced]) -> Mapping[UUID, Sequence[AlertMatch]]:
    found: defaultdict[UUID, list[AlertMatch]] = defaultdict(list)
    for one in page:
        for each in late:
            if each.missed(one):
                found[one.row.id].append(each.match)
    return found
