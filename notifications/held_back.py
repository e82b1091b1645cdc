"""Mails of alerts that were kept back and may go after all: an employer stands again, an address is good again, a candidacy is
there again. They go with the next mails, as far as they still may then."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.among import among
from models.candidate import Candidate
from models.database import Database
from models.employer import EmployerMember
from models.job_alert import Alert, JobAlertStatus
from models.job_offer import JobOffer, JobOfferStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert
from notifications.alert_mail import plan
from notifications.audience import Audience, find_announced
from notifications.bounces import ReturnKind
from notifications.email import AddressRefused
from notifications.ledger import PERSONS_IN_ONE_TRANSACTION
from notifications.matching import matching_alerts
from notifications.open_offer import EMPLOYER_NOT_AUTHENTICATED

OF_THE_ADDRESS = ("EMAIL_NOT_CONFIRMED", AddressRefused.code, *ReturnKind)
"""Codes of what kept everything from an address."""


async def send_for_employer(database: Database, employer_id: UUID, now: datetime) -> None:
    """What was held back for no other reason than the standing of the employer: about its offers, and to its own members.
    Whatever interrupts it, calling again does the rest."""
    offers = select(JobOffer.id).where(JobOffer.employer_id == employer_id, JobOffer.status == JobOfferStatus.PUBLISHED)
    members = select(EmployerMember.id).where(EmployerMember.employer_id == employer_id)
    to_members = and_(Notification.person_id.in_(members), Notification.matched_candidacy_id.is_not(None))
    for theirs in (Notification.job_offer_id.in_(offers), to_members):
        kept = and_(_held_back(EMPLOYER_NOT_AUTHENTICATED), theirs)
        await _send(database, await _whom(database, kept), kept, now)


async def send_what_is_back(database: Database, of: Audience, subject: UUID, now: datetime) -> None:
    """What was held back because the offer or candidacy was away, from those whose alerts it still matches."""
    kept = and_(_held_back(*of.away), of.subject == subject)
    if of.away and (persons := await _whom(database, kept)):
        async with database.read() as session:
            back = await find_announced(session, of, subject, now)
            matching = {each.person_id for each in await matching_alerts(session, back.document)} if back else set()
        await _send(database, [each for each in persons if each in matching], kept, now)


async def send_to_address(session: AsyncSession, account: Account, now: datetime) -> None:
    """What was held back because the address was not confirmed, or had been stopped. The person is held."""
    kept = and_(_held_back(*OF_THE_ADDRESS), Notification.person_id == account.id)
    await _queue(session, (await session.execute(_deliveries().where(kept))).all(), now)


def _held_back(*problems: str) -> ColumnElement[bool]:
    """Of deliveries by mail, those of alerts that have been on since then: what one told of before it began anew does not come
    back. Nor does what a server may have taken before it hung up: it was refused the first time, or never tried."""
    untried = and_(Delivery.status == DeliveryStatus.SUPPRESSED, Delivery.attempts == 0)
    refused = and_(Delivery.status == DeliveryStatus.FAILED, Delivery.attempts == 1)
    of_mails = (Delivery.channel == Channel.EMAIL, Delivery.frequency.is_not(None), Delivery.problem.in_(problems))
    mails = (*of_mails, or_(untried, refused))
    since_then = (Alert.status == JobAlertStatus.ON, Alert.started_at <= Notification.created_at)
    pair = NotificationAlert.notification_id == Notification.id
    return and_(*mails, exists().where(pair, Alert.id == NotificationAlert.alert_id, *since_then))


async def _whom(database: Database, kept: ColumnElement[bool]) -> Sequence[UUID]:
    told = select(Notification.person_id).join(Delivery, Delivery.notification_id == Notification.id).where(kept).distinct()
    async with database.read() as session:
        return sorted(await session.scalars(told))


async def _send(database: Database, persons: Sequence[UUID], kept: ColumnElement[bool], now: datetime) -> None:
    for start in range(0, len(persons), PERSONS_IN_ONE_TRANSACTION):
        async with database.begin() as session:
            await _send_to(session, persons[start : start + PERSONS_IN_ONE_TRANSACTION], kept, now)


async def _send_to(session: AsyncSession, persons: Sequence[UUID], kept: ColumnElement[bool], now: datetime) -> None:
    """They are held in the order in which whoever tells them of something holds them."""
    for listener in (Candidate, EmployerMember):
        held = select(listener.id).where(among(session, listener.id, persons)).order_by(listener.id)
        await session.execute(held.with_for_update(key_share=True))
    rows = (await session.execute(_deliveries().where(kept, among(session, Account.id, persons)))).all()
    await _queue(session, rows, now)


def _deliveries() -> Select[Delivery, Account]:
    theirs = select(Delivery, Account).join(Notification, Notification.id == Delivery.notification_id)
    return theirs.join(Account, Account.id == Notification.person_id)


async def _queue(session: AsyncSession, rows: Sequence[Row[Delivery, Account]], now: datetime) -> None:
    for delivery, account in rows:
        why_not = account.why_no_alerts
        delivery.status = DeliveryStatus.QUEUED if why_not is None else DeliveryStatus.SUPPRESSED
        delivery.at, delivery.mail_id, delivery.problem = now if why_not else None, None, why_not
    mails = {(account.id, delivery.frequency): account for delivery, account in rows if delivery.frequency}
    await plan(session, mails, now, timedelta(0))
