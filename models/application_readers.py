"""Who of an employer is told of an application by e-mail: one person as far as possible, and never nobody."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.application import Application
from models.employer import ACTING, EmployerMember
from models.job_offer import JobOfferEvent, JobOfferStatus


async def members_told(session: AsyncSession, row: Application) -> list[UUID]:
    """The member who published the offer, as long as that person acts for the employer; else all of its members."""
    theirs = select(EmployerMember.id).where(EmployerMember.employer_id == row.employer_id, ACTING)
    acting = (await session.scalars(theirs)).all()
    publisher = await _publisher(session, row.job_offer_id)
    return [publisher] if publisher in acting and publisher else list(acting)


async def _publisher(session: AsyncSession, offer_id: UUID) -> UUID | None:
    """Later entries with that status are of what was done to it since, such as an extension."""
    published = (JobOfferEvent.job_offer_id == offer_id, JobOfferEvent.status == JobOfferStatus.PUBLISHED)
    return await session.scalar(select(JobOfferEvent.by).where(*published).order_by(JobOfferEvent.id).limit(1))
