"""Tokens in mails that do something to an account, kept as hashes: each serves once, and for a while. What one lets its
bearer do is not decided here."""

import enum
from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.account import Account
from models.base import Base

KEPT = timedelta(days=1)
"""After its end: a letter that comes again after a crash must find out that its token has served."""
CHANGES_KEPT = timedelta(days=30)
"""The letters that tell of a change have gone by then, though no worker ran for weeks."""
PRUNED_AT_ONCE = 100
LONGEST_TOKEN = 100


class TokenPurpose(enum.StrEnum):
    RESET_PASSWORD = "RESET_PASSWORD"
    LEAVE_ADDRESS = "LEAVE_ADDRESS"
    """The reader of the address that an account has agrees to a change."""
    TAKE_ADDRESS = "TAKE_ADDRESS"
    """The reader of the address that it is to have does."""


OF_A_CHANGE = (TokenPurpose.LEAVE_ADDRESS, TokenPurpose.TAKE_ADDRESS)
LIVES = {
    TokenPurpose.RESET_PASSWORD: timedelta(minutes=30),
    TokenPurpose.LEAVE_ADDRESS: timedelta(hours=24),
    TokenPurpose.TAKE_ADDRESS: timedelta(hours=24),
}
"""Counted from when the letter goes out: who waits for a slow mail server loses none of it."""


class AccountToken(Base):
    __tablename__ = "account_token"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[TokenPurpose]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """When it served, or was made void: it does nothing from then on."""


class EmailChange(Base):
    """A change of address that an account has asked for. It is done when both readers have agreed. An account has one at
    most that is not done: the one it asked for last."""

    __tablename__ = "email_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    email: Mapped[str]
    """The address to be, in lower case."""
    old_email: Mapped[str]
    requested_at: Mapped[datetime]
    old_agreed_at: Mapped[datetime | None]
    new_agreed_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    def agree(self, purpose: TokenPurpose, now: datetime) -> None:
        """One of the two readers does."""
        if purpose is TokenPurpose.LEAVE_ADDRESS:
            self.old_agreed_at = now
        else:
            self.new_agreed_at = now

    def agreed(self, account: Account) -> bool:
        """Whether nobody is waited for any more. An address that is not confirmed has no reader to ask: the account is
        whoever's the new one is."""
        return self.new_agreed_at is not None and (self.old_agreed_at is not None or account.email_confirmed_at is None)


def token_hash(token: str) -> str:
    """No salt and no slow hash: nobody can guess 256 bits, and the hash is looked up."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


async def keep_token(session: AsyncSession, token: str, purpose: TokenPurpose, account_id: UUID, *, now: datetime) -> bool:
    """Keeps the token of a letter that goes out now, and forgets some of anybody's that are old. The same token again lives
    on from now; False, and nothing kept, once it has served or is void."""
    row = await session.get(AccountToken, token_hash(token), with_for_update=True)
    if row is None:
        row = AccountToken(token_hash=token_hash(token), account_id=account_id, purpose=purpose, made_at=now)
        session.add(row)
    elif row.used_at is not None:
        return False
    row.expires_at = now + LIVES[purpose]
    await _forget_old(session, now)
    return True


async def _forget_old(session: AsyncSession, now: datetime) -> None:
    old = select(AccountToken.token_hash).where(AccountToken.expires_at <= now - KEPT).limit(PRUNED_AT_ONCE)
    await session.execute(delete(AccountToken).where(AccountToken.token_hash.in_(old.with_for_update(skip_locked=True))))


async def find_token(session: AsyncSession, token: str, purposes: Collection[TokenPurpose], now: datetime) -> AccountToken | None:
    """The row of a token that serves one of those purposes now; None for any other. It is sure to serve only in a
    transaction that holds its account."""
    if len(token) > LONGEST_TOKEN:
        return None
    row = await session.get(AccountToken, token_hash(token), populate_existing=True)
    serves = row is not None and row.purpose in purposes and row.used_at is None and now < row.expires_at
    return row if serves else None


async def void_tokens(session: AsyncSession, account_id: UUID, purposes: Collection[TokenPurpose], now: datetime) -> None:
    """Of those purposes, all that an account still has."""
    unused = (AccountToken.account_id == account_id, AccountToken.purpose.in_(purposes), AccountToken.used_at.is_(None))
    await session.execute(update(AccountToken).where(*unused).values(used_at=now))


async def pending_change(session: AsyncSession, account_id: UUID) -> EmailChange | None:
    """The change of address that an account waits for."""
    waiting = select(EmailChange).where(EmailChange.account_id == account_id, EmailChange.done_at.is_(None))
    return await session.scalar(waiting.execution_options(populate_existing=True))


async def replace_change(session: AsyncSession, change: EmailChange) -> None:
    """The change in place of the one that its account asked for before, whose links are void. Forgets some of anybody's
    that are old. The account must be held."""
    await void_tokens(session, change.account_id, OF_A_CHANGE, change.requested_at)
    earlier = (EmailChange.account_id == change.account_id, EmailChange.done_at.is_(None))
    await session.execute(delete(EmailChange).where(*earlier))
    old = select(EmailChange.id).where(EmailChange.requested_at <= change.requested_at - CHANGES_KEPT).limit(PRUNED_AT_ONCE)
    await session.execute(delete(EmailChange).where(EmailChange.id.in_(old.with_for_update(skip_locked=True))))
    session.add(change)
