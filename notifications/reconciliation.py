"""Reconciling the ledger with what should be in it: offers times alerts by the criteria themselves, one by one, without the
table of anchors and without a search."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.alert_mail import GATHERED
from models.clause import holds
from models.database import Database
from models.deadline import Deadline
from models.job_alert import JobAlert, JobAlertStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert
from models.outbox import OutboxEntry
from models.stored_criteria import from_json
from notifications.alert_mail import MAIL_QUEUED
from notifications.expected import Announced, alerts_on, announced, owed_to, told_pairs
from notifications.matching import among

Pair = tuple[UUID, UUID]
"""A person and an offer."""


@dataclass(frozen=True)
class Reconciliation:
    """Of a period. `missing` should be in the ledger and is not, `unfounded` is there though none of the alerts that it names
    matches, `stranded` are e-mails that wait and that nothing will ever send."""

    offers: int
    expected: int
    told: int
    missing: frozenset[Pair]
    unfounded: frozenset[Pair]
    stranded: int
    deliveries: Mapping[tuple[Channel, DeliveryStatus], int]

    @property
    def difference(self) -> int:
        return len(self.missing) + len(self.unfounded) + self.stranded


async def reconcile(database: Database, since: datetime, until: datetime) -> Reconciliation:
    offers = await announced(database, since, until)
    expected = await _expected(database, offers, until)
    async with database.snapshot() as session:
        told = await told_pairs(session, offers.keys())
        unfounded = await _unfounded(session, offers)
        stranded = await _stranded(session)
        deliveries = await _deliveries(session, offers)
    missing = frozenset(expected - told)
    return Reconciliation(len(offers), len(expected), len(told), missing, unfounded, stranded, deliveries)


async def _expected(database: Database, offers: Mapping[UUID, Announced], until: datetime) -> set[Pair]:
    expected: set[Pair] = set()
    await asyncio.to_thread(lambda: [each.document for each in offers.values()])
    if offers:
        async for alerts in alerts_on(database, until):
            for alert in alerts:
                clause = from_json(alert.criteria).clause
                matching = [key for key, each in offers.items() if holds(clause, each.document)]
                expected |= {(alert.candidate_id, each) for each in owed_to(alert, offers, matching)}
                await asyncio.sleep(0)
    return expected


async def _unfounded(session: AsyncSession, offers: Mapping[UUID, Announced]) -> frozenset[Pair]:
    """Told by alerts of which none matches the offer as it is now. Those that began anew since then may have meant something
    else, and an offer that changed since then told of what it was."""
    named = (
        select(Notification.candidate_id, Notification.job_offer_id, Notification.created_at, JobAlert)
        .join(NotificationAlert, NotificationAlert.notification_id == Notification.id)
        .join(JobAlert, JobAlert.id == NotificationAlert.alert_id)
        .where(JobAlert.status == JobAlertStatus.ON)
    )
    founded: dict[Pair, bool] = {}
    for of_offers in among(session, Notification.job_offer_id, list(offers)):
        for person, offer_id, told_at, alert in await session.execute(named.where(of_offers)):
            if offer_id is None:
                continue
            changed = alert.started_at > told_at or offers[offer_id].at > told_at
            right = changed or holds(from_json(alert.criteria).clause, offers[offer_id].document)
            founded[person, offer_id] = founded.get((person, offer_id), False) or right
    return frozenset(pair for pair, right in founded.items() if not right)


async def _stranded(session: AsyncSession) -> int:
    """E-mails about offers that are queued, and neither gathered into a mail that is owed nor waiting for a deadline."""
    owed = exists().where(OutboxEntry.kind.in_(MAIL_QUEUED.values()), OutboxEntry.subject == Delivery.mail_id)
    own_kind = or_(*(and_(Delivery.frequency == frequency, Deadline.kind == kind) for frequency, kind in GATHERED.items()))
    planned = exists().where(Deadline.subject == Notification.candidate_id, own_kind)
    queued = (
        select(func.count())
        .select_from(Delivery)
        .join(Notification, Notification.id == Delivery.notification_id)
        .where(Delivery.status == DeliveryStatus.QUEUED, Delivery.frequency.is_not(None))
        .where(~((Delivery.mail_id.is_not(None) & owed) | (Delivery.mail_id.is_(None) & planned)))
    )
    return await session.scalar(queued) or 0


async def _deliveries(session: AsyncSession, offers: Mapping[UUID, Announced]) -> Counter[tuple[Channel, DeliveryStatus]]:
    counts: Counter[tuple[Channel, DeliveryStatus]] = Counter()
    query = select(Delivery.channel, Delivery.status).join(Notification, Notification.id == Delivery.notification_id)
    for of_offers in among(session, Notification.job_offer_id, list(offers)):
        counts.update((row[0], row[1]) for row in await session.execute(query.where(of_offers)))
    return counts
