"""What people are owed to be told of applications by e-mail. What several steps of a few minutes owe one person is gathered into
one mail, at a deadline of that person. Whether it may still be told is decided when the mail goes."""

import enum
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.application import Application, ApplicationEvent, ApplicationStatus
from models.application_readers import members_told
from models.application_transition import LIVE, Side
from models.base import Base
from models.candidate import Candidate
from models.deadline import DeadlineKind, plan_once
from models.employer import Employer
from models.lock import lock

GATHERED_FOR = timedelta(minutes=5)
"""What comes to one person in that time is one mail."""
HELD_BACK_FOR = timedelta(days=1)


class NewsKind(enum.StrEnum):
    STEP = "STEP"
    """It has become what the event says."""
    REMINDER = "REMINDER"
    """It has been that for long."""


class ApplicationMail(Base):
    """A gathered mail. It names itself in its Message-ID, so that what is sent again after a crash is known for the same mail."""

    __tablename__ = "application_mail"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]


class ApplicationNews(Base):
    """What a person is told of an application. It names the mail once it was gathered, and goes when that was sent."""

    __tablename__ = "application_news"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("application_event.id"), index=True)
    kind: Mapped[NewsKind]
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("application_mail.id"), index=True)


async def owe_news(session: AsyncSession, row: Application, event: ApplicationEvent, by: Side, now: datetime) -> None:
    """To the side that did not take the step: to both where the service took it, and of an application that was submitted, which
    its candidate wants to see taken."""
    readers = [row.candidate_id] if by is not Side.CANDIDATE or event.status is ApplicationStatus.SUBMITTED else []
    if by is not Side.EMPLOYER:
        readers += await _members(session, row)
    await _owe(session, readers, event.id, NewsKind.STEP, now)


async def remind(session: AsyncSession, held: tuple[Candidate, Application], now: datetime) -> None:
    """An employer has not moved an application for long. It is asked once for each state, and not while it may do nothing."""
    _, row = held
    employer = await session.get_one(Employer, row.employer_id)
    if row.status in LIVE and employer.authenticated:
        last = select(ApplicationEvent.id).where(ApplicationEvent.application_id == row.id)
        event_id = (await session.scalars(last.order_by(ApplicationEvent.id.desc()).limit(1))).one()
        await _owe(session, await _members(session, row), event_id, NewsKind.REMINDER, now)


async def hand_on(session: AsyncSession, mail_id: UUID, now: datetime) -> None:
    """What a mail was to tell somebody who acts for the employer no more is told whoever is told instead."""
    gathered = (await session.scalars(select(ApplicationNews).where(ApplicationNews.mail_id == mail_id))).all()
    for news in gathered:
        event = await session.get_one(ApplicationEvent, news.event_id)
        row = await session.get_one(Application, event.application_id)
        await session.delete(news)
        await _owe(session, await _members(session, row), event.id, news.kind, now)


async def hold_back(session: AsyncSession, mail: ApplicationMail, events: Collection[int], now: datetime) -> None:
    """What a mail could not tell yet waits for another one: for that of whoever makes it possible, or for that of the next day,
    should it have become possible at this very moment."""
    if events:
        waiting = update(ApplicationNews).where(ApplicationNews.mail_id == mail.id, ApplicationNews.event_id.in_(events))
        await session.execute(waiting.values(mail_id=None), execution_options={"synchronize_session": False})
        await plan_once(session, DeadlineKind.APPLICATION_MAIL, mail.account_id, now + HELD_BACK_FOR)


async def owe_held_back(
    session: AsyncSession, now: datetime, *, reader: UUID | None = None, employer: UUID | None = None
) -> None:
    """Plans the mails of what waits for no mail: of one reader, or of all who wait for news of an employer's applications."""
    waiting = select(ApplicationNews.account_id).where(ApplicationNews.mail_id.is_(None)).distinct()
    if reader is not None:
        waiting = waiting.where(ApplicationNews.account_id == reader)
    if employer is not None:
        waiting = waiting.join(ApplicationEvent, ApplicationEvent.id == ApplicationNews.event_id)
        waiting = waiting.join(Application, Application.id == ApplicationEvent.application_id)
        waiting = waiting.where(Application.employer_id == employer)
        await lock(session, f"applications of {employer}")
    for account_id in sorted(await session.scalars(waiting)):
        await plan_once(session, DeadlineKind.APPLICATION_MAIL, account_id, now + GATHERED_FOR)


async def _members(session: AsyncSession, row: Application) -> list[UUID]:
    """In turn for each employer: whoever takes steps of several applications plans the mails of its members in no one order."""
    await lock(session, f"applications of {row.employer_id}")
    return await members_told(session, row)


async def _owe(session: AsyncSession, readers: Collection[UUID], event_id: int, kind: NewsKind, now: datetime) -> None:
    for reader in sorted(readers):
        session.add(ApplicationNews(account_id=reader, event_id=event_id, kind=kind))
        await plan_once(session, DeadlineKind.APPLICATION_MAIL, reader, now + GATHERED_FOR)
