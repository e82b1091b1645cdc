"""Who opened a candidate's candidacies, for the candidate to see: each member of an employer once an hour."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidacy import Candidacy
from models.consultation import Consultation
from models.employer import Employer
from models.lock import lock
from resolvers.context import Context
from resolvers.pages import PageRequest, Slice, newest_first


@dataclass(frozen=True)
class Opened:
    """A consultation, by whom, and of which candidacy."""

    consultation: Consultation
    employer: Employer
    candidacy_number: str


OPENED_ONCE = timedelta(hours=1)
"""A member who turns back to a candidacy within so long is still at the same consultation of it."""


async def record_opening(session: AsyncSession, context: Context, candidacy_id: UUID, purpose: str | None) -> None:
    """By the caller. The first purpose that is given within the hour is kept."""
    await lock(session, f"consultation by {context.account_id}")
    since = context.now() - OPENED_ONCE
    by_caller = (Consultation.member_id == context.account_id, Consultation.candidacy_id == candidacy_id)
    query = select(Consultation).where(*by_caller, Consultation.at > since).order_by(Consultation.at.desc())
    recorded = (await session.scalars(query)).first()
    if recorded is None:
        recorded = Consultation(candidacy_id=candidacy_id, employer_id=context.employer_id, member_id=context.account_id)
        recorded.at = context.now()
        session.add(recorded)
    recorded.purpose = recorded.purpose or purpose


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
