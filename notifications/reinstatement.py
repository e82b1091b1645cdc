"""What an employer that stands again is owed: the mails about its offers that were kept from people while it did not."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.among import among
from models.candidate import Candidate
from models.database import Database
from models.job_offer import JobOffer, JobOfferStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification
from notifications.alert_mail import plan
from notifications.open_offer import EMPLOYER_NOT_AUTHENTICATED

PERSONS = 200
"""In one transaction."""


async def send_what_was_kept(database: Database, employer_id: UUID, now: datetime) -> None:
    """Mails that were held back for no other reason than the standing of the employer of an open offer go with the next ones.
    Whatever interrupts it, calling again does the rest."""
    kept = _kept(employer_id)
    last: UUID | None = UUID(int=0)
    while last is not None:
        async with database.begin() as session:
            last = await _send_to_some(session, kept, last, now)


def _kept(employer_id: UUID) -> tuple[ColumnElement[bool], ...]:
    offers = select(JobOffer.id).where(JobOffer.employer_id == employer_id, JobOffer.status == JobOfferStatus.PUBLISHED)
    mails = (Delivery.channel == Channel.EMAIL, Delivery.frequency.is_not(None), Notification.job_offer_id.in_(offers))
    return (*mails, Delivery.status == DeliveryStatus.SUPPRESSED, Delivery.problem == EMPLOYER_NOT_AUTHENTICATED)


async def _send_to_some(session: AsyncSession, kept: tuple[ColumnElement[bool], ...], after: UUID, now: datetime) -> UUID | None:
    """In the order in which whoever tells people of offers holds them. Answers the last of them."""
    told = select(Notification.person_id).join(Delivery, Delivery.notification_id == Notification.id).where(*kept)
    some = select(Candidate.id).where(Candidate.id.in_(told), Candidate.id > after).order_by(Candidate.id).limit(PERSONS)
    persons = (await session.scalars(some.with_for_update(key_share=True))).all()
    theirs = select(Delivery, Account).join(Notification, Notification.id == Delivery.notification_id)
    theirs = theirs.join(Account, Account.id == Notification.person_id).where(*kept, among(session, Account.id, persons))
    rows = (await session.execute(theirs)).all()
    for delivery, account in rows:
        delivery.problem = account.why_no_alerts
        if delivery.problem is None:
            delivery.status, delivery.at, delivery.mail_id = DeliveryStatus.QUEUED, None, None
    mails = {(account.id, delivery.frequency): account for delivery, account in rows if delivery.frequency}
    await plan(session, mails, now, timedelta(0))
    return persons[-1] if persons else None
