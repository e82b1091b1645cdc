"""What the caller of a search may find at all, as the rows have it now: search.visibility makes a clause of it."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.consultation import Consultation
from models.document import Kind
from resolvers.context import Context
from search.leaving import leaving
from search.visibility import Visibility

MOST_CONSULTED = 2_000
"""Candidacies that are left out because they were opened, those opened last: any that were opened before are found again."""


async def of_candidacies(context: Context, without_consulted: bool = False) -> Visibility:
    """For the caller's employer; `without_consulted` leaves out what it has opened already."""
    async with context.database.read() as session:
        without = await leaving(session, Kind.CANDIDACY, context.today(), context.employer_neq)
        if without_consulted:
            without |= await _consulted(session, context.employer_id)
    return Visibility(context.today(), context.employer_neq, without)


async def of_job_offers(context: Context) -> Visibility:
    """For everybody."""
    async with context.database.read() as session:
        return Visibility(context.today(), without=await leaving(session, Kind.JOB_OFFER, context.today()))


async def _consulted(session: AsyncSession, employer_id: UUID) -> frozenset[UUID]:
    opened = select(Consultation.candidacy_id).where(Consultation.employer_id == employer_id)
    last_first = opened.group_by(Consultation.candidacy_id).order_by(func.max(Consultation.at).desc())
    return frozenset(await session.scalars(last_first.limit(MOST_CONSULTED)))
