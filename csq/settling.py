"""What the registry's word changes: the registration that waits for it, the certificate that was corrected, the return of
somebody who lived in Canada. The file is held before any of this is called (models.holding)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import publication, residence
from models.calendar import quebec_day
from models.candidacy import Candidacy
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Verdict
from models.holding import hold_published
from models.job_alert import JobAlert, JobAlertStatus
from models.lock import lock
from models.outbox import emit
from models.registry_question import ACCEPTED, SUPERSEDED, Purpose, RegistryQuestion
from models.residence import Finding
from models.residence_case import Residence, ResidenceSource, ResidenceStep

FOUND = {Verdict.RESIDES_IN_QUEBEC: Residence.QUEBEC, Verdict.RESIDES_IN_CANADA: Residence.CANADA}
RECOGNISED = (Verdict.RECOGNISED, *FOUND)
"""The registry knows the certificate, wherever its holder lives."""


@dataclass(frozen=True)
class Asked:
    """The registry's word on a certificate, and the name by which the certificate is told from others."""

    verdict: Verdict
    fingerprint: str


async def settle(session: AsyncSession, candidate: Candidate, question: RegistryQuestion, asked: Asked, now: datetime) -> None:
    """Closes the question with its outcome and does what follows from it. No answer leaves it open."""
    if asked.verdict is not Verdict.NO_ANSWER:
        question.outcome = await CONSEQUENCES[question.purpose](session, candidate, question, asked, now)
        question.settled_at = now


async def is_taken(session: AsyncSession, candidate: Candidate, fingerprint: str) -> bool:
    """Whether the certificate serves another file. It stays so until the transaction ends."""
    await lock(session, f"certificate {fingerprint}")
    others = (Candidate.certificate_fingerprint == fingerprint, Candidate.id != candidate.id)
    return await session.scalar(select(Candidate.id).where(*others)) is not None


async def _register(session: AsyncSession, candidate: Candidate, question: RegistryQuestion, asked: Asked, now: datetime) -> str:
    if not candidate.pending:
        return SUPERSEDED
    if asked.verdict is Verdict.RECOGNISED and await is_taken(session, candidate, asked.fingerprint):
        candidate.close("CERTIFICATE_ALREADY_USED")
    else:
        candidate.certificate_fingerprint = asked.fingerprint
        candidate.settle(asked.verdict, now)
    return await _accepted(session, candidate, now)


async def _accepted(session: AsyncSession, candidate: Candidate, now: datetime) -> str:
    """Who is pending hears of nothing. The alerts of who is accepted are owed what came meanwhile."""
    if candidate.registration_status is not RegistrationStatus.ACTIVE:
        return candidate.notice_code or SUPERSEDED
    on = select(JobAlert.id).where(JobAlert.candidate_id == candidate.id, JobAlert.status == JobAlertStatus.ON)
    for alert_id in await session.scalars(on):
        emit(session, "job_alert.started", alert_id, now)
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
    if await is_taken(session, candidate, asked.fingerprint):
        return "CORRECTION_CERTIFICATE_ALREADY_USED"
    if not candidate.standing and candidate.residence is not Residence.ABROAD:
        return residence.NOTICE_CODES[candidate.residence]  # before the values are taken: a closed file keeps no certificate
    _take(candidate, question, asked, now)
    if candidate.standing:
        await _follow_up(session, candidate, asked.verdict, now)
        return ACCEPTED
    candidate.registration_status = RegistrationStatus.PENDING
    candidate.settle(asked.verdict, now)
    await _close_registration(session, candidate, now)
    return await _accepted(session, candidate, now)


async def _close_registration(session: AsyncSession, candidate: Candidate, now: datetime) -> None:
    """The right values have been answered: those that were registered are asked about no more."""
    waiting = select(RegistryQuestion).where(
        RegistryQuestion.candidate_id == candidate.id,
        RegistryQuestion.purpose == Purpose.REGISTRATION,
        RegistryQuestion.settled_at.is_(None),
    )
    for each in await session.scalars(waiting.with_for_update()):
        each.settled_at, each.outcome = now, SUPERSEDED


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
        candidate.profile_version += 1
        for candidacy_id in await session.scalars(select(Candidacy.id).where(Candidacy.candidate_id == candidate.id)):
            emit(session, "candidacy.changed", candidacy_id, now)


Consequence = Callable[[AsyncSession, Candidate, RegistryQuestion, Asked, datetime], Awaitable[str]]
CONSEQUENCES: Mapping[Purpose, Consequence] = {
    Purpose.REGISTRATION: _register,
    Purpose.CORRECTION: _correct,
    Purpose.RETURN: _return,
}
