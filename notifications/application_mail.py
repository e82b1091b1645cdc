"""What people are told of applications, gathered into one mail when its deadline comes. What a mail says, and whether it still
goes, is in notifications.application_mail_sending."""

from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.application_news import ApplicationMail, ApplicationNews
from models.candidate import Candidate
from models.employer import EmployerMember
from models.outbox import emit

APPLICATION_MAIL_QUEUED: Final = "application_mail.queued"
"""The kind of outbox entry that owes a mail, which is its subject."""


async def gather_news(session: AsyncSession, person: Candidate | EmployerMember, now: datetime) -> None:
    """All that waits for a mail to that person, who is held."""
    waiting = select(ApplicationNews.id).where(ApplicationNews.account_id == person.id, ApplicationNews.mail_id.is_(None))
    if not (news := (await session.scalars(waiting)).all()):
        return
    mail = ApplicationMail(id=uuid4(), account_id=person.id, created_at=now)
    session.add(mail)
    await session.flush()
    gathered = update(ApplicationNews).where(ApplicationNews.id.in_(news)).values(mail_id=mail.id)
    await session.execute(gathered, execution_options={"synchronize_session": False})
    emit(session, APPLICATION_MAIL_QUEUED, mail.id, now)
