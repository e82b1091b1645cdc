"""Putting a question to the registry, and putting it again until it has an answer. Every attempt is on record: when, what came
of it and how long it took, never the numbers."""

import time
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from csq.registry import Answer, Registry
from csq.settling import judge, settle
from errors import NotYet
from models.candidate import Candidate
from models.certificate import Certificate, Verdict
from models.database import Database
from models.holding import hold_candidate
from models.outbox import emit
from models.registry_question import SUPERSEDED, Purpose, RegistryAttempt, RegistryQuestion

ASK = "registry.ask"
"""The kind of outbox entry that owes a question; its subject is the question."""
REGISTRATION_SETTLED = "registration.settled"
QUESTION_SETTLED = "question.settled"
"""The kinds that owe the person a letter about the answer; their subjects are the candidate and the question."""


class Seals(Protocol):
    """Opens what is sealed in the database, and names certificates without telling them."""

    def certificate_asked(self, candidate: Candidate, question: RegistryQuestion) -> Certificate: ...

    def fingerprints(self, certificate: Certificate) -> tuple[str, ...]: ...


async def put(registry: Registry, certificate: Certificate, attempt: int, now: datetime) -> tuple[Answer, RegistryAttempt | None]:
    """Asks once. The record of it is for the caller to `keep`; there is none when the registry is resting and was not asked."""
    began = time.monotonic()
    answer = await registry.validate(certificate, attempt)
    took = round((time.monotonic() - began) * 1000)
    if not answer.was_asked:
        return answer, None
    return answer, RegistryAttempt(at=now, outcome=answer.verdict.value, problem=answer.problem, milliseconds=took)


def keep(session: AsyncSession, record: RegistryAttempt | None, question_id: UUID | None = None) -> None:
    """Puts an attempt on record, with the question that it was about."""
    if record is not None:
        record.question_id = question_id
        session.add(record)


async def ask_again(  # noqa: PLR0913 - what a question takes, by name
    database: Database, registry: Registry, seals: Seals, question_id: UUID, attempt: int, now: datetime
) -> None:
    """Settles a question that is still open. Raises NotYet while the registry gives no verdict."""
    async with database.read() as session:
        question = await session.get(RegistryQuestion, question_id)
        candidate = await session.get(Candidate, question.candidate_id) if question else None
    if question is None or candidate is None or question.settled_at is not None:
        return
    certificate = seals.certificate_asked(candidate, question)
    answer, record = await put(registry, certificate, attempt, now)
    if record is not None:
        async with database.begin() as session:
            await _take(session, question, record, answer.verdict, seals.fingerprints(certificate), now)
    if answer.verdict is Verdict.NO_ANSWER:
        said = f"the registry does not answer: {answer.problem}"
        raise NotYet(said, after=answer.retry_after, counts=answer.was_asked)


async def _take(  # noqa: PLR0913 - what an answer takes
    session: AsyncSession,
    asked_about: RegistryQuestion,
    record: RegistryAttempt,
    verdict: Verdict,
    fingerprints: tuple[str, ...],
    now: datetime,
) -> None:
    """Keeps the attempt, and does what follows from a verdict, unless the question has been settled since it was put."""
    candidate = await hold_candidate(session, asked_about.candidate_id)
    question = await session.get(RegistryQuestion, asked_about.id, with_for_update=True)
    if candidate is None or question is None or question.settled_at is not None:
        return
    keep(session, record, question.id)
    await settle(session, candidate, question, await judge(session, candidate, verdict, fingerprints), now)
    if question.outcome not in (None, SUPERSEDED):
        registration = question.purpose is Purpose.REGISTRATION
        kind, subject = (REGISTRATION_SETTLED, candidate.id) if registration else (QUESTION_SETTLED, question.id)
        emit(session, kind, subject, now)
