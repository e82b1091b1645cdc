"""What follows in the offers of an employer when its standing changes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.job_offer import JobOffer, JobOfferStatus
from models.outbox import emit


async def owe_offers(session: AsyncSession, employer_id: UUID, now: datetime) -> None:
    """Owes the index each of its published offers: they are found while it stands, and only then."""
    published = select(JobOffer.id).where(JobOffer.employer_id == employer_id, JobOffer.status == JobOfferStatus.PUBLISHED)
    for offer_id in await session.scalars(published):
        emit(session, "job_offer.changed", offer_id, now)
