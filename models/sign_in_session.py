"""Sessions: one sign-in on one device, kept alive by refresh tokens that each serve once."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class SignInSession(Base):
    """The family of every token that came of one sign-in. Ending it ends them all, at once."""

    __tablename__ = "sign_in_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def end(self, now: datetime) -> None:
        self.ended_at = self.ended_at or now


async def end_sessions(session: AsyncSession, account_id: UUID, now: datetime, *, kept: UUID | None = None) -> None:
    """Every one of an account, but the one that is kept."""
    standing = update(SignInSession).where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
    if kept is not None:
        standing = standing.where(SignInSession.id != kept)
    await session.execute(standing.values(ended_at=now), execution_options={"synchronize_session": False})


class RefreshToken(Base):
    """A refresh token, kept as its hash. Used twice, it was stolen: the family ends."""

    __tablename__ = "refresh_token"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_session.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
