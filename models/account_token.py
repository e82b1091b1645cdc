"""Tokens in mails that do something to an account, kept as hashes: each serves once, and for a while. What one lets its
bearer do is not decided here."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class TokenPurpose(enum.StrEnum):
    RESET_PASSWORD = "RESET_PASSWORD"
    LEAVE_ADDRESS = "LEAVE_ADDRESS"
    """The reader of the address that an account has agrees to a change."""
    TAKE_ADDRESS = "TAKE_ADDRESS"
    """The reader of the address that it is to have does."""


class AccountToken(Base):
    __tablename__ = "account_token"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[TokenPurpose]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class EmailChange(Base):
    """The change of address that an account has asked for last. It is done when both readers have agreed."""

    __tablename__ = "email_change"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    email: Mapped[str]
    """The address to be, in lower case."""
    requested_at: Mapped[datetime]
    old_agreed_at: Mapped[datetime | None]
    new_agreed_at: Mapped[datetime | None]
