"""Letters that are owed to members of an employer, one for each: who cannot be reached keeps nobody else waiting. A row goes once
its letter was sent, or has nothing to say any more."""

import enum
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.employer import ACTING, Employer, EmployerMember, EmployerStatus
from models.outbox import emit

MEMBER_LETTER = "member.letter"
"""The kind of outbox entry that is owed for each; its subject is the row."""


class MemberNews(enum.StrEnum):
    """What a letter tells of, and what it is about."""

    AUTHENTICATED = "employer.authenticated"
    """Of the employer, as are the next three."""
    REFUSED = "employer.refused"
    SUSPENDED = "employer.suspended"
    REINSTATED = "employer.reinstated"
    REMOVED = "member.removed"
    """Of the employer, to whoever does not act for it any more."""
    OFFER_REMOVED = "job_offer.removed"
    """Of the offer."""


NEWS_OF_STANDING = {
    EmployerStatus.AUTHENTICATED: MemberNews.AUTHENTICATED,
    EmployerStatus.REFUSED: MemberNews.REFUSED,
    EmployerStatus.SUSPENDED: MemberNews.SUSPENDED,
}
"""What tells where an employer stands; of one that waits there is no news."""


class MemberLetter(Base):
    __tablename__ = "member_letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    news: Mapped[MemberNews]
    about: Mapped[UUID]


async def tell_members(session: AsyncSession, employer_id: UUID, news: MemberNews, about: UUID, now: datetime) -> None:
    """Owes every member of the employer a letter."""
    members = await session.scalars(select(EmployerMember.id).where(EmployerMember.employer_id == employer_id, ACTING))
    for member in members.all():
        tell_member(session, member, news, about, now)


async def tell_standing(session: AsyncSession, member_id: UUID, now: datetime) -> None:
    """Owes a member who could not be told before the letter about where the employer stands, in place of any that waits."""
    of_member = select(Employer).join(EmployerMember, EmployerMember.employer_id == Employer.id)
    employer = await session.scalar(of_member.where(EmployerMember.id == member_id, ACTING))
    if employer is not None and (news := NEWS_OF_STANDING.get(employer.status)):
        await session.execute(delete(MemberLetter).where(MemberLetter.account_id == member_id, MemberLetter.about == employer.id))
        tell_member(session, member_id, news, employer.id, now)


def tell_member(session: AsyncSession, member_id: UUID, news: MemberNews, about: UUID, now: datetime) -> None:
    """Owes one of them a letter."""
    letter = MemberLetter(id=uuid4(), account_id=member_id, news=news, about=about)
    session.add(letter)
    emit(session, MEMBER_LETTER, letter.id, now)
