"""Where a candidate lives: declared by the person, found by an agent. What follows from it is in models.residence."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from csq.asking import ASK, put
from csq.settling import move
from errors import Conflict, NotEligible, NotFound
from models import country, residence
from models.candidate import Candidate, RegistrationStatus
from models.checks import NAME, Checks
from models.holding import hold_candidate
from models.outbox import emit
from models.registry_question import Purpose, RegistryQuestion, supersede_open
from models.residence import NOTICE_CODES, Finding
from models.residence_case import Residence, ResidenceSource, ResidenceStep
from resolvers.candidate import CandidateFile, read_file
from resolvers.certificate import answer_or_wait, count_question, own_file, refuse_unless_accepted, supersede
from resolvers.context import Context

CANADA, QUEBEC = "CA", "QC"
PROVINCES = frozenset("AB BC MB NB NL NS NT NU ON PE QC SK YT".split())
"""And territories, as the post writes them."""
REASON = 1000


def residence_of(country_code: str, province: str | None) -> Residence:
    """Both in upper case."""
    if country_code != CANADA:
        return Residence.ABROAD
    return Residence.QUEBEC if (province or "").strip().upper() == QUEBEC else Residence.CANADA


async def declare(context: Context, country_code: str, province: str | None) -> CandidateFile:
    """What the caller says of where they live now. In Canada, it gives the notice that the rules give; abroad again, the
    registry is asked whether it knows of it."""
    context.only_once("ONE_REGISTRATION")
    typed = country_code.upper()
    _check(typed, province)
    async with context.database.begin() as session:
        candidate = await own_file(session, context)
        if not await _goes_back(session, candidate, residence_of(typed, province)):
            await _record(session, context, candidate, typed, province)
            await session.flush()
            return await read_file(session, context, candidate.id)
    return await _ask_to_go_back(context, typed)


def _check(country_code: str, province: str | None) -> None:
    checks = Checks()
    checks.codes("country", [country_code], country.is_known)
    check_province(checks, "province", country_code, province)
    checks.done()


def check_province(checks: Checks, path: str, country_code: str, province: str | None) -> None:
    """In Canada its two letters, which are required; elsewhere it says nothing."""
    checks.require(path, country_code != CANADA or province, "PROVINCE_REQUIRED")
    checks.line(path, province, NAME)
    if country_code == CANADA and province and len(province) <= NAME:
        checks.codes(path, [province.strip().upper()], PROVINCES.__contains__)


async def _goes_back(session: AsyncSession, candidate: Candidate, declared: Residence) -> bool:
    """Whether the person of a file that stands says to live abroad again. Raises NotEligible where an agent has found
    otherwise: an agent must find it again."""
    if declared is not Residence.ABROAD or candidate.residence is Residence.ABROAD or not candidate.standing:
        return False
    last = await residence.find_last(session, candidate.id)
    if last is not None and last.source is ResidenceSource.AGENT:
        raise NotEligible("RESIDENCE_FOUND_BY_AGENT")
    return True


async def _record(session: AsyncSession, context: Context, candidate: Candidate, country_code: str, province: str | None) -> None:
    """A registration that waits has no case: it is closed, and waits again once the person lives abroad."""
    declared = residence_of(country_code, province)
    await move(session, candidate, country_code, context.now())
    if candidate.standing and declared is not Residence.ABROAD:
        finding = Finding(declared, ResidenceSource.DECLARED, candidate.id)
        await residence.found_in_canada(session, candidate, finding, context.now())
        return
    candidate.residence = declared
    if candidate.pending and declared is not Residence.ABROAD:
        candidate.close(NOTICE_CODES[declared])
        await supersede_open(session, candidate.id, Purpose.REGISTRATION, context.now())
    elif candidate.notice_code in NOTICE_CODES.values() and declared is Residence.ABROAD:
        await _register_again(session, context, candidate)


async def _register_again(session: AsyncSession, context: Context, candidate: Candidate) -> None:
    """A registration that living in Canada had closed waits for the registry's answer as it did before."""
    candidate.registration_status, candidate.notice_code = RegistrationStatus.PENDING, "REGISTRATION_PENDING"
    question = RegistryQuestion(candidate_id=candidate.id, purpose=Purpose.REGISTRATION, asked_at=context.now())
    await supersede(session, candidate.id, question)
    emit(session, ASK, question.id, context.now())
    emit(session, "registration.pending", candidate.id, context.now())


async def _ask_to_go_back(context: Context, country_code: str) -> CandidateFile:
    await count_question(context)
    async with context.database.read() as session:
        certificate = context.vault.certificate_of(await session.get_one(Candidate, context.account_id))
    answer, record = await put(context.registry, certificate, 0, context.now())
    async with context.database.begin() as session:
        candidate = await own_file(session, context)
        await _goes_back(session, candidate, Residence.ABROAD)  # an agent may have found otherwise while the registry was asked
        question = RegistryQuestion(
            candidate_id=candidate.id,
            purpose=Purpose.RETURN,
            country_of_residence=country_code,
            asked_at=context.now(),
        )
        await supersede(session, candidate.id, question)
        await answer_or_wait(session, context, question, certificate, answer.verdict, record)
        file = await read_file(session, context, candidate.id)
    refuse_unless_accepted(question)
    return file


async def report(context: Context, candidate_id: UUID, found: Residence, reason: str) -> CandidateFile:
    """What an agent has found. Raises Conflict for a file that does not stand, and for a finding that the person lives abroad:
    that is known, or opens the file again."""
    _check_reason(reason)
    async with context.database.begin() as session:
        candidate = await _file(session, candidate_id)
        _check_reportable(candidate, found)
        finding = Finding(found, ResidenceSource.AGENT, context.account_id, reason.strip())
        await residence.found_in_canada(session, candidate, finding, context.now())
        await session.flush()
        return await read_file(session, context, candidate.id)


def _check_reportable(candidate: Candidate, found: Residence) -> None:
    if not candidate.standing:
        raise Conflict("FILE_NOT_STANDING")
    if found is Residence.ABROAD:
        raise Conflict("RESIDES_ABROAD_ALREADY" if candidate.residence is Residence.ABROAD else "RETURN_IS_REOPENED")


async def reopen(context: Context, candidate_id: UUID, reason: str, country_code: str | None) -> CandidateFile:
    """An agent has found that the person lives abroad after all, or again: the file stands as it did. Raises Conflict where
    nothing is to be opened, Invalid without the country where the person had declared to live in Canada."""
    _check_reason(reason)
    async with context.database.begin() as session:
        candidate = await _file(session, candidate_id)
        deactivated = candidate.registration_status is RegistrationStatus.DEACTIVATED
        if not deactivated and (not candidate.standing or candidate.residence is Residence.ABROAD):
            raise Conflict("NOTHING_TO_REOPEN")
        lives_in = (country_code or candidate.country_of_residence).upper()
        _check_abroad(lives_in)
        await move(session, candidate, lives_in, context.now())
        finding = Finding(Residence.ABROAD, ResidenceSource.AGENT, context.account_id, reason.strip())
        await residence.returned(session, candidate, ResidenceStep.REOPENED, finding, context.now())
        await session.flush()
        return await read_file(session, context, candidate.id)


def _check_abroad(country_code: str) -> None:
    checks = Checks()
    checks.codes("country", [country_code], country.is_known)
    checks.require("country", country_code != CANADA)
    checks.done()


def _check_reason(reason: str) -> None:
    checks = Checks()
    checks.line("reason", reason, REASON, required=True)
    checks.done()


async def _file(session: AsyncSession, candidate_id: UUID) -> Candidate:
    candidate = await hold_candidate(session, candidate_id)
    if candidate is None:
        raise NotFound("NOT_FOUND")
    return candidate
