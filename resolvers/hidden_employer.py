"""Hiding from employers. Whether one is registered with an NEQ is told to nobody: the answer is the same."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import LimitReached
from models import application_end, contact, publication
from models.application import Application
from models.candidate import Candidate
from models.checks import Checks, closed_up
from models.contact_request import ContactEnding, ContactRequest
from models.employer import Employer, EmployerStatus, is_neq
from models.hidden_employer import MOST, HiddenEmployer
from resolvers.candidate import CandidateFile, read_file
from resolvers.certificate import own_file
from resolvers.context import Context


async def hide(context: Context, neq: str) -> CandidateFile:
    """For that employer the caller's candidacies exist no more, and what it has asked, was agreed with it or sent to it ends.
    Raises LimitReached for too many; hiding twice is hiding."""
    wanted = _checked(neq)
    async with context.database.begin() as session:
        candidate = await own_file(session, context)
        if await session.get(HiddenEmployer, (candidate.id, wanted)) is None:
            await _require_room(session, candidate)
            session.add(HiddenEmployer(candidate_id=candidate.id, neq=wanted, since=context.now()))
            await publication.profile_changed(session, candidate, context.now())
            await _end_contacts(session, context, wanted)
            await session.flush()
        return await read_file(session, context, candidate.id)


async def _end_contacts(session: AsyncSession, context: Context, neq: str) -> None:
    """In whatever state the employer is that has the NEQ, or has had it."""
    employers = select(Employer.id).where(Employer.neq == neq)
    theirs = (ContactRequest.candidate_id == context.account_id) & ContactRequest.employer_id.in_(employers)
    await contact.end(session, theirs, contact.IN_TOUCH, ContactEnding.HIDDEN, context.now())
    sent = (Application.candidate_id == context.account_id) & Application.employer_id.in_(employers)
    await application_end.withdraw(session, sent, context.now())


async def show(context: Context, neq: str) -> CandidateFile:
    """That employer finds the caller's candidacies again, as soon as the index knows."""
    wanted = _checked(neq)
    async with context.database.begin() as session:
        candidate = await own_file(session, context)
        if (hidden := await session.get(HiddenEmployer, (candidate.id, wanted))) is not None:
            await session.delete(hidden)
            await publication.profile_changed(session, candidate, context.now())
            await publication.announce_again(session, candidate, context.now())
            await session.flush()
        return await read_file(session, context, candidate.id)


async def hidden_neqs(context: Context, candidate_id: UUID) -> list[str]:
    """Every NEQ that a candidate hides from, the last first."""
    async with context.database.read() as session:
        own = select(HiddenEmployer.neq).where(_of(candidate_id))
        return list(await session.scalars(own.order_by(HiddenEmployer.since.desc(), HiddenEmployer.neq)))


async def hidden_from(context: Context, candidate_id: UUID) -> list[Employer]:
    """Those of them that are authenticated employers: of others nobody is told that they are registered."""
    query = select(Employer).join(HiddenEmployer, HiddenEmployer.neq == Employer.neq)
    query = query.where(_of(candidate_id), Employer.status == EmployerStatus.AUTHENTICATED)
    async with context.database.read() as session:
        return list(await session.scalars(query.order_by(HiddenEmployer.since.desc(), Employer.neq)))


def _checked(neq: str) -> str:
    written = closed_up(neq)
    checks = Checks()
    checks.require("neq", is_neq(written), "NOT_A_NEQ")
    checks.done()
    return written


def _of(candidate_id: UUID) -> ColumnElement[bool]:
    return HiddenEmployer.candidate_id == candidate_id


async def _require_room(session: AsyncSession, candidate: Candidate) -> None:
    hidden = await session.scalar(select(func.count()).select_from(HiddenEmployer).where(_of(candidate.id))) or 0
    if hidden >= MOST:
        raise LimitReached("TOO_MANY_HIDDEN_EMPLOYERS", limit=MOST, current=hidden)
