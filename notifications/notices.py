"""Notices that the rules of the service ask for: of the end of a publication, and of each step of a residence case. Each is in
the ledger once, however often this is called; its letter is owed through the outbox."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import has_confirmed
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.database import Database
from models.holding import hold_case
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationKind
from models.outbox import emit

NOTICE_QUEUED = "notice.queued"
"""The kind of outbox entry that is owed for each letter; its subject is the delivery."""


async def notice_ending(session: AsyncSession, held: tuple[Candidate, Candidacy], now: datetime) -> None:
    """A publication is about to end, or has ended while no worker ran: the letter says which."""
    await _notice_publication(session, held, NotificationKind.PUBLICATION_ENDING, now)


async def notice_ended(session: AsyncSession, held: tuple[Candidate, Candidacy], now: datetime) -> None:
    await _notice_publication(session, held, NotificationKind.PUBLICATION_ENDED, now)


async def _notice_publication(
    session: AsyncSession, held: tuple[Candidate, Candidacy], kind: NotificationKind, now: datetime
) -> None:
    candidate, row = held
    of_this = (Notification.candidacy_id == row.id, Notification.ends_on == row.publication_ends_on, Notification.kind == kind)
    if (kept := await session.scalar(select(Notification).where(*of_this))) is not None:
        await _queue_again(session, kept, now)
        return
    about = Notification(candidacy_id=row.id, ends_on=row.publication_ends_on, kind=kind)
    await _keep(session, candidate.id, about, now)


async def _queue_again(session: AsyncSession, notification: Notification, now: datetime) -> None:
    """A letter that was held back, because the candidacy was withdrawn before it could go, is owed again: it is published."""
    held_back = (Delivery.notification_id == notification.id, Delivery.status == DeliveryStatus.SUPPRESSED)
    for delivery in await session.scalars(select(Delivery).where(*held_back).with_for_update()):
        delivery.status, delivery.at, delivery.problem = DeliveryStatus.QUEUED, None, None
        emit(session, NOTICE_QUEUED, delivery.id, now)


async def notice_case(database: Database, case_id: UUID, kind: NotificationKind, now: datetime) -> None:
    """Of a step that a case has taken."""
    async with database.begin() as session:
        if (held := await hold_case(session, case_id)) is None:
            return
        of_this = (Notification.residence_case_id == case_id, Notification.kind == kind)
        if await session.scalar(select(Notification.id).where(*of_this)) is None:
            await _keep(session, held[0].id, Notification(residence_case_id=case_id, kind=kind), now)


async def owe_waiting_notices(session: AsyncSession, candidate_id: UUID, now: datetime) -> None:
    """The letters of the notices that were given while the address was not confirmed."""
    about = or_(Notification.candidacy_id.is_not(None), Notification.residence_case_id.is_not(None))
    waiting = (
        select(Delivery.id)
        .join(Notification, Notification.id == Delivery.notification_id)
        .where(Notification.person_id == candidate_id, about, Delivery.status == DeliveryStatus.QUEUED)
    )
    for delivery_id in await session.scalars(waiting):
        emit(session, NOTICE_QUEUED, delivery_id, now)


async def _keep(session: AsyncSession, candidate_id: UUID, notification: Notification, now: datetime) -> None:
    """To an address that is not confirmed the letter is sent when it is."""
    notification.id, notification.person_id, notification.created_at = uuid4(), candidate_id, now
    delivery = Delivery(id=uuid4(), notification_id=notification.id, channel=Channel.EMAIL, attempts=0)
    session.add(notification)
    await session.flush()
    session.add(delivery)
    if await has_confirmed(session, candidate_id):
        emit(session, NOTICE_QUEUED, delivery.id, now)
    else:
        delivery.problem = "EMAIL_NOT_CONFIRMED"
