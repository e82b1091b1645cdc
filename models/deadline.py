"""The legal clock: what must happen to something at an instant, planned and cancelled in the transactions that give cause to.

Of each kind there is at most one deadline for a subject. Whoever plans or cancels one holds its subject first, or plans it once
by `plan_once`; the worker that meets it holds its subject (models.deadline_claim)."""

import enum
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, delete, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class DeadlineKind(enum.StrEnum):
    """What is due, and what its subject is. Stored as text: an older worker leaves alone what it does not know."""

    CANDIDACY_ENDING = "candidacy.ending"
    """The notice that a publication is about to end; of a candidacy."""
    CANDIDACY_EXPIRES = "candidacy.expires"
    CANDIDACY_ENDED = "candidacy.ended"
    """The notice that a publication has ended; of a candidacy."""
    JOB_OFFER_EXPIRES = "job_offer.expires"
    RESIDENCE_ENDS = "residence.ends"
    """The time to withdraw is over; of a residence case."""
    CONTACT_REQUEST_LAPSES = "contact_request.lapses"
    """The time to answer is over; of a contact request."""
    APPLICATION_REMINDER = "application.reminder"
    """The employer has not moved it for long; of an application."""
    APPLICATION_MAIL = "application_mail"
    """What a person is told of applications is gathered into one mail; of that person."""
    LIVE_MAIL = "alert_mail.live"
    """What a person is told of by e-mail is gathered into one mail."""
    DAILY_MAIL = "alert_mail.daily"
    WEEKLY_MAIL = "alert_mail.weekly"


class Deadline(Base):
    """`due_at` is when it is due by the rules, `next_try_at` when it is looked at: later, once it has failed. The key begins with
    the subject, by which deadlines are cancelled; no index begins with the kind, of which there are few: SQLite would search
    by that one for what is due, and read everything."""

    __tablename__ = "deadline"

    subject: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]


def deadline(kind: DeadlineKind, subject: UUID, due_at: datetime) -> Deadline:
    """One to be added for a subject that has none of its kind."""
    return Deadline(kind=kind.value, subject=subject, due_at=due_at, next_try_at=due_at, attempts=0)


async def plan_once(session: AsyncSession, kind: DeadlineKind, subject: UUID, due_at: datetime) -> None:
    """Leaves one that is planned for earlier as it is, and holds its row, for those who cannot hold its subject: a worker that
    acts on it now is waited for, and another is planned after it; one that comes to it later sees what this transaction has
    written."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    planned = insert(Deadline).values(kind=kind.value, subject=subject, due_at=due_at, next_try_at=due_at, attempts=0)
    key = [Deadline.subject, Deadline.kind]
    wanted = literal(due_at, Deadline.due_at.type)
    columns = (Deadline.due_at, Deadline.next_try_at)
    sooner = {each.key: case((Deadline.due_at > wanted, wanted), else_=each) for each in columns}
    await session.execute(planned.on_conflict_do_update(index_elements=key, set_=sooner))


async def cancel(session: AsyncSession, subjects: Collection[UUID], *kinds: DeadlineKind) -> None:
    """Of those kinds, or of all."""
    of_these = delete(Deadline).where(Deadline.subject.in_(subjects))
    if kinds:
        of_these = of_these.where(Deadline.kind.in_([kind.value for kind in kinds]))
    await session.execute(of_these, execution_options={"synchronize_session": False})
