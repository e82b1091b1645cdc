"""What the caller of a search may find at all, as the rows have it now: search.visibility makes a clause of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.consultation import Consultation
from models.contact_request import ContactRequest
from models.document import Kind
from resolvers.context import Context
from search.leaving import leaving
from search.visibility import Visibility

MOST_CONSULTED = 2_000
"""Candidacies that are left out because they were opened, those opened last: any that were opened before are found again."""


MOST_CONTACTED = 2_000
"""The same of those that it has asked to be in touch."""


@dataclass(frozen=True)
class Familiar:
    """What the caller's employer wants to leave out of a search: what it has opened already, and whom it has asked."""

    consulted: bool = False
    contacted: bool = False


NOTHING = Familiar()


async def of_candidacies(context: Context, without: Familiar = NOTHING) -> Visibility:
    """For the caller's employer."""
    async with context.database.read() as session:
        left_out = await leaving(session, Kind.CANDIDACY, context.today(), context.employer_neq)
        if without.consulted:
            left_out |= await _consulted(session, context.employer_id)
        if without.contacted:
            left_out |= await _contacted(session, context.employer_id)
    return Visibility(context.today(), context.employer_neq, left_out)


async def of_job_offers(context: Context) -> Visibility:
    """For everybody."""
    async with context.database.read() as session:
        return Visibility(context.today(), without=await leaving(session, Kind.JOB_OFFER, context.today()))


async def _consulted(session: AsyncSession, employer_id: UUID) -> frozenset[UUID]:
    opened = select(Consultation.candidacy_id).where(Consultation.employer_id == employer_id)
    last_first = opened.group_by(Consultation.candidacy_id).order_by(func.max(Consultation.at).desc())
    return frozenset(await session.scalars(last_first.limit(MOST_CONSULTED)))


async def _contacted(session: AsyncSession, employer_id: UUID) -> frozenset[UUID]:
    """Whatever became of it."""
    asked = select(ContactRequest.candidacy_id).where(ContactRequest.employer_id == employer_id)
    last_first = asked.group_by(ContactRequest.candidacy_id).order_by(func.max(ContactRequest.created_at).desc())
    return frozenset(await session.scalars(last_first.limit(MOST_CONTACTED)))
