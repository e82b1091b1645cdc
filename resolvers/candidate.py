"""A candidate's file, to be read: by its owner, and by agents. Registering is in resolvers.registration."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.permissions import may_know
from csq.asking import ASK
from models.account import CONFIRMED_LAST, LONGEST_EMAIL, Account, normal_email
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.certificate import Certificate, masked
from models.checks import Checks
from models.outbox import OutboxEntry
from models.public_number import normal_number
from models.registry_question import RegistryAttempt, RegistryQuestion
from models.residence import find_open
from models.residence_case import ResidenceCase, ResidenceEvent
from resolvers.context import Context

LATEST_ATTEMPTS = 20


@dataclass(frozen=True)
class CandidateFile:
    """A candidate's account and file, with the certificate's numbers masked for their owner's eyes. `deadline_at` is that of
    the residence case that is open."""

    account: Account
    candidate: Candidate
    masked_certificate: Certificate
    deadline_at: datetime | None
    certificate_expired: bool


@dataclass(frozen=True)
class Question:
    """What the registry was asked, and when it was tried, newest first; `next_try_at` while it has no answer."""

    row: RegistryQuestion
    attempts: Sequence[RegistryAttempt]
    next_try_at: datetime | None


@dataclass(frozen=True)
class Case:
    """A residence case with its steps, oldest first."""

    row: ResidenceCase
    history: Sequence[ResidenceEvent]


async def file_of(context: Context, candidate_id: UUID) -> CandidateFile | None:
    """A candidate's file, to the candidate and to agents; None for everybody else."""
    if not may_know(context.caller, "Candidate", candidate_id):
        return None
    async with context.database.read() as session:
        known = await session.get(Candidate, candidate_id) is not None
        return await read_file(session, context, candidate_id) if known else None


async def read_file(session: AsyncSession, context: Context, candidate_id: UUID) -> CandidateFile:
    query = select(Account, Candidate).join(Candidate, Candidate.id == Account.id).where(Account.id == candidate_id)
    account, candidate = (await session.execute(query)).one()
    case = await find_open(session, candidate_id)
    return CandidateFile(
        account=account,
        candidate=candidate,
        masked_certificate=_masked(context.vault.certificate_of(candidate)),
        deadline_at=case.deadline_at if case else None,
        certificate_expired=candidate.certificate_expires_on < context.today(),
    )


async def find(context: Context, candidacy_number: str | None, email: str | None) -> CandidateFile | None:
    """The file of whoever has the candidacy with that number, or the address; for agents, who are told of either."""
    checks = Checks()
    checks.require("candidacyNumber", (candidacy_number is None) is not (email is None), "ONE_OF_TWO")
    checks.line("candidacyNumber", candidacy_number)
    checks.line("email", email, LONGEST_EMAIL)
    checks.done()
    if candidacy_number is not None:
        query = select(Candidacy.candidate_id).where(Candidacy.number == normal_number(candidacy_number))
    else:
        at_address = select(Account.id).join(Candidate, Candidate.id == Account.id)
        query = at_address.where(Account.email == normal_email(email or "")).order_by(*CONFIRMED_LAST)
    async with context.database.read() as session:
        found = (await session.scalars(query)).all()
    return await file_of(context, found[-1]) if found else None


def _masked(certificate: Certificate) -> Certificate:
    return replace(
        certificate,
        file_number=masked(certificate.file_number),
        individual_reference_number=masked(certificate.individual_reference_number),
    )


async def candidacies_of(context: Context, candidate_id: UUID) -> list[Candidacy]:
    async with context.database.read() as session:
        own = select(Candidacy).where(Candidacy.candidate_id == candidate_id).order_by(Candidacy.created_at, Candidacy.id)
        return list(await session.scalars(own))


async def questions_of(context: Context, candidate_id: UUID) -> list[Question]:
    """What the registry was asked about a person, newest first; the attempts once the address is confirmed."""
    own = select(RegistryQuestion).where(RegistryQuestion.candidate_id == candidate_id)
    async with context.database.read() as session:
        account = await session.get_one(Account, candidate_id)
        rows = list(await session.scalars(own.order_by(RegistryQuestion.asked_at.desc(), RegistryQuestion.id)))
        if account.email_confirmed_at is None:  # how often it is asked would tell whether another file has the certificate
            return [Question(row, (), None) for row in rows]
        return [await _question(session, row) for row in rows]


async def _question(session: AsyncSession, row: RegistryQuestion) -> Question:
    tried = select(RegistryAttempt).where(RegistryAttempt.question_id == row.id).order_by(RegistryAttempt.id.desc())
    owed = select(OutboxEntry.due_at).where(OutboxEntry.kind == ASK, OutboxEntry.subject == row.id)
    attempts = list(await session.scalars(tried.limit(LATEST_ATTEMPTS)))
    return Question(row, attempts, await session.scalar(owed) if row.settled_at is None else None)


async def cases_of(context: Context, candidate_id: UUID) -> list[Case]:
    """The residence cases of a person, newest first."""
    own = select(ResidenceCase).where(ResidenceCase.candidate_id == candidate_id)
    async with context.database.read() as session:
        rows = list(await session.scalars(own.order_by(ResidenceCase.opened_at.desc(), ResidenceCase.id)))
        steps = select(ResidenceEvent).where(ResidenceEvent.case_id.in_([row.id for row in rows]))
        history: defaultdict[UUID, list[ResidenceEvent]] = defaultdict(list)
        for event in await session.scalars(steps.order_by(ResidenceEvent.id)):
            history[event.case_id].append(event)
    return [Case(row, history[row.id]) for row in rows]
