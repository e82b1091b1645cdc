"""A job offer that anybody may find now. The one place of this unit that says which offers people may be told of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.calendar import quebec_day
from models.document import Document
from models.employer import Employer
from models.job_offer import JobOffer
from models.job_offer_document import job_offer_document


@dataclass(frozen=True)
class OpenOffer:
    row: JobOffer
    employer_name: str
    announced_at: datetime
    """Alerts made after it do not hear of the offer."""

    @property
    def document(self) -> Document:
        return job_offer_document(self.row, self.employer_name)


async def find_open_offer(session: AsyncSession, job_offer_id: UUID, now: datetime) -> OpenOffer | None:
    """The offer if it is published, has not passed its last day and is of an authenticated employer."""
    query = select(JobOffer, Employer).join(Employer, Employer.id == JobOffer.employer_id).where(JobOffer.id == job_offer_id)
    if (found := (await session.execute(query)).one_or_none()) is None:
        return None
    offer, employer = found
    if offer.published_at is None or not offer.open_on(quebec_day(now)) or not employer.authenticated:
        return None
    return OpenOffer(offer, employer.name, offer.announced_at or offer.published_at)
