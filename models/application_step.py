"""What comes with each step of an application, in the transaction that takes it: the history, the event that both sides can
follow, the reminder, what people are owed to be told. The file is held before any of this is called (models.holding)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from models.application import REMINDED_AFTER, Application, ApplicationEvent, ApplicationStatus
from models.application_news import owe_news
from models.application_transition import LIVE, Side, transition
from models.deadline import DeadlineKind, cancel, deadline
from models.stream_event import Change, tell

STREAM: Final = "application"


@dataclass(frozen=True)
class Step:
    """A step that is wanted. `by` is the account that takes it, None for the service itself."""

    target: ApplicationStatus
    side: Side
    by: UUID | None
    reason: str | None = None


async def submit(session: AsyncSession, row: Application, now: datetime) -> None:
    """A new application, by its candidate."""
    session.add(row)
    await session.flush()
    await _settle(session, row, Step(row.status, Side.CANDIDATE, row.candidate_id), now)


async def take(session: AsyncSession, row: Application, step: Step, now: datetime) -> None:
    """Raises Conflict where the table has no such step, ValueError where it demands a reason that was not given."""
    if transition(row.status, step.target, step.side).reason and not step.reason:
        raise ValueError(f"an application does not become {step.target} without a reason")
    row.status, row.moved_at = step.target, now
    await session.flush()
    await cancel(session, [row.id], DeadlineKind.APPLICATION_REMINDER)
    await _settle(session, row, step, now)


async def _settle(session: AsyncSession, row: Application, step: Step, now: datetime) -> None:
    event = ApplicationEvent(application_id=row.id, at=now, status=row.status, by=step.by, reason=step.reason)
    session.add(event)
    await session.flush()
    if row.status in LIVE:
        session.add(deadline(DeadlineKind.APPLICATION_REMINDER, row.id, now + REMINDED_AFTER))
    await owe_news(session, row, event, step.side, now)
    await tell(session, STREAM, (row.candidate_id, row.employer_id), Change(row.id, row.status, now))
