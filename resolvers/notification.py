"""The ledger as its person may read it: what was matched, and what was sent, when and how."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.permissions import may_know
from models.alert_mail import GATHERED
from models.candidacy import Candidacy
from models.deadline import Deadline
from models.job_alert import JobAlert
from models.notification import Delivery, DeliveryStatus, Notification, NotificationAlert
from models.outbox import OutboxEntry
from notifications.alert_mail import MAIL_QUEUED
from notifications.notices import NOTICE_QUEUED
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, open_offers
from resolvers.pages import PageRequest, Slice, newest_first


@dataclass(frozen=True)
class Told:
    """One notification with its deliveries, and what it is about: the alerts that are still there and the offer while it is open,
    or the candidacy."""

    notification: Notification
    deliveries: list[Delivery]
    next_tries: Mapping[UUID, datetime]
    """When those that wait go out, or are tried again, by delivery."""
    alerts: list[JobAlert]
    posted: PostedOffer | None
    candidacy: Candidacy | None


async def notifications_of(context: Context, candidate_id: UUID, page: PageRequest) -> Slice[Told]:
    own = select(Notification).where(Notification.candidate_id == candidate_id)
    async with context.database.read() as session:
        found = await newest_first(session, own, Notification.created_at, Notification.id, page)
    told = await _told(context, [row for _, (row,) in found.items])
    return found.each(lambda row: told[row[0].id])


async def known(context: Context, notification_id: UUID) -> Told | None:
    async with context.database.read() as session:
        row = await session.get(Notification, notification_id)
    if row is None or not may_know(context.caller, "Notification", row.candidate_id):
        return None
    return (await _told(context, [row]))[row.id]


async def _told(context: Context, rows: list[Notification]) -> dict[UUID, Told]:
    ids = [row.id for row in rows]
    async with context.database.read() as session:
        deliveries: defaultdict[UUID, list[Delivery]] = defaultdict(list)
        for delivery in await session.scalars(select(Delivery).where(Delivery.notification_id.in_(ids))):
            deliveries[delivery.notification_id].append(delivery)
        next_tries = await _next_tries(session, [each for listed in deliveries.values() for each in listed])
        alerts = await _alerts(session, ids)
        own = select(Candidacy).where(Candidacy.id.in_([row.candidacy_id for row in rows if row.candidacy_id]))
        candidacies = {row.id: row for row in await session.scalars(own)}
    offers = await open_offers(context, [row.job_offer_id for row in rows if row.job_offer_id])
    return {
        row.id: Told(
            notification=row,
            deliveries=deliveries[row.id],
            next_tries=next_tries,
            alerts=alerts[row.id],
            posted=offers.get(row.job_offer_id) if row.job_offer_id else None,
            candidacy=candidacies.get(row.candidacy_id) if row.candidacy_id else None,
        )
        for row in rows
    }


async def _next_tries(session: AsyncSession, deliveries: Collection[Delivery]) -> dict[UUID, datetime]:
    """Mails of alerts are owed as a whole once they are gathered, and are gathered at the deadline of their person; notices are
    owed one by one."""
    queued = [each for each in deliveries if each.status is DeliveryStatus.QUEUED]
    owed = select(OutboxEntry.subject, OutboxEntry.due_at).where(
        OutboxEntry.kind.in_((*MAIL_QUEUED.values(), NOTICE_QUEUED)),
        OutboxEntry.subject.in_([each.mail_id or each.id for each in queued]),
    )
    tried: dict[UUID, datetime] = {row[0]: row[1] for row in await session.execute(owed)}
    gathered = (
        select(Delivery.id, Deadline.next_try_at)
        .join(Notification, Notification.id == Delivery.notification_id)
        .join(Deadline, Deadline.subject == Notification.candidate_id)
        .where(Delivery.id.in_([each.id for each in queued if each.frequency and each.mail_id is None]))
        .where(or_(*(and_(Delivery.frequency == frequency, Deadline.kind == kind) for frequency, kind in GATHERED.items())))
    )
    waiting: dict[UUID, datetime] = {row[0]: row[1] for row in await session.execute(gathered)}
    return waiting | {each.id: tried[each.mail_id or each.id] for each in queued if (each.mail_id or each.id) in tried}


async def _alerts(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[JobAlert]]:
    pairs = (
        select(NotificationAlert.notification_id, JobAlert)
        .join(JobAlert, JobAlert.id == NotificationAlert.alert_id)
        .where(NotificationAlert.notification_id.in_(ids))
        .order_by(JobAlert.created_at, JobAlert.id)
    )
    alerts: defaultdict[UUID, list[JobAlert]] = defaultdict(list)
    for notification_id, alert in await session.execute(pairs):
        alerts[notification_id].append(alert)
    return alerts
