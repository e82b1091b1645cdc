"""The publication of a candidacy: what its end is, what is planned for it, and what comes of it in the end. A file is held
before any of this is called (models.holding)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import contact
from models.calendar import end_of_day, morning, period_end, quebec_day
from models.candidacy import Candidacy, CandidacyStatus
from models.candidacy_traces import traces_in
from models.candidate import Candidate
from models.contact_request import ContactEnding, ContactRequest
from models.deadline import Deadline, DeadlineKind, cancel, deadline
from models.outbox import Store, emit

NOTICE = timedelta(days=7)
"""How long before its end, and after it, a person is told of it (the rules of the service, 2.2)."""


ANNOUNCED = "candidacy.announced"
"""The kind of outbox entry that owes the telling of those whose saved searches it matches."""


def publish(session: Store, held: tuple[Candidate, Candidacy], certificate_numbers: Sequence[str], now: datetime) -> None:
    """Until the end of the period of the candidate's certificate, whose numbers stand in no text. What was planned for an
    earlier publication is cancelled before. Raises NotEligible for a candidate who may not, and what
    models.candidacy.Candidacy.publish raises."""
    candidate, row = held
    today = quebec_day(now)
    candidate.may_publish(today)
    ends_on = period_end(candidate.certificate_issued_on, candidate.certificate_expires_on, today)
    row.publish(now, ends_on, traces_in(row, candidate, certificate_numbers))
    emit(session, "candidacy.changed", row.id, now)
    emit(session, ANNOUNCED, row.id, now)
    for each in planned(row, now):
        session.add(each)


async def withdraw(session: AsyncSession, row: Candidacy, now: datetime) -> None:
    """Takes it out of every search, and requests that wait for an answer with it: what was agreed stays. Raises Conflict when it
    is not published."""
    row.withdraw(quebec_day(now))
    await cancel(session, [row.id])
    emit(session, "candidacy.changed", row.id, now)
    await _end_waiting(session, row, ContactEnding.CANDIDACY_WITHDRAWN, now)


async def expire(session: AsyncSession, held: tuple[Candidate, Candidacy], now: datetime) -> None:
    """Marks a publication whose last day has passed. Searches have left it out since that day ended. Requests that wait for an
    answer end with it."""
    _, row = held
    if row.expire(quebec_day(now)):
        emit(session, "candidacy.changed", row.id, now)
        await _end_waiting(session, row, ContactEnding.CANDIDACY_EXPIRED, now)


async def _end_waiting(session: AsyncSession, row: Candidacy, ending: ContactEnding, now: datetime) -> None:
    await contact.end(session, ContactRequest.candidacy_id == row.id, contact.OPEN, ending, now)


async def move_end(session: AsyncSession, candidate: Candidate, row: Candidacy, now: datetime) -> None:
    """After the dates of the certificate have changed: a published candidacy ends with the period it began in, as the new
    dates have it, and today at the earliest. Its notices are planned anew."""
    if row.published_at is None or not row.visible_on(quebec_day(now)):
        return
    ends_on = _end_by(candidate, quebec_day(row.published_at), quebec_day(now))
    if ends_on != row.publication_ends_on:
        row.publication_ends_on = ends_on
        await cancel(session, [row.id])
        session.add_all(planned(row, now))
        emit(session, "candidacy.changed", row.id, now)


async def profile_changed(session: AsyncSession, candidate: Candidate, now: datetime) -> None:
    """After a change of the file that shows in the person's candidacies, or in who may find them."""
    candidate.profile_version += 1
    for candidacy_id in await session.scalars(select(Candidacy.id).where(Candidacy.candidate_id == candidate.id)):
        emit(session, "candidacy.changed", candidacy_id, now)


async def moved(session: AsyncSession, candidate: Candidate, now: datetime) -> None:
    """After a change of the country, which criteria read."""
    await profile_changed(session, candidate, now)
    published = update(Candidacy).where(*_published(candidate)).values(announced_at=now)
    await session.execute(published, execution_options={"synchronize_session": False})
    await announce_again(session, candidate, now)


async def announce_again(session: AsyncSession, candidate: Candidate, now: datetime) -> None:
    """Owes the telling of those who have not heard of a published candidacy of the file, and may hear of it now."""
    for candidacy_id in await session.scalars(select(Candidacy.id).where(*_published(candidate))):
        emit(session, ANNOUNCED, candidacy_id, now)


def _published(candidate: Candidate) -> tuple[ColumnElement[bool], ...]:
    return Candidacy.candidate_id == candidate.id, Candidacy.status == CandidacyStatus.PUBLISHED


def _end_by(candidate: Candidate, began_on: date, today: date) -> date:
    """No period of a certificate begins before it was issued."""
    within = max(began_on, candidate.certificate_issued_on)
    return max(period_end(candidate.certificate_issued_on, candidate.certificate_expires_on, within), today)


def planned(row: Candidacy, now: datetime) -> list[Deadline]:
    """A notice whose day has come already is due at once."""
    ends_on = row.publication_ends_on
    if ends_on is None or row.status is not CandidacyStatus.PUBLISHED:
        return []
    return [
        deadline(DeadlineKind.CANDIDACY_ENDING, row.id, max(now, morning(ends_on - NOTICE))),
        deadline(DeadlineKind.CANDIDACY_EXPIRES, row.id, end_of_day(ends_on)),
        deadline(DeadlineKind.CANDIDACY_ENDED, row.id, morning(ends_on + NOTICE)),
    ]
