"""What comes with each step of a contact request, in the transaction that takes it: the deadline, the event that both sides can
follow, the letter that is owed. A file is held before any of this is called (models.holding)."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidate import Candidate
from models.contact_request import ContactEnding, ContactRequest, ContactRequestStatus
from models.deadline import DeadlineKind, cancel, deadline
from models.outbox import OutboxEntry, emit
from models.stream_event import Change, tell

STREAM: Final = "contact_request"
MADE: Final = "contact_request.made"
ACCEPTED: Final = "contact_request.accepted"
DECLINED: Final = "contact_request.declined"
LAPSED: Final = "contact_request.lapsed"
ENDED: Final = "contact_request.ended"
"""The kinds of outbox entry that owe the letters; the subject is the request."""
GONE: Final = "contact_request.gone"
"""Of a request that was erased, with its candidacy or with the file; the subject is the account of the member who asked."""
OF_ENDS = (DECLINED, LAPSED, ENDED)
OPEN = (ContactRequestStatus.PENDING,)
IN_TOUCH = (ContactRequestStatus.PENDING, ContactRequestStatus.ACCEPTED)


async def ask(session: AsyncSession, row: ContactRequest, now: datetime) -> None:
    """A new request, to its candidate. It lapses by itself."""
    session.add(row)
    await session.flush()
    session.add(deadline(DeadlineKind.CONTACT_REQUEST_LAPSES, row.id, row.lapses_at))
    await _tell(session, row, MADE, now)


async def accept(session: AsyncSession, row: ContactRequest, reply: str | None, now: datetime) -> None:
    row.accept(reply, now)
    await _settle(session, row, ACCEPTED, now)


async def decline(session: AsyncSession, row: ContactRequest, reply: str | None, now: datetime) -> None:
    row.decline(reply, now)
    await _settle(session, row, DECLINED, now)


async def cancel_request(session: AsyncSession, row: ContactRequest, now: datetime) -> None:
    """By its employer, which needs no letter about it."""
    row.cancel(now)
    await _settle(session, row, None, now)


async def withdraw_consent(session: AsyncSession, row: ContactRequest, now: datetime) -> None:
    """The employer is told that it has ended, in the words in which it is told of every other end: why is the candidate's."""
    row.withdraw_consent(now)
    await _settle(session, row, ENDED, now)


async def lapse(session: AsyncSession, held: tuple[Candidate, ContactRequest], now: datetime) -> None:
    """The time to answer is over."""
    _, row = held
    if row.lapse(now):
        await _tell(session, row, LAPSED, now)


async def end(
    session: AsyncSession,
    which: ColumnElement[bool],
    statuses: Collection[ContactRequestStatus],
    ending: ContactEnding,
    now: datetime,
) -> None:
    """Ends those of the requests that are in one of these states."""
    theirs = select(ContactRequest).where(which, ContactRequest.status.in_(statuses))
    in_order = theirs.order_by(ContactRequest.employer_id, ContactRequest.id)  # that in which employers' streams are locked
    for row in (await session.scalars(in_order.with_for_update())).all():
        row.end(ending, now)
        await _settle(session, row, ENDED, now)


async def owe_waiting(session: AsyncSession, candidate_id: UUID, now: datetime) -> None:
    """The letters of requests that wait for an answer, to an address that was not confirmed when they came."""
    waiting = (ContactRequest.candidate_id == candidate_id, ContactRequest.status == ContactRequestStatus.PENDING)
    for request_id in await session.scalars(select(ContactRequest.id).where(*waiting)):
        emit(session, MADE, request_id, now)


async def erase(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> None:
    """Before those requests are erased, in the same transaction: the members whose requests waited for an answer or were
    accepted, or who have still to be written how one has ended, are owed GONE. Whoever follows the employer's requests finds a
    gap."""
    untold = select(OutboxEntry.subject).where(OutboxEntry.kind.in_(OF_ENDS))
    awaited = select(ContactRequest).where(which, or_(ContactRequest.status.in_(IN_TOUCH), ContactRequest.id.in_(untold)))
    rows = (await session.scalars(awaited.order_by(ContactRequest.employer_id))).all()
    for row in rows:
        if row.status in IN_TOUCH:
            await tell(session, STREAM, (row.employer_id,), Change(row.id, ContactRequestStatus.CANCELLED, now))
        emit(session, GONE, row.member_id, now)


async def _settle(session: AsyncSession, row: ContactRequest, letter: str | None, now: datetime) -> None:
    await cancel(session, [row.id], DeadlineKind.CONTACT_REQUEST_LAPSES)
    await _tell(session, row, letter, now)


async def _tell(session: AsyncSession, row: ContactRequest, letter: str | None, now: datetime) -> None:
    if letter:
        emit(session, letter, row.id, now)
    await tell(session, STREAM, (row.candidate_id, row.employer_id), Change(row.id, row.status, now))
