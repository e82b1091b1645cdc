"""How applications end otherwise than by the sides to them: with their offer, with their candidacy, with a file. A file is held
before any of this is called (models.holding); streams of contact requests are written before those of applications."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.application import ENDED, Application, ApplicationEvent, ApplicationStatus
from models.application_news import ApplicationNews
from models.application_readers import members_told
from models.application_step import STREAM, Step, take
from models.application_transition import LIVE, ServiceReason, Side
from models.database import Database
from models.holding import hold_application
from models.job_offer import JobOffer, JobOfferStatus
from models.outbox import emit
from models.stream_event import Change, tell

OFFER_ENDED: Final = "application.offer_ended"
"""The kind of outbox entry that owes the end of the applications to an offer that was closed or removed: not in the transaction
that does so, which holds the offer and would have to wait for files."""
GONE: Final = "application.gone"
"""Of applications that were erased; the subject is the account of a member of an employer that had one."""
WITH_THE_OFFER = {JobOfferStatus.CLOSED: ServiceReason.OFFER_CLOSED, JobOfferStatus.REMOVED: ServiceReason.OFFER_REMOVED}
"""The ends of an offer that end what was sent about it. One that has run out can still be filled."""


async def close_with_offer(database: Database, offer_id: UUID, now: datetime) -> None:
    """Those to an offer that was closed or removed, each in a transaction of its own: a file is held before what is in it, and
    nobody waits for more than one."""
    live = select(Application.id).where(Application.job_offer_id == offer_id, Application.status.in_(LIVE))
    async with database.read() as session:
        found = (await session.scalars(live.order_by(Application.submitted_at, Application.id))).all()
    for application_id in found:
        async with database.begin() as session:
            if (held := await hold_application(session, application_id)) is not None:
                await _close(session, held[1], now)


async def _close(session: AsyncSession, row: Application, now: datetime) -> None:
    """If nothing else has come first."""
    offer = await session.get_one(JobOffer, row.job_offer_id)
    if row.status in LIVE and offer.status in WITH_THE_OFFER:
        step = Step(ApplicationStatus.CLOSED, Side.SERVICE, None, WITH_THE_OFFER[offer.status])
        await take(session, row, step, now)


async def end(session: AsyncSession, which: ColumnElement[bool], reason: ServiceReason, now: datetime) -> None:
    """By the service, those of the applications that something could follow."""
    for row in await _hold_live(session, which):
        await take(session, row, Step(ApplicationStatus.WITHDRAWN, Side.SERVICE, None, reason), now)


async def withdraw(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> None:
    """The same as if the candidate had withdrawn each."""
    for row in await _hold_live(session, which):
        await take(session, row, Step(ApplicationStatus.WITHDRAWN, Side.CANDIDATE, row.candidate_id), now)


async def _hold_live(session: AsyncSession, which: ColumnElement[bool]) -> Collection[Application]:
    """In the order in which employers' streams are locked."""
    live = select(Application).where(which, Application.status.in_(LIVE))
    return (await session.scalars(live.order_by(Application.employer_id, Application.id).with_for_update())).all()


async def erase(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> None:
    """Before those applications are erased, in the same transaction: the members who are told of one that stood, or who
    have still to be written of one, are owed GONE. Whoever follows the applications to an employer finds a gap."""
    standing = select(Application).where(which, Application.status.not_in(ENDED))
    rows = (await session.scalars(standing.order_by(Application.employer_id, Application.id))).all()
    for row in rows:
        await tell(session, STREAM, (row.employer_id,), Change(row.id, ApplicationStatus.WITHDRAWN, now))
    told = {member_id for row in rows for member_id in await members_told(session, row)}
    owed = select(ApplicationNews.account_id).join(ApplicationEvent, ApplicationEvent.id == ApplicationNews.event_id)
    owed = owed.join(Application, Application.id == ApplicationEvent.application_id)
    untold = await session.scalars(owed.where(which, ApplicationNews.account_id != Application.candidate_id))
    for member_id in sorted(told.union(untold)):
        emit(session, GONE, member_id, now)
