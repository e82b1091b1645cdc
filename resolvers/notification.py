"""The ledger as its person may read it: what was matched, and what was sent, when and how."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.permissions import may_know
from models.alert_mail import GATHERED
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.deadline import Deadline
from models.job_alert import Alert
from models.notification import Delivery, DeliveryStatus, Notification, NotificationAlert, NotificationKind
from models.outbox import OutboxEntry
from notifications.alert_mail import MAIL_QUEUED
from notifications.notices import NOTICE_QUEUED
from resolvers.candidacy import PublishedProfile, published_among, visible
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, open_among
from resolvers.pages import NO_ITEMS, PageRequest, Slice
from resolvers.siblings import Belonging, PageOf, newest_of_each, page_of


@dataclass(frozen=True)
class Told:
    """One notification with its deliveries, and what it is about: the alerts that are still there and the offer or the candidacy
    of somebody else while it can be seen, or the candidacy of the person."""

    notification: Notification
    deliveries: list[Delivery]
    next_tries: Mapping[UUID, datetime]
    """When those that wait go out, or are tried again, by delivery."""
    alerts: list[Alert]
    posted: PostedOffer | None
    profile: PublishedProfile | None
    candidacy: Candidacy | None


async def notifications_of(context: Context, person_id: UUID, page: PageRequest) -> Slice[Told]:
    return await page_of(context, _told_to, person_id, page)


async def _told_to(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[Told]]:
    return await _listed(session, select(Notification), asked)


async def candidacies_told_to(context: Context, member_id: UUID, page: PageRequest) -> Slice[Told]:
    """What a member of an employer was told of, to that member. What cannot be seen now is as if it had never been told of:
    whether it was withdrawn or hides from the employer must not show."""
    if not (context.may_read("EmployerMember", "notifications", member_id) and may_know(context.caller, "PublishedCandidacy")):
        return NO_ITEMS
    return await page_of(context, _candidacies_told_to, member_id, page)


async def _candidacies_told_to(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[Told]]:
    seen = (
        select(Notification)
        .join(Candidacy, Candidacy.id == Notification.matched_candidacy_id)
        .join(Candidate, Candidate.id == Candidacy.candidate_id)
        .where(visible(asked[0].context))
    )
    return await _listed(session, seen, asked)


async def _listed(session: AsyncSession, query: Select[Notification], asked: Sequence[PageOf]) -> dict[PageOf, Slice[Told]]:
    belonging = Belonging(Notification.person_id, Notification.created_at, Notification.id)
    found = await newest_of_each(session, query, belonging, asked)
    told = await _told(session, asked[0].context, [row[0] for page in found.values() for _, row in page.items])
    return {each: page.each(lambda row: told[row[0].id]) for each, page in found.items()}


async def known(context: Context, notification_id: UUID) -> Told | None:
    async with context.database.read() as session:
        row = await session.get(Notification, notification_id)
        if row is None or not may_know(context.caller, "Notification", row.person_id):
            return None
        told = (await _told(session, context, [row]))[row.id]
    return None if row.kind is NotificationKind.CANDIDACY_MATCHED and told.profile is None else told


async def _told(session: AsyncSession, context: Context, rows: list[Notification]) -> dict[UUID, Told]:
    ids = [row.id for row in rows]
    deliveries: defaultdict[UUID, list[Delivery]] = defaultdict(list)
    for delivery in await session.scalars(select(Delivery).where(Delivery.notification_id.in_(ids))):
        deliveries[delivery.notification_id].append(delivery)
    next_tries = await _next_tries(session, [each for listed in deliveries.values() for each in listed])
    alerts = await _alerts(session, ids)
    own = select(Candidacy).where(Candidacy.id.in_([row.candidacy_id for row in rows if row.candidacy_id]))
    candidacies = {row.id: row for row in await session.scalars(own)}
    offers = await open_among(session, context, [row.job_offer_id for row in rows if row.job_offer_id])
    profiles = await published_among(session, context, [row.matched_candidacy_id for row in rows if row.matched_candidacy_id])
    return {
        row.id: Told(
            notification=row,
            deliveries=deliveries[row.id],
            next_tries=next_tries,
            alerts=alerts[row.id],
            posted=offers.get(row.job_offer_id) if row.job_offer_id else None,
            profile=profiles.get(row.matched_candidacy_id) if row.matched_candidacy_id else None,
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
        .join(Deadline, Deadline.subject == Notification.person_id)
        .where(Delivery.id.in_([each.id for each in queued if each.frequency and each.mail_id is None]))
        .where(or_(*(and_(Delivery.frequency == frequency, Deadline.kind == kind) for frequency, kind in GATHERED.items())))
    )
    waiting: dict[UUID, datetime] = {row[0]: row[1] for row in await session.execute(gathered)}
    return waiting | {each.id: tried[each.mail_id or each.id] for each in queued if (each.mail_id or each.id) in tried}


async def _alerts(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[Alert]]:
    pairs = (
        select(NotificationAlert.notification_id, Alert)
        .join(Alert, Alert.id == NotificationAlert.alert_id)
        .where(NotificationAlert.notification_id.in_(ids))
        .order_by(Alert.created_at, Alert.id)
    )
    alerts: defaultdict[UUID, list[Alert]] = defaultdict(list)
    for notification_id, alert in await session.execute(pairs):
        alerts[notification_id].append(alert)
    return alerts
