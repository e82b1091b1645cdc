"""Holding a candidate's file, and what is in it, or who is told of things, until the transaction ends. The file comes first,
always: two who want the same things never wait for each other."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.application import Application
from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate
from models.contact_request import ContactRequest
from models.employer import ACTING, EmployerMember
from models.job_offer import JobOffer
from models.lock import lock
from models.residence_case import ResidenceCase

InFile = TypeVar("InFile", Application, Candidacy, ContactRequest, ResidenceCase)


async def hold_candidate(session: AsyncSession, candidate_id: UUID) -> Candidate | None:
    return await session.get(Candidate, candidate_id, with_for_update=True, populate_existing=True)


async def hold_listener(session: AsyncSession, person_id: UUID) -> Candidate | EmployerMember | None:
    """Whoever is told of what is published: a candidate's file, or a member of an employer."""
    candidate = await hold_candidate(session, person_id)
    return candidate or await session.get(EmployerMember, person_id, with_for_update=True, populate_existing=True)


async def hold_members(session: AsyncSession, employer_id: UUID) -> dict[UUID, EmployerMember]:
    """Those who act for an employer, by their accounts and in one order. Nobody joins, leaves or becomes something else
    meanwhile."""
    await lock(session, f"members of {employer_id}")
    acting = select(EmployerMember).where(EmployerMember.employer_id == employer_id, ACTING).order_by(EmployerMember.id)
    rows = await session.scalars(acting.with_for_update().execution_options(populate_existing=True))
    return {row.id: row for row in rows}


async def hold_candidacy(session: AsyncSession, candidacy_id: UUID) -> tuple[Candidate, Candidacy] | None:
    """A candidacy with its file."""
    return await _hold_with_file(session, Candidacy, candidacy_id)


async def hold_published(session: AsyncSession, candidate_id: UUID) -> list[Candidacy]:
    """The published candidacies of a file that is held, in one order."""
    published = select(Candidacy).where(Candidacy.candidate_id == candidate_id, Candidacy.status == CandidacyStatus.PUBLISHED)
    return list(await session.scalars(published.order_by(Candidacy.id).with_for_update()))


async def hold_case(session: AsyncSession, case_id: UUID) -> tuple[Candidate, ResidenceCase] | None:
    """A residence case with its file."""
    return await _hold_with_file(session, ResidenceCase, case_id)


async def hold_contact_request(session: AsyncSession, request_id: UUID) -> tuple[Candidate, ContactRequest] | None:
    """A contact request with the file of whom it asks."""
    return await _hold_with_file(session, ContactRequest, request_id)


async def hold_application(session: AsyncSession, application_id: UUID) -> tuple[Candidate, Application] | None:
    """An application with the file of whom it is."""
    return await _hold_with_file(session, Application, application_id)


async def _hold_with_file(session: AsyncSession, kind: type[InFile], row_id: UUID) -> tuple[Candidate, InFile] | None:
    owner = await session.scalar(select(kind.candidate_id).where(kind.id == row_id))
    candidate = await hold_candidate(session, owner) if owner else None
    row = await session.get(kind, row_id, with_for_update=True, populate_existing=True) if candidate else None
    return (candidate, row) if candidate and row else None


async def hold_job_offer(session: AsyncSession, offer_id: UUID) -> JobOffer | None:
    return await session.get(JobOffer, offer_id, with_for_update=True, populate_existing=True)
