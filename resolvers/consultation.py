"""Who opened a candidate's candidacies: every time, for the candidate to see."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from models.candidacy import Candidacy
from models.consultation import Consultation
from models.employer import Employer
from resolvers.context import Context
from resolvers.pages import PageRequest, Slice, newest_first


@dataclass(frozen=True)
class Opened:
    """A consultation, by whom, and of which candidacy."""

    consultation: Consultation
    employer: Employer
    candidacy_number: str


async def consultations_of(context: Context, candidate_id: UUID, page: PageRequest) -> Slice[Opened]:
    query = (
        select(Consultation, Employer, Candidacy.number)
        .join(Employer, Employer.id == Consultation.employer_id)
        .join(Candidacy, Candidacy.id == Consultation.candidacy_id)
        .where(Candidacy.candidate_id == candidate_id)
    )
    async with context.database.read() as session:
        found = await newest_first(session, query, Consultation.at, Consultation.id, page)
    return found.each(lambda row: Opened(*row))
