"""Offers that agents are to look at: those that were reported, and those that an employer publishes in the first week after
it was authenticated. An offer is there until an agent has marked it as reviewed, and again when it is
reported again or revised."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from errors import Conflict
from models.base import Base
from models.employer import EmployerEvent, EmployerStatus
from models.job_offer import JobOffer
from models.lock import lock

FIRST_WEEK = timedelta(days=7)
"""Elapsed days from the first authentication of an employer; a suspension that ends begins no other week."""


class JobOfferReview(Base):
    """`since` is when it came into the queue last; `cleared_by` the account of the agent who saw it last."""

    __tablename__ = "job_offer_review"

    job_offer_id: Mapped[UUID] = mapped_column(ForeignKey("job_offer.id"), primary_key=True)
    waiting: Mapped[bool] = mapped_column(default=True)
    new_employer: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    cleared_by: Mapped[UUID | None]

    __table_args__ = (Index(None, "waiting", "since"),)

    def clear(self, agent: UUID, now: datetime) -> None:
        """Raises Conflict for one that does not wait."""
        if not self.waiting:
            raise Conflict("NOT_TO_REVIEW")
        self.waiting, self.cleared_at, self.cleared_by = False, now, agent


async def hold_review(session: AsyncSession, offer_id: UUID) -> JobOfferReview | None:
    """Whether or not there is one: nobody else adds or changes it until the transaction ends."""
    await lock(session, f"job offer review {offer_id}")
    return await session.get(JobOfferReview, offer_id, populate_existing=True)


async def ask_for_review(session: AsyncSession, offer_id: UUID, now: datetime) -> None:
    """Of an offer that was reported. One that waits already keeps its place."""
    if await hold_review(session, offer_id) is None:
        session.add(JobOfferReview(job_offer_id=offer_id, waiting=True, since=now))
    else:
        await review_again(session, offer_id, now)


async def review_again(session: AsyncSession, offer_id: UUID, now: datetime) -> None:
    """Of an offer that was looked at, and is another since."""
    review = await hold_review(session, offer_id)
    if review is not None and not review.waiting:
        review.waiting, review.since = True, now


async def review_first_offers(session: AsyncSession, employers: Collection[UUID], now: datetime) -> None:
    """Of what those of the employers that are in their first week have published at that instant, in this transaction."""
    began = func.min(EmployerEvent.at)
    authenticated = (EmployerEvent.employer_id.in_(employers), EmployerEvent.status == EmployerStatus.AUTHENTICATED)
    new = select(EmployerEvent.employer_id).where(*authenticated).group_by(EmployerEvent.employer_id)
    starting = list(await session.scalars(new.having(began > now - FIRST_WEEK)))
    if starting:
        published = (JobOffer.employer_id.in_(starting), JobOffer.published_at == now)
        known = select(JobOfferReview.job_offer_id)
        for offer_id in await session.scalars(select(JobOffer.id).where(*published, JobOffer.id.not_in(known))):
            session.add(JobOfferReview(job_offer_id=offer_id, new_employer=True, since=now))
