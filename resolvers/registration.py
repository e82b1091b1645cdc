"""Registering with a certificate. What comes of it later is settled in csq.settling."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from auth.passwords import check_password
from csq.asking import ASK, keep, put
from csq.settling import is_taken
from errors import NotEligible
from models import country
from models.account import Role, normal_email
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Certificate, Verdict
from models.checks import NAME, Checks, is_time_zone
from models.language import Language
from models.outbox import emit
from models.registry_question import ACCEPTED, Purpose, RegistryAttempt, RegistryQuestion
from models.residence import NOTICE_CODES
from models.residence_case import Residence
from resolvers.account import check_email, count_registration, open_account, require_same_password
from resolvers.candidate import CandidateFile, read_file
from resolvers.certificate import check_certificate, normal_certificate
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember
from resolvers.residence import check_province, residence_of


@dataclass(frozen=True)
class Registration:
    """What a person enters to register. `certificate` holds the numbers as they were typed."""

    email: str
    password: str
    given_name: str
    family_name: str
    telephone: str | None
    language: Language
    time_zone: str
    country_of_residence: str
    province_of_residence: str | None
    certificate: Certificate


@dataclass(frozen=True)
class Tried:
    """The registry's word, and the record of having asked for it, if it was asked."""

    verdict: Verdict
    record: RegistryAttempt | None


async def register(context: Context, entered: Registration, idempotency_key: str | None = None) -> CandidateFile:
    """Opens a file for a person abroad whose certificate the registry recognises, or keeps it pending while the
    registry does not answer. Whether the address has an account already, or the certificate a file, is not told here: the
    reader of the address gets a letter."""
    context.only_once("ONE_REGISTRATION")
    registration = _normal(entered)
    _check(registration, context.today())
    _check_entitled(registration, context.today())
    request = Request("registerCandidate", idempotency_key, {**asdict(registration), "password": None})
    async with context.database.read() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, context, registration, earlier)
    await count_registration(context, registration.email)
    tried = await _try(context, registration.certificate)
    password_hash = await context.passwords.hash(registration.password)
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, context, registration, earlier)
        account_id = await _open_file(session, context, registration, password_hash, tried)
        await remember(session, context, request, account_id)
        await session.flush()
        return await read_file(session, context, account_id)


async def _earlier(session: AsyncSession, context: Context, entered: Registration, account_id: UUID) -> CandidateFile:
    """What the same request made when it came first."""
    file = await read_file(session, context, account_id)
    await require_same_password(context, file.account, entered.password)
    return file


async def _try(context: Context, certificate: Certificate) -> Tried:
    """Raises NotEligible for a verdict against the person. It is on record all the same, and names nobody."""
    answer, record = await put(context.registry, certificate, 0, context.now())
    if answer.verdict in (Verdict.RECOGNISED, Verdict.NO_ANSWER):
        return Tried(answer.verdict, record)
    async with context.database.begin() as session:
        keep(session, record)
    raise NotEligible(answer.verdict.value)


def _normal(entered: Registration) -> Registration:
    return replace(
        entered,
        email=normal_email(entered.email),
        given_name=entered.given_name.strip(),
        family_name=entered.family_name.strip(),
        country_of_residence=entered.country_of_residence.upper(),
        certificate=normal_certificate(entered.certificate),
    )


def _check(entered: Registration, today: date) -> None:
    checks = Checks()
    check_email(checks, "email", entered.email)
    check_password(checks, "password", entered.password)
    checks.line("givenName", entered.given_name, NAME, required=True)
    checks.line("familyName", entered.family_name, NAME, required=True)
    checks.line("telephone", entered.telephone, 40)
    checks.require("timeZone", is_time_zone(entered.time_zone), "NOT_A_TIME_ZONE")
    checks.codes("countryOfResidence", [entered.country_of_residence], country.is_known)
    check_province(checks, "provinceOfResidence", entered.country_of_residence, entered.province_of_residence)
    check_certificate(checks, entered.certificate, today)
    checks.done()


def _check_entitled(entered: Registration, today: date) -> None:
    """What the service decides itself, before the registry is asked."""
    residence = residence_of(entered.country_of_residence, entered.province_of_residence)
    if residence is not Residence.ABROAD:
        raise NotEligible(NOTICE_CODES[residence])
    if not entered.certificate.admissible:
        raise NotEligible("REFERENCE_NUMBER_NOT_ADMISSIBLE")
    if entered.certificate.expires_on < today:
        raise NotEligible("CERTIFICATE_EXPIRED")


async def _open_file(session: AsyncSession, context: Context, entered: Registration, password_hash: str, tried: Tried) -> UUID:
    account = await open_account(
        session,
        context,
        role=Role.CANDIDATE,
        email=entered.email,
        password_hash=password_hash,
        language=entered.language,
        time_zone=entered.time_zone,
    )
    candidate = _candidate(context, entered, account.id)
    question = RegistryQuestion(id=uuid4(), candidate_id=account.id, purpose=Purpose.REGISTRATION, asked_at=context.now())
    await _settle(session, context, question, candidate, entered.certificate, tried)
    session.add(candidate)
    await session.flush()
    session.add(question)
    await session.flush()
    keep(session, tried.record, question.id)
    return account.id


async def _settle(  # noqa: PLR0913 - what an answer takes
    session: AsyncSession,
    context: Context,
    question: RegistryQuestion,
    candidate: Candidate,
    certificate: Certificate,
    tried: Tried,
) -> None:
    """A certificate that serves another file is answered like a registry that is silent. Neither the answer nor its time tells
    which: all is decided before the first row is written, and as many are written."""
    fingerprints = context.vault.fingerprints(certificate)
    taken = await is_taken(session, candidate, fingerprints)
    candidate.settle(Verdict.NO_ANSWER if taken else tried.verdict, context.now())
    candidate.certificate_fingerprint = None if candidate.pending else fingerprints[0]
    if candidate.pending:
        emit(session, ASK, question.id, context.now())
        emit(session, "registration.pending", candidate.id, context.now())
    else:
        question.settled_at, question.outcome = context.now(), ACCEPTED


def _candidate(context: Context, entered: Registration, account_id: UUID) -> Candidate:
    certificate, seal = entered.certificate, context.vault.seal
    return Candidate(
        id=account_id,
        given_name=entered.given_name,
        family_name=entered.family_name,
        telephone=entered.telephone,
        country_of_residence=entered.country_of_residence,
        registration_status=RegistrationStatus.PENDING,
        notice_code="REGISTRATION_PENDING",
        sealed_file_number=seal(certificate.file_number, account_id.bytes),
        sealed_individual_reference_number=seal(certificate.individual_reference_number, account_id.bytes),
        certificate_issued_on=certificate.issued_on,
        certificate_expires_on=certificate.expires_on,
    )
