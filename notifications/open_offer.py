"""Which job offers people may be told of. The one place of this unit that says so."""

from dataclasses import dataclass
from datetime import date, datetime
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
    """Alerts that began later do not hear of the offer."""

    @property
    def document(self) -> Document:
        return job_offer_document(self.row, self.employer_name)


async def find_open_offer(session: AsyncSession, job_offer_id: UUID, now: datetime) -> OpenOffer | None:
    """The offer if it is published, has not passed its last day and is of an authenticated employer."""
    query = select(JobOffer, Employer).join(Employer, Employer.id == JobOffer.employer_id).where(JobOffer.id == job_offer_id)
    if (found := (await session.execute(query)).one_or_none()) is None:
        return None
    offer, employer = found
    if offer.published_at is None or why_closed(offer, employer, quebec_day(now)):
        return None
    return OpenOffer(offer, employer.name, offer.announced_at or offer.published_at)


def why_closed(offer: JobOffer, employer: Employer, today: date) -> str | None:
    """The code of what keeps the offer from people; None when it is open."""
    if not offer.open_on(today):
        return "JOB_OFFER_NOT_OPEN"
    return None if employer.authenticated else "EMPLOYER_NOT_AUTHENTICATED"
