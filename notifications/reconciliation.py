"""Reconciling the ledger with what should be in it: what was published times alerts by the criteria themselves, one by one,
without the table of anchors and without a search."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.alert_mail import GATHERED
from models.among import among
from models.clause import holds
from models.database import Database
from models.deadline import Deadline
from models.job_alert import Alert, JobAlertStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert
from models.outbox import OutboxEntry
from notifications.alert_mail import MAIL_QUEUED
from notifications.audience import Announced, Audience
from notifications.expected import Pair, alerts_on, announced, announcements, kept_from, owed_to, told_pairs

Known = Mapping[UUID, Announced]


@dataclass(frozen=True)
class Reconciliation:
    """Of a period and an audience. `announced` counts what was, `open` what of it people may still be told of: the rest is not
    judged. `unmatched` are open and have yet to be matched, `missing` should be in the ledger and is not, `unfounded` is there
    though none of the alerts that it names matches, `stranded` are e-mails that wait and that nothing will ever send."""

    of: Audience
    announced: int
    open: int
    unmatched: int
    expected: int
    told: int
    missing: frozenset[Pair]
    unfounded: frozenset[Pair]
    stranded: int
    deliveries: Mapping[tuple[Channel, DeliveryStatus], int]

    @property
    def difference(self) -> int:
        return self.unmatched + len(self.missing) + len(self.unfounded) + self.stranded


async def reconcile(database: Database, of: Audience, since: datetime, until: datetime) -> Reconciliation:
    async with database.read() as session:
        counts = await announcements(session, of, since, until)  # first: what is matched meanwhile is judged
    known = await announced(database, of, since, until)
    expected = await _expected(database, of, known, until)
    async with database.snapshot() as session:
        told = await told_pairs(session, of, known.keys())
        unfounded = await _unfounded(session, of, known)
        stranded = await _stranded(session, of)
        deliveries = await _deliveries(session, of, known)
    missing = frozenset(expected - told)
    return Reconciliation(of, *counts, len(expected), len(told), missing, unfounded, stranded, deliveries)


async def _expected(database: Database, of: Audience, known: Known, until: datetime) -> set[Pair]:
    expected: set[Pair] = set()
    await asyncio.to_thread(lambda: [each.document for each in known.values()])
    if known:
        async for alerts in alerts_on(database, of, until):
            owed: dict[tuple[UUID, UUID], Pair] = {}
            for alert in alerts:
                clause = alert.wanted.clause
                matching = [key for key, each in known.items() if holds(clause, each.document)]
                owed |= {(alert.id, each): (alert.person_id, each) for each in owed_to(alert, known, matching)}
                await asyncio.sleep(0)
            async with database.read() as session:
                kept = await kept_from(session, of, owed)
            expected |= {pair for key, pair in owed.items() if key not in kept}
    return expected


async def _unfounded(session: AsyncSession, of: Audience, known: Known) -> frozenset[Pair]:
    """Told by alerts of which none matches it as it is now. Those that began anew since then may have meant something else, and
    what changed since then told of what it was."""
    named = (
        select(Notification.person_id, of.subject, Notification.created_at, Alert)
        .join(NotificationAlert, NotificationAlert.notification_id == Notification.id)
        .join(Alert, Alert.id == NotificationAlert.alert_id)
        .where(Alert.status == JobAlertStatus.ON)
    )
    founded: dict[Pair, bool] = {}
    for person, subject, told_at, alert in await session.execute(named.where(among(session, of.subject, known))):
        if subject is None:
            continue
        changed = alert.started_at > told_at or known[subject].at > told_at
        right = changed or holds(alert.wanted.clause, known[subject].document)
        founded[person, subject] = founded.get((person, subject), False) or right
    return frozenset(pair for pair, right in founded.items() if not right)


async def _stranded(session: AsyncSession, of: Audience) -> int:
    """E-mails that are queued, and neither gathered into a mail that is owed nor waiting for a deadline."""
    owed = exists().where(OutboxEntry.kind.in_(MAIL_QUEUED.values()), OutboxEntry.subject == Delivery.mail_id)
    own_kind = or_(*(and_(Delivery.frequency == frequency, Deadline.kind == kind) for frequency, kind in GATHERED.items()))
    planned = exists().where(Deadline.subject == Notification.person_id, own_kind)
    queued = (
        select(func.count())
        .select_from(Delivery)
        .join(Notification, Notification.id == Delivery.notification_id)
        .where(Delivery.status == DeliveryStatus.QUEUED, Delivery.frequency.is_not(None), of.subject.is_not(None))
        .where(~((Delivery.mail_id.is_not(None) & owed) | (Delivery.mail_id.is_(None) & planned)))
    )
    return await session.scalar(queued) or 0


async def _deliveries(session: AsyncSession, of: Audience, known: Known) -> Counter[tuple[Channel, DeliveryStatus]]:
    query = select(Delivery.channel, Delivery.status).join(Notification, Notification.id == Delivery.notification_id)
    rows = await session.execute(query.where(among(session, of.subject, known)))
    return Counter((channel, status) for channel, status in rows)
