"""What can be done with a candidate's file: registering with a certificate, and reading what is one's own."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from auth.passwords import check_password
from auth.permissions import may_know
from errors import Conflict, NotEligible
from models import country
from models.account import Account, Role, normal_email
from models.candidacy import Candidacy
from models.candidate import Candidate, RegistrationStatus
from models.certificate import (
    Certificate,
    Verdict,
    is_certificate_number,
    masked,
    normal_certificate_number,
)
from models.checks import NAME, Checks, is_time_zone
from models.language import Language
from models.outbox import emit
from resolvers.account import check_email, count_registration, open_account, require_same_password
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember

CANADA, QUEBEC = "CA", "QC"


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
class CandidateFile:
    """A candidate's account and file, with the certificate's numbers masked for their owner's eyes."""

    account: Account
    candidate: Candidate
    masked_certificate: Certificate


async def register(context: Context, entered: Registration, idempotency_key: str | None = None) -> CandidateFile:
    """Opens a file for a person abroad whose certificate the registry recognises, or keeps it pending while the
    registry does not answer. Whether the address has an account already is not told here: its reader gets a letter."""
    context.only_once("ONE_REGISTRATION")
    registration = _normal(entered)
    _check(registration, context.today())
    _check_entitled(registration, context.today())
    request = Request("registerCandidate", idempotency_key, {**asdict(registration), "password": None})
    async with context.database.read() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, context, registration, earlier)
    await count_registration(context, registration.email)
    verdict = await context.registry.validate(registration.certificate, attempt=0)
    if verdict not in (Verdict.RECOGNISED, Verdict.NO_ANSWER):
        raise NotEligible(verdict.value)
    password_hash = await context.passwords.hash(registration.password)
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, context, registration, earlier)
        file = await _open_file(session, context, registration, password_hash, verdict)
        await remember(session, context, request, file.account.id)
    return file


async def _earlier(session: AsyncSession, context: Context, entered: Registration, account_id: UUID) -> CandidateFile:
    """What the same request made when it came first."""
    file = await _file(session, context, account_id)
    await require_same_password(context, file.account, entered.password)
    return file


def _normal(entered: Registration) -> Registration:
    certificate = replace(
        entered.certificate,
        file_number=normal_certificate_number(entered.certificate.file_number),
        individual_reference_number=normal_certificate_number(entered.certificate.individual_reference_number),
    )
    return replace(
        entered,
        email=normal_email(entered.email),
        given_name=entered.given_name.strip(),
        family_name=entered.family_name.strip(),
        country_of_residence=entered.country_of_residence.upper(),
        certificate=certificate,
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
    living_in_canada = entered.country_of_residence == CANADA
    checks.require("provinceOfResidence", not living_in_canada or entered.province_of_residence, "PROVINCE_REQUIRED")
    checks.line("provinceOfResidence", entered.province_of_residence, NAME)
    _check_certificate(checks, entered.certificate, today)
    checks.done()


def _check_certificate(checks: Checks, entered: Certificate, today: date) -> None:
    for name, number in (
        ("fileNumber", entered.file_number),
        ("individualReferenceNumber", entered.individual_reference_number),
    ):
        checks.require(f"certificate.{name}", is_certificate_number(number), "NOT_A_CERTIFICATE_NUMBER")
    checks.require("certificate.expiresOn", entered.expires_on > entered.issued_on, "EXPIRES_BEFORE_ISSUE")
    checks.require("certificate.issuedOn", entered.issued_on <= today, "ISSUED_IN_THE_FUTURE")


def _check_entitled(entered: Registration, today: date) -> None:
    """What the service decides itself, before the registry is asked."""
    if entered.country_of_residence == CANADA:
        in_quebec = (entered.province_of_residence or "").upper() == QUEBEC
        raise NotEligible("RESIDES_IN_QUEBEC" if in_quebec else "RESIDES_IN_CANADA")
    if not entered.certificate.admissible:
        raise NotEligible("REFERENCE_NUMBER_NOT_ADMISSIBLE")
    if entered.certificate.expires_on < today:
        raise NotEligible("CERTIFICATE_EXPIRED")


async def _open_file(
    session: AsyncSession, context: Context, entered: Registration, password_hash: str, verdict: Verdict
) -> CandidateFile:
    account = await open_account(
        session,
        context,
        role=Role.CANDIDATE,
        email=entered.email,
        password_hash=password_hash,
        language=entered.language,
        time_zone=entered.time_zone,
    )
    await _check_unused(session, context.vault.fingerprint(entered.certificate))
    candidate = _candidate(context, entered, account.id, verdict)
    session.add(candidate)
    if candidate.pending:
        emit(session, "registration.validate", candidate.id, context.now())
        emit(session, "registration.pending", candidate.id, context.now())
    try:
        await session.flush()
    except IntegrityError as error:
        raise Conflict("CERTIFICATE_ALREADY_USED") from error
    return CandidateFile(account, candidate, _masked(entered.certificate))


async def _check_unused(session: AsyncSession, fingerprint: str) -> None:
    if await session.scalar(select(Candidate.id).where(Candidate.certificate_fingerprint == fingerprint)) is not None:
        raise Conflict("CERTIFICATE_ALREADY_USED")


def _candidate(context: Context, entered: Registration, account_id: UUID, verdict: Verdict) -> Candidate:
    certificate, seal = entered.certificate, context.vault.seal
    candidate = Candidate(
        id=account_id,
        given_name=entered.given_name,
        family_name=entered.family_name,
        telephone=entered.telephone,
        country_of_residence=entered.country_of_residence,
        registration_status=RegistrationStatus.PENDING,
        notice_code="REGISTRATION_PENDING",
        sealed_file_number=seal(certificate.file_number, account_id.bytes),
        sealed_individual_reference_number=seal(certificate.individual_reference_number, account_id.bytes),
        certificate_fingerprint=context.vault.fingerprint(certificate),
        certificate_issued_on=certificate.issued_on,
        certificate_expires_on=certificate.expires_on,
    )
    candidate.settle(verdict, context.now())
    return candidate


async def file_of(context: Context, candidate_id: UUID) -> CandidateFile | None:
    """A candidate's file, to the candidate and to agents; None for everybody else."""
    if not may_know(context.caller, "Candidate", candidate_id):
        return None
    async with context.database.read() as session:
        known = await session.get(Candidate, candidate_id) is not None
        return await _file(session, context, candidate_id) if known else None


async def _file(session: AsyncSession, context: Context, candidate_id: UUID) -> CandidateFile:
    query = select(Account, Candidate).join(Candidate, Candidate.id == Account.id).where(Account.id == candidate_id)
    account, candidate = (await session.execute(query)).one()
    return CandidateFile(account, candidate, _masked(context.vault.certificate_of(candidate)))


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
