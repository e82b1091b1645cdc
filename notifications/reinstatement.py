"""What an employer that stands again is owed: the mails about its offers, and those to its own members, that were kept back while
it did not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.among import among
from models.candidate import Candidate
from models.database import Database
from models.employer import EmployerMember
from models.job_offer import JobOffer, JobOfferStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification
from notifications.alert_mail import plan
from notifications.open_offer import EMPLOYER_NOT_AUTHENTICATED

PERSONS = 200
"""In one transaction."""


async def send_what_was_kept(database: Database, employer_id: UUID, now: datetime) -> None:
    """Mails that were held back for no other reason than the standing of the employer go with the next ones, as far as they still
    may. Whatever interrupts it, calling again does the rest."""
    kept = _kept(employer_id)
    told = select(Notification.person_id).join(Delivery, Delivery.notification_id == Notification.id).where(kept).distinct()
    async with database.read() as session:
        persons = sorted(await session.scalars(told))
    for start in range(0, len(persons), PERSONS):
        async with database.begin() as session:
            await _send_to(session, persons[start : start + PERSONS], kept, now)


def _kept(employer_id: UUID) -> ColumnElement[bool]:
    offers = select(JobOffer.id).where(JobOffer.employer_id == employer_id, JobOffer.status == JobOfferStatus.PUBLISHED)
    members = select(EmployerMember.id).where(EmployerMember.employer_id == employer_id)
    to_members = and_(Notification.person_id.in_(members), Notification.matched_candidacy_id.is_not(None))
    mails = (Delivery.channel == Channel.EMAIL, Delivery.frequency.is_not(None))
    suppressed = (Delivery.status == DeliveryStatus.SUPPRESSED, Delivery.problem == EMPLOYER_NOT_AUTHENTICATED)
    return and_(*mails, *suppressed, or_(Notification.job_offer_id.in_(offers), to_members))


async def _send_to(session: AsyncSession, persons: Sequence[UUID], kept: ColumnElement[bool], now: datetime) -> None:
    """They are held in the order in which whoever tells them of something holds them."""
    for listener in (Candidate, EmployerMember):
        held = select(listener.id).where(among(session, listener.id, persons)).order_by(listener.id)
        await session.execute(held.with_for_update(key_share=True))
    theirs = select(Delivery, Account).join(Notification, Notification.id == Delivery.notification_id)
    theirs = theirs.join(Account, Account.id == Notification.person_id)
    rows = (await session.execute(theirs.where(kept, among(session, Account.id, persons)))).all()
    for delivery, account in rows:
        delivery.problem = account.why_no_alerts
        if delivery.problem is None:
            delivery.status, delivery.at, delivery.mail_id = DeliveryStatus.QUEUED, None, None
    mails = {(account.id, delivery.frequency): account for delivery, account in rows if delivery.frequency}
    await plan(session, mails, now, timedelta(0))
