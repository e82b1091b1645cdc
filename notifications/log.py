"""The ledger read as a log: what one person was told, in order, and how far each person's log has got. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidate import Candidate
from models.employer import EmployerMember
from models.notification import Notification, NotificationAlert

PERSONS_IN_ONE_QUERY = 5_000


@dataclass(frozen=True)
class Matched:
    """An offer or a candidacy, by its id, that matched a person's alerts. `alert_ids` names those that are still there."""

    position: int
    notification_id: UUID
    subject: UUID
    alert_ids: frozenset[UUID]
    at: datetime


async def read_log(session: AsyncSession, person_id: UUID, after: int, limit: int) -> list[Matched]:
    """The next events of a person beyond a position, at most so many."""
    later = select(Notification).where(Notification.person_id == person_id, Notification.position > after)
    rows = list(await session.scalars(later.order_by(Notification.position).limit(limit)))
    alerts: defaultdict[UUID, set[UUID]] = defaultdict(set)
    pairs = select(NotificationAlert).where(NotificationAlert.notification_id.in_([row.id for row in rows]))
    for pair in await session.scalars(pairs) if rows else ():
        alerts[pair.notification_id].add(pair.alert_id)
    return [
        Matched(row.position, row.id, subject, frozenset(alerts[row.id]), row.created_at)
        for row in rows
        if row.position is not None  # always, and so is the subject: only what was published has a position
        if (subject := row.job_offer_id or row.matched_candidacy_id) is not None
    ]


async def last_positions(session: AsyncSession, persons: Iterable[UUID]) -> dict[UUID, int]:
    """How many notifications each person has had so far. A position is only seen when its notification can be."""
    positions: dict[UUID, int] = {}
    remaining = iter(persons)
    while some := list(islice(remaining, PERSONS_IN_ONE_QUERY)):
        theirs = [select(each.id, each.live_position).where(each.id.in_(some)) for each in (Candidate, EmployerMember)]
        positions |= {row.id: row.live_position for row in await session.execute(union_all(*theirs))}
    return positions
