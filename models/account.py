"""Accounts: how a person signs in and is written to. What the person may do is not decided here."""

import enum
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, Select, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.calendar import Weekday
from models.language import Language


class Role(enum.StrEnum):
    CANDIDATE = "CANDIDATE"
    EMPLOYER_MEMBER = "EMPLOYER_MEMBER"
    AGENT = "AGENT"


CONFIRMED = text("email_confirmed_at IS NOT NULL")


class Account(Base):
    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    role: Mapped[Role]
    email: Mapped[str] = mapped_column(index=True)
    """Lower case: two spellings are one address. Whoever registers may type anybody's: of the accounts at an address only
    the one that is confirmed is its reader's."""
    password_hash: Mapped[str]
    language: Mapped[Language]
    time_zone: Mapped[str] = mapped_column(default="America/Toronto")
    mail_hour: Mapped[int] = mapped_column(default=8)
    """The hour of the day, in the time zone, at which daily and weekly mails go out."""
    mail_weekday: Mapped[Weekday] = mapped_column(default=Weekday.MONDAY)
    """On which weekly mails do."""
    email_stopped: Mapped[str | None]
    """The code of why no alert is sent to the address any more; nothing else is held back."""
    mail_reference: Mapped[UUID] = mapped_column(default=uuid4, unique=True, index=True)
    """By which a letter that comes back, or is complained of, is known for one to this address: only its reader has seen it."""
    email_confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def why_no_alerts(self) -> str | None:
        """The code of what keeps every mail of an alert from the address."""
        return "EMAIL_NOT_CONFIRMED" if self.email_confirmed_at is None else self.email_stopped

    __table_args__ = (
        Index("uq_account_confirmed_email", "email", unique=True, postgresql_where=CONFIRMED, sqlite_where=CONFIRMED),
    )


CONFIRMED_LAST = (Account.email_confirmed_at.is_not(None), Account.created_at)
"""An order of accounts at one address: its reader's comes last, or else the newest."""


def confirmed_account(email: str) -> Select[Account]:
    """The one account whose address that is for sure."""
    return select(Account).where(Account.email == email, Account.email_confirmed_at.is_not(None))


LONGEST_EMAIL = 254


async def has_confirmed(session: AsyncSession, account_id: UUID) -> bool:
    """Whether somebody is known to read the account's address."""
    confirmed = select(Account.id).where(Account.id == account_id, Account.email_confirmed_at.is_not(None))
    return await session.scalar(confirmed) is not None


def normal_email(typed: str) -> str:
    return typed.strip().lower()
