"""What is done when a candidate turns out to live in Canada, whoever says so, and when the person lives abroad again (the
rules of the service, 2.1). A file is held before any of this is called (models.holding)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import application_end, contact, publication
from models.account import has_confirmed
from models.application import Application
from models.application_transition import ServiceReason
from models.calendar import quebec_day
from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate, RegistrationStatus
from models.contact_request import ContactEnding, ContactRequest
from models.deadline import DeadlineKind, cancel, deadline
from models.holding import hold_published
from models.job_alert import JobAlert
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationKind
from models.outbox import emit
from models.registry_question import Purpose, supersede_open
from models.residence_case import Residence, ResidenceCase, ResidenceEvent, ResidenceSource, ResidenceStep
from models.sign_in_session import end_sessions

TIME_TO_WITHDRAW = timedelta(hours=48)
"""Elapsed hours: clocks that are put forward or back change nothing."""
LONGEST_DELAY = timedelta(days=30)
LATE = timedelta(minutes=15)
"""A notice that goes out within so long of the finding is in time."""
NOTICE_CODES = {Residence.QUEBEC: "RESIDES_IN_QUEBEC", Residence.CANADA: "RESIDES_IN_CANADA"}
NOTICES = {
    ResidenceStep.OPENED: NotificationKind.RESIDENCE_NOTICE,
    ResidenceStep.NOTHING_PUBLISHED: NotificationKind.RESIDENCE_SETTLED,
    ResidenceStep.DEACTIVATED: NotificationKind.FILE_DEACTIVATED,
    ResidenceStep.MOVED_ABROAD: NotificationKind.RETURN_RECORDED,
    ResidenceStep.REOPENED: NotificationKind.FILE_REOPENED,
}
"""The steps that a person is told of in writing. Each is owed as an outbox entry of the kind `notice.KIND` for the case."""


@dataclass(frozen=True)
class Finding:
    """Where somebody says that a person lives. `by` is the account that says so, `reason` what an agent writes of it."""

    residence: Residence
    source: ResidenceSource
    by: UUID | None = None
    reason: str | None = None


async def find_open(session: AsyncSession, candidate_id: UUID) -> ResidenceCase | None:
    query = select(ResidenceCase).where(ResidenceCase.candidate_id == candidate_id, ResidenceCase.closed_at.is_(None))
    return await session.scalar(query)


async def find_last(session: AsyncSession, candidate_id: UUID) -> ResidenceCase | None:
    query = select(ResidenceCase).where(ResidenceCase.candidate_id == candidate_id)
    return await session.scalar(query.order_by(ResidenceCase.opened_at.desc(), ResidenceCase.id).limit(1))


async def found_in_canada(session: AsyncSession, candidate: Candidate, finding: Finding, now: datetime) -> ResidenceCase:
    """Opens a case, with its notice and its deadline, on a file that stands. Where the person is known to live in Canada
    already the case that says so goes on, with the deadline it has. One is closed at once where nothing is published."""
    case = await find_open(session, candidate.id)
    if case is None and candidate.residence is not Residence.ABROAD:
        case = await find_last(session, candidate.id)
    if case is None:
        case = await _open(session, candidate, finding, now)
    else:
        case.residence = finding.residence
        if case.source is not ResidenceSource.AGENT:  # what an agent has found takes an agent to undo
            case.source = finding.source
        _record(session, case, ResidenceStep.FOUND_AGAIN, now, finding)
    candidate.residence, candidate.notice_code = finding.residence, NOTICE_CODES[finding.residence]
    await supersede_open(session, candidate.id, Purpose.RETURN, now)
    await close_if_nothing_is_published(session, candidate, now)
    return case


async def _open(session: AsyncSession, candidate: Candidate, finding: Finding, now: datetime) -> ResidenceCase:
    case = ResidenceCase(
        candidate_id=candidate.id,
        residence=finding.residence,
        source=finding.source,
        opened_at=now,
        deadline_at=now + TIME_TO_WITHDRAW,
    )
    session.add(case)
    await session.flush()
    candidate.registration_status = RegistrationStatus.NOTICE_GIVEN
    session.add(deadline(DeadlineKind.RESIDENCE_ENDS, case.id, case.deadline_at))
    _record(session, case, ResidenceStep.OPENED, now, finding)
    return case


async def withdrawn(session: AsyncSession, candidate: Candidate, row: Candidacy, now: datetime) -> None:
    """After a candidacy was withdrawn: where it was the last, the person has done what was asked."""
    if (case := await find_open(session, candidate.id)) is not None:
        finding = Finding(case.residence, ResidenceSource.DECLARED, candidate.id, row.number)
        _record(session, case, ResidenceStep.CANDIDACY_WITHDRAWN, now, finding)
        await close_if_nothing_is_published(session, candidate, now)


async def expire(session: AsyncSession, held: tuple[Candidate, Candidacy], now: datetime) -> None:
    """A publication ends by itself; so does a case that waited for its withdrawal alone."""
    await publication.expire(session, held, now)
    await close_if_nothing_is_published(session, held[0], now)


async def close_if_nothing_is_published(session: AsyncSession, candidate: Candidate, now: datetime) -> None:
    """Publishing stays refused while the person lives there."""
    case = await find_open(session, candidate.id)
    if case is None or now >= case.deadline_at:  # then it is the deadline that decides
        return
    await session.flush()
    if not await _hold_visible(session, candidate.id, now):
        await _close_in_time(session, candidate, case, now)


async def deactivate(session: AsyncSession, held: tuple[Candidate, ResidenceCase], now: datetime) -> None:
    """The deadline has come: closed where nothing was published any more at that instant, however late this is done, else the
    file is deactivated. Where the service has not sent the notice yet, the person has as much time again."""
    candidate, case = held
    if case.closed_at is not None:
        return
    if not await _was_published(session, case):
        await _close_in_time(session, candidate, case, now)
        return
    if await _notice_waits(session, case, now):
        await extend(session, case, now)
        await close_if_nothing_is_published(session, candidate, now)
        return
    candidate.registration_status = RegistrationStatus.DEACTIVATED
    for row in await _hold_visible(session, candidate.id, now):
        await publication.withdraw(session, row, now)
    theirs = ContactRequest.candidate_id == candidate.id
    await contact.end(session, theirs, contact.IN_TOUCH, ContactEnding.FILE_ENDED, now)
    await application_end.end(session, Application.candidate_id == candidate.id, ServiceReason.FILE_ENDED, now)
    await end_sessions(session, candidate.id, now)
    await _close(session, case, ResidenceStep.DEACTIVATED, now)


async def _hold_visible(session: AsyncSession, candidate_id: UUID, now: datetime) -> list[Candidacy]:
    """What employers still see of a file."""
    return [row for row in await hold_published(session, candidate_id) if row.visible_on(quebec_day(now))]


async def _close_in_time(session: AsyncSession, candidate: Candidate, case: ResidenceCase, now: datetime) -> None:
    """The person has done what was asked: the file stands."""
    candidate.registration_status = RegistrationStatus.ACTIVE
    await _close(session, case, ResidenceStep.NOTHING_PUBLISHED, now)


async def _was_published(session: AsyncSession, case: ResidenceCase) -> bool:
    """Whether anything was, when the time to withdraw was over: what has ended or been withdrawn since then counts."""
    shown = select(Candidacy.id).where(
        Candidacy.candidate_id == case.candidate_id,
        Candidacy.status.in_((CandidacyStatus.PUBLISHED, CandidacyStatus.EXPIRED)),
        Candidacy.publication_ends_on >= quebec_day(case.deadline_at),
    )
    late = select(ResidenceEvent.id).where(
        ResidenceEvent.case_id == case.id,
        ResidenceEvent.step == ResidenceStep.CANDIDACY_WITHDRAWN,
        ResidenceEvent.at >= case.deadline_at,
    )
    return (await session.scalars(shown)).first() is not None or (await session.scalars(late)).first() is not None


async def _notice_waits(session: AsyncSession, case: ResidenceCase, now: datetime) -> bool:
    """Whether its letter has yet to be sent, though the person has an address to send it to. One that could not be handed over
    for so long counts as given by what the account shows."""
    if now - case.opened_at > LONGEST_DELAY:
        return False
    given = (
        select(Delivery.id)
        .join(Notification, Notification.id == Delivery.notification_id)
        .where(Notification.residence_case_id == case.id, Notification.kind == NotificationKind.RESIDENCE_NOTICE)
        .where(Delivery.channel == Channel.EMAIL, Delivery.status != DeliveryStatus.QUEUED)
    )
    return await has_confirmed(session, case.candidate_id) and await session.scalar(given) is None


async def give_in_full(session: AsyncSession, case: ResidenceCase, now: datetime) -> None:
    """Before its notice goes out: the time that it gives is all there, whatever has kept the notice."""
    if case.closed_at is None and case.deadline_at - now < TIME_TO_WITHDRAW - LATE:
        await extend(session, case, now)


async def extend(session: AsyncSession, case: ResidenceCase, now: datetime) -> None:
    """The time to withdraw runs from now: the notice goes out late, and that is not the person's fault."""
    case.deadline_at = now + TIME_TO_WITHDRAW
    await cancel(session, [case.id], DeadlineKind.RESIDENCE_ENDS)
    session.add(deadline(DeadlineKind.RESIDENCE_ENDS, case.id, case.deadline_at))
    extended = (ResidenceEvent.case_id == case.id, ResidenceEvent.step == ResidenceStep.EXTENDED)
    if (await session.scalars(select(ResidenceEvent.id).where(*extended))).first() is None:  # once, however often it is tried
        _record(session, case, ResidenceStep.EXTENDED, now)


async def returned(session: AsyncSession, candidate: Candidate, step: ResidenceStep, finding: Finding, now: datetime) -> None:
    """The person lives abroad: a case that is open is closed, and publishing is possible again. `step` is MOVED_ABROAD, or
    REOPENED where an agent says so; a file that was deactivated stands again."""
    case = await find_open(session, candidate.id) or await find_last(session, candidate.id)
    if step is ResidenceStep.REOPENED:
        await supersede_open(session, candidate.id, Purpose.RETURN, now)
    if not candidate.standing:  # nobody was to tell it of anything meanwhile
        await session.execute(update(JobAlert).where(JobAlert.person_id == candidate.id).values(started_at=now))
    candidate.residence, candidate.notice_code = Residence.ABROAD, None
    candidate.registration_status = RegistrationStatus.ACTIVE
    if case is not None:
        await _close(session, case, step, now, finding)


async def _close(
    session: AsyncSession, case: ResidenceCase, step: ResidenceStep, now: datetime, finding: Finding | None = None
) -> None:
    if case.closed_at is None:
        case.closed_at, case.outcome = now, step
    await cancel(session, [case.id], DeadlineKind.RESIDENCE_ENDS)
    _record(session, case, step, now, finding)


def _record(
    session: AsyncSession, case: ResidenceCase, step: ResidenceStep, now: datetime, finding: Finding | None = None
) -> None:
    source, by, reason = (finding.source, finding.by, finding.reason) if finding else (None, None, None)
    session.add(ResidenceEvent(case_id=case.id, at=now, step=step, source=source, by=by, reason=reason))
    if step in NOTICES:
        emit(session, f"notice.{NOTICES[step]}", case.id, now)
