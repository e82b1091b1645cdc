"""What people are owed to be told of applications by e-mail. What several steps of a few minutes owe one person is gathered into
one mail, at a deadline of that person."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.application import Application, ApplicationEvent, ApplicationStatus
from models.application_transition import Side
from models.base import Base
from models.deadline import Deadline, DeadlineKind, deadline
from models.employer import EmployerMember

GATHERED_FOR = timedelta(minutes=5)
"""What comes to one person in that time is one mail."""


class ApplicationMail(Base):
    """A gathered mail. It names itself in its Message-ID, so that what is sent again after a crash is known for the same mail."""

    __tablename__ = "application_mail"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]


class ApplicationNews(Base):
    """A step that a person is told of. It names the mail once it was gathered, and goes when that was sent."""

    __tablename__ = "application_news"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("application_event.id"), index=True)
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("application_mail.id"), index=True)


async def owe_news(session: AsyncSession, row: Application, event: ApplicationEvent, by: Side, now: datetime) -> None:
    """To the side that did not take the step: to both where the service took it, and of an application that was submitted, which
    its candidate wants to see taken."""
    readers = [row.candidate_id] if by is not Side.CANDIDATE or event.status is ApplicationStatus.SUBMITTED else []
    if by is not Side.EMPLOYER:
        readers += await _members(session, row.employer_id)
    for reader in sorted(readers):
        session.add(ApplicationNews(account_id=reader, event_id=event.id))
        if await session.get(Deadline, (reader, DeadlineKind.APPLICATION_MAIL.value)) is None:
            session.add(deadline(DeadlineKind.APPLICATION_MAIL, reader, now + GATHERED_FOR))


async def _members(session: AsyncSession, employer_id: UUID) -> Collection[UUID]:
    return (await session.scalars(select(EmployerMember.id).where(EmployerMember.employer_id == employer_id))).all()
