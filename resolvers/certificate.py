"""The certificate of a file: what it must look like, and its correction. What is published stays while the registry is asked."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import count, registry_questions
from csq.asking import ASK, keep, put
from csq.settling import judge, settle
from errors import NotAllowed, NotEligible
from models.candidacy_traces import require_free_of
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Certificate, Verdict, is_certificate_number, normal_certificate_number
from models.checks import Checks
from models.holding import hold_candidate, hold_published
from models.outbox import emit
from models.registry_question import ACCEPTED, SUPERSEDED, Purpose, RegistryAttempt, RegistryQuestion, supersede_open
from resolvers.candidate import CandidateFile, read_file
from resolvers.context import Context


def normal_certificate(typed: Certificate) -> Certificate:
    return replace(
        typed,
        file_number=normal_certificate_number(typed.file_number),
        individual_reference_number=normal_certificate_number(typed.individual_reference_number),
    )


def check_certificate(checks: Checks, entered: Certificate, today: date) -> None:
    """Notes what the four values of a certificate cannot be; whether they are right, only the registry tells."""
    for name, number in (
        ("fileNumber", entered.file_number),
        ("individualReferenceNumber", entered.individual_reference_number),
    ):
        checks.require(f"certificate.{name}", is_certificate_number(number), "NOT_A_CERTIFICATE_NUMBER")
    checks.require("certificate.expiresOn", entered.expires_on > entered.issued_on, "EXPIRES_BEFORE_ISSUE")
    checks.require("certificate.issuedOn", entered.issued_on <= today, "ISSUED_IN_THE_FUTURE")


async def correct(context: Context, typed: Certificate) -> CandidateFile:
    """Has other values validated in place of the caller's. Raises NotEligible when they are not recognised: then the old ones
    stand. While the registry is silent they wait, and the old ones stand too."""
    context.only_once("ONE_REGISTRATION")
    entered = normal_certificate(typed)
    checks = Checks()
    check_certificate(checks, entered, context.today())
    checks.done()
    _check_entitled(entered, context.today())
    await count_question(context)
    await _require_unpublished(context, entered)
    answer, record = await put(context.registry, entered, 0, context.now())
    async with context.database.begin() as session:
        candidate = await own_file(session, context)
        question = await _open_question(session, context, candidate, entered)
        await answer_or_wait(session, context, question, entered, answer.verdict, record)
        file = await read_file(session, context, candidate.id)
    refuse_unless_accepted(question)
    return file


def _check_entitled(entered: Certificate, today: date) -> None:
    if not entered.admissible:
        raise NotEligible("CORRECTION_REFERENCE_NUMBER_NOT_ADMISSIBLE")
    if entered.expires_on < today:
        raise NotEligible("CORRECTION_CERTIFICATE_EXPIRED")


async def own_numbers(session: AsyncSession, context: Context, candidate: Candidate) -> list[str]:
    """Those of the certificate of a file, and of one that the registry is asked about in its place."""
    asked = select(RegistryQuestion).where(RegistryQuestion.candidate_id == candidate.id, RegistryQuestion.settled_at.is_(None))
    questions = await session.scalars(asked.where(RegistryQuestion.purpose == Purpose.CORRECTION))
    pending = [number for each in questions for number in context.vault.certificate_asked(candidate, each).numbers]
    return [*context.vault.certificate_of(candidate).numbers, *pending]


async def _require_unpublished(context: Context, entered: Certificate) -> None:
    """Its numbers are nobody's to read: they do not become the caller's while they stand in a published text."""
    async with context.database.begin() as session:
        candidate = await own_file(session, context)
        rows = await hold_published(session, candidate.id)
        require_free_of("HAS_CERTIFICATE_NUMBER", rows, candidate, "certificate", entered.numbers)


async def count_question(context: Context) -> None:
    """Counts one that is about to be asked. Raises LimitReached for too many of one person."""
    async with context.database.begin() as session:
        await own_file(session, context)
        await count(session, registry_questions(context.vault, context.account_id), context.now())


async def own_file(session: AsyncSession, context: Context) -> Candidate:
    """The caller's file, held. Raises NotEligible once it has been deactivated."""
    candidate = await hold_candidate(session, context.account_id)
    if candidate is None:
        raise NotAllowed("SESSION_ENDED")
    if candidate.registration_status is RegistrationStatus.DEACTIVATED:
        raise NotEligible("REGISTRATION_DEACTIVATED")
    return candidate


async def _open_question(session: AsyncSession, context: Context, candidate: Candidate, entered: Certificate) -> RegistryQuestion:
    seal = context.vault.seal
    question = RegistryQuestion(
        candidate_id=candidate.id,
        purpose=Purpose.CORRECTION,
        sealed_file_number=seal(entered.file_number, candidate.id.bytes),
        sealed_individual_reference_number=seal(entered.individual_reference_number, candidate.id.bytes),
        certificate_issued_on=entered.issued_on,
        certificate_expires_on=entered.expires_on,
        asked_at=context.now(),
    )
    await supersede(session, candidate.id, question)
    return question


async def supersede(session: AsyncSession, candidate_id: UUID, question: RegistryQuestion) -> None:
    """Adds a question in place of the one of its purpose that is still open."""
    await supersede_open(session, candidate_id, question.purpose, question.asked_at)
    session.add(question)
    await session.flush()


async def answer_or_wait(  # noqa: PLR0913 - what an answer takes
    session: AsyncSession,
    context: Context,
    question: RegistryQuestion,
    certificate: Certificate,
    verdict: Verdict,
    record: RegistryAttempt | None,
) -> None:
    """Settles a question, or owes it to the worker. A certificate that serves another file is answered like a registry that is
    silent: its person is told in writing."""
    candidate = await session.get_one(Candidate, question.candidate_id)
    keep(session, record, question.id)
    asked = await judge(session, candidate, verdict, context.vault.fingerprints(certificate))
    if not asked.taken:
        await settle(session, candidate, question, asked, context.now())
    if question.settled_at is None:
        emit(session, ASK, question.id, context.now())
    await session.flush()


def refuse_unless_accepted(question: RegistryQuestion) -> None:
    """Raises NotEligible for an answer against the person: what is kept of it is committed."""
    if question.outcome not in (None, ACCEPTED, SUPERSEDED):
        raise NotEligible(question.outcome)
