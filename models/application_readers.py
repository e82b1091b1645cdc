"""Who of an employer is told of an application by e-mail: one person as far as possible, and never nobody."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.application import Application
from models.employer import ACTING, EmployerMember
from models.job_offer import JobOfferEvent, JobOfferStatus


async def members_told(session: AsyncSession, row: Application) -> list[UUID]:
    """The member who published the offer, as long as that person acts for the employer; else all of its members. Those whose
    addresses are confirmed, as long as there are any."""
    theirs = select(EmployerMember.id, Account.email_confirmed_at).join(Account, Account.id == EmployerMember.id)
    acting = (await session.execute(theirs.where(EmployerMember.employer_id == row.employer_id, ACTING))).all()
    reached = [member for member, confirmed_at in acting if confirmed_at] or [member for member, _ in acting]
    publisher = await _publisher(session, row.job_offer_id)
    return [publisher] if publisher in reached and publisher else reached


async def _publisher(session: AsyncSession, offer_id: UUID) -> UUID | None:
    """Later entries with that status are of what was done to it since, such as an extension."""
    published = (JobOfferEvent.job_offer_id == offer_id, JobOfferEvent.status == JobOfferStatus.PUBLISHED)
    return await session.scalar(select(JobOfferEvent.by).where(*published).order_by(JobOfferEvent.id).limit(1))
