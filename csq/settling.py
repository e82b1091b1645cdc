"""What the registry's word changes: the registration that waits for it, the certificate that was corrected, the return of
somebody who lived in Canada. The file is held before any of this is called (models.holding)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import publication, residence
from models.account import has_confirmed
from models.calendar import quebec_day
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Verdict
from models.holding import hold_published
from models.job_alert import ALERT_RETURNED, JobAlert, JobAlertStatus
from models.lock import lock
from models.outbox import emit
from models.registry_question import ACCEPTED, SUPERSEDED, Purpose, RegistryQuestion, supersede_open
from models.residence import Finding
from models.residence_case import Residence, ResidenceSource, ResidenceStep

FOUND = {Verdict.RESIDES_IN_QUEBEC: Residence.QUEBEC, Verdict.RESIDES_IN_CANADA: Residence.CANADA}
RECOGNISED = (Verdict.RECOGNISED, *FOUND)
"""The registry knows the certificate, wherever its holder lives."""


@dataclass(frozen=True)
class Asked:
    """The registry's word on a certificate, and what the service knows of it: the name to be kept of it, and whether it is one
    that serves another file."""

    verdict: Verdict
    fingerprint: str
    taken: bool


async def judge(session: AsyncSession, candidate: Candidate, verdict: Verdict, fingerprints: Sequence[str]) -> Asked:
    """The names by which a certificate is told from others come newest first. Of one that the registry does not recognise
    nobody needs to know whom it serves."""
    taken = verdict in RECOGNISED and await is_taken(session, candidate, fingerprints)
    return Asked(verdict, fingerprints[0], taken)


async def settle(session: AsyncSession, candidate: Candidate, question: RegistryQuestion, asked: Asked, now: datetime) -> None:
    """Closes the question with its outcome and does what follows from it. No answer leaves it open; so does a certificate that
    serves another file, until the address is confirmed: only its reader is told, and it is asked again then."""
    if asked.verdict is Verdict.NO_ANSWER or await _is_secret(session, candidate, question, asked):
        return
    question.outcome = await CONSEQUENCES[question.purpose](session, candidate, question, asked, now)
    question.settled_at = now


async def _is_secret(session: AsyncSession, candidate: Candidate, question: RegistryQuestion, asked: Asked) -> bool:
    if question.purpose is Purpose.RETURN or not asked.taken:
        return False
    return not await has_confirmed(session, candidate.id)


async def is_taken(session: AsyncSession, candidate: Candidate, fingerprints: Sequence[str]) -> bool:
    """Whether the certificate serves another file. It stays so until the transaction ends: whoever else asks about it holds
    one of its names too, as long as the two have a secret in common."""
    await lock(session, *(f"certificate {each}" for each in fingerprints))
    others = (Candidate.certificate_fingerprint.in_(fingerprints), Candidate.id != candidate.id)
    return await session.scalar(select(Candidate.id).where(*others)) is not None


async def _register(session: AsyncSession, candidate: Candidate, question: RegistryQuestion, asked: Asked, now: datetime) -> str:
    if not candidate.pending:
        return SUPERSEDED
    if asked.verdict is Verdict.RECOGNISED and asked.taken:
        candidate.close("CERTIFICATE_ALREADY_USED")
    else:
        candidate.settle(asked.verdict, now)
        candidate.certificate_fingerprint = asked.fingerprint if candidate.standing else None
    return await _accepted(session, candidate, now)


async def _accepted(session: AsyncSession, candidate: Candidate, now: datetime) -> str:
    """Who is pending hears of nothing. The alerts of who is accepted are owed what came meanwhile."""
    if candidate.registration_status is not RegistrationStatus.ACTIVE:
        return candidate.notice_code or SUPERSEDED
    on = select(JobAlert.id).where(JobAlert.person_id == candidate.id, JobAlert.status == JobAlertStatus.ON)
    for alert_id in await session.scalars(on):
        emit(session, ALERT_RETURNED, alert_id, now)
    return ACCEPTED


async def _correct(session: AsyncSession, candidate: Candidate, question: RegistryQuestion, asked: Asked, now: datetime) -> str:
    """The values that were asked about take the place of the old ones, or the old ones stand."""
    expires_on = question.certificate_expires_on
    if candidate.registration_status is RegistrationStatus.DEACTIVATED:
        return SUPERSEDED
    if asked.verdict not in RECOGNISED:
        return f"CORRECTION_{asked.verdict}"
    if expires_on is None or expires_on < quebec_day(now):
        return "CORRECTION_CERTIFICATE_EXPIRED"
    if asked.taken:
        return "CORRECTION_CERTIFICATE_ALREADY_USED"
    if not candidate.standing and candidate.residence is not Residence.ABROAD:
        return residence.NOTICE_CODES[candidate.residence]
    _take(candidate, question, asked, now)
    if candidate.standing:
        await _follow_up(session, candidate, asked.verdict, now)
        return ACCEPTED
    candidate.registration_status = RegistrationStatus.PENDING
    candidate.settle(asked.verdict, now)
    await supersede_open(session, candidate.id, Purpose.REGISTRATION, now)
    return await _accepted(session, candidate, now)


def _take(candidate: Candidate, question: RegistryQuestion, asked: Asked, now: datetime) -> None:
    assert question.sealed_file_number is not None
    assert question.sealed_individual_reference_number is not None
    assert question.certificate_issued_on is not None
    assert question.certificate_expires_on is not None
    candidate.sealed_file_number = question.sealed_file_number
    candidate.sealed_individual_reference_number = question.sealed_individual_reference_number
    candidate.certificate_issued_on = question.certificate_issued_on
    candidate.certificate_expires_on = question.certificate_expires_on
    candidate.certificate_fingerprint = asked.fingerprint
    candidate.certificate_validated_at = now


async def _follow_up(session: AsyncSession, candidate: Candidate, verdict: Verdict, now: datetime) -> None:
    """Other dates move every end. A holder who lives in Canada gets the notice that anybody gets."""
    for row in await hold_published(session, candidate.id):
        await publication.move_end(session, candidate, row, now)
    if verdict in FOUND:
        await residence.found_in_canada(session, candidate, Finding(FOUND[verdict], ResidenceSource.REGISTRY), now)


async def _return(session: AsyncSession, candidate: Candidate, question: RegistryQuestion, asked: Asked, now: datetime) -> str:
    """Back abroad by the registry's word; it alone can tell that the person's own is right."""
    if not candidate.standing or candidate.residence is Residence.ABROAD:
        return SUPERSEDED
    if asked.verdict is not Verdict.RECOGNISED:
        return asked.verdict.value
    if question.country_of_residence is not None:
        await move(session, candidate, question.country_of_residence, now)
    finding = Finding(Residence.ABROAD, ResidenceSource.DECLARED, candidate.id)
    await residence.returned(session, candidate, ResidenceStep.MOVED_ABROAD, finding, now)
    return ACCEPTED


async def move(session: AsyncSession, candidate: Candidate, country_of_residence: str, now: datetime) -> None:
    """The country that employers read of a candidacy."""
    if country_of_residence != candidate.country_of_residence:
        candidate.country_of_residence = country_of_residence
        await publication.moved(session, candidate, now)


Consequence = Callable[[AsyncSession, Candidate, RegistryQuestion, Asked, datetime], Awaitable[str]]
CONSEQUENCES: Mapping[Purpose, Consequence] = {
    Purpose.REGISTRATION: _register,
    Purpose.CORRECTION: _correct,
    Purpose.RETURN: _return,
}
