"""Accounts: how a person signs in and is written to. What the person may do is not decided here."""

import enum
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.language import Language


class Role(enum.StrEnum):
    CANDIDATE = "CANDIDATE"
    EMPLOYER_MEMBER = "EMPLOYER_MEMBER"
    AGENT = "AGENT"


class Account(Base):
    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    role: Mapped[Role]
    email: Mapped[str] = mapped_column(unique=True)
    """Lower case: two spellings of one address are one account."""
    password_hash: Mapped[str]
    language: Mapped[Language]
    time_zone: Mapped[str] = mapped_column(default="America/Toronto")
    email_confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    def confirm_email(self, now: datetime) -> None:
        self.email_confirmed_at = self.email_confirmed_at or now


def normal_email(typed: str) -> str:
    return typed.strip().lower()
