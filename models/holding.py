"""Holding a candidate's file, and what is in it, until the transaction ends. The file comes first, always: two who want the
same things never wait for each other."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate
from models.job_offer import JobOffer
from models.residence_case import ResidenceCase


async def hold_candidate(session: AsyncSession, candidate_id: UUID) -> Candidate | None:
    return await session.get(Candidate, candidate_id, with_for_update=True, populate_existing=True)


async def hold_candidacy(session: AsyncSession, candidacy_id: UUID) -> tuple[Candidate, Candidacy] | None:
    """A candidacy with its file."""
    owner = await session.scalar(select(Candidacy.candidate_id).where(Candidacy.id == candidacy_id))
    candidate = await hold_candidate(session, owner) if owner else None
    row = await session.get(Candidacy, candidacy_id, with_for_update=True, populate_existing=True) if candidate else None
    return (candidate, row) if candidate and row else None


async def hold_published(session: AsyncSession, candidate_id: UUID) -> list[Candidacy]:
    """The published candidacies of a file that is held, in one order."""
    published = select(Candidacy).where(Candidacy.candidate_id == candidate_id, Candidacy.status == CandidacyStatus.PUBLISHED)
    return list(await session.scalars(published.order_by(Candidacy.id).with_for_update()))


async def hold_case(session: AsyncSession, case_id: UUID) -> tuple[Candidate, ResidenceCase] | None:
    """A residence case with its file."""
    owner = await session.scalar(select(ResidenceCase.candidate_id).where(ResidenceCase.id == case_id))
    candidate = await hold_candidate(session, owner) if owner else None
    case = await session.get(ResidenceCase, case_id, with_for_update=True, populate_existing=True) if candidate else None
    return (candidate, case) if candidate and case else None


async def hold_job_offer(session: AsyncSession, offer_id: UUID) -> JobOffer | None:
    return await session.get(JobOffer, offer_id, with_for_update=True, populate_existing=True)
