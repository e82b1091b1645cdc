"""Employers, their members, and their authentication by the service."""

import enum
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from errors import Conflict, NotEligible
from models.base import Base, Serial

NEQ_PREFIXES = ("11", "22", "33", "88")


class EmployerStatus(enum.StrEnum):
    PENDING = "PENDING"
    AUTHENTICATED = "AUTHENTICATED"
    REFUSED = "REFUSED"
    SUSPENDED = "SUSPENDED"


class MemberRole(enum.StrEnum):
    OWNER = "OWNER"
    """Invites others, decides what they are, and ends that they act for the employer."""
    MEMBER = "MEMBER"


HOLDING = text("status = 'AUTHENTICATED'")
"""Anybody may register with an NEQ, and learns nothing of others with it: agents decide whose it is. One at most has it then."""


class Employer(Base):
    __tablename__ = "employer"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    neq: Mapped[str] = mapped_column(index=True)
    city: Mapped[str | None]
    region: Mapped[str | None]
    website: Mapped[str | None]
    status: Mapped[EmployerStatus] = mapped_column(default=EmployerStatus.PENDING, index=True)
    status_reason: Mapped[str | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("uq_employer_authenticated_neq", "neq", unique=True, postgresql_where=HOLDING, sqlite_where=HOLDING),)

    @property
    def authenticated(self) -> bool:
        return self.status is EmployerStatus.AUTHENTICATED

    def require_authenticated(self) -> None:
        """Raises NotEligible, with a code of its own for each state, unless an agent has authenticated it."""
        if not self.authenticated:
            code = {
                EmployerStatus.PENDING: "EMPLOYER_NOT_AUTHENTICATED",
                EmployerStatus.REFUSED: "EMPLOYER_REFUSED",
                EmployerStatus.SUSPENDED: "EMPLOYER_SUSPENDED",
            }[self.status]
            raise NotEligible(code, reason=self.status_reason or "")

    def require_standing(self) -> None:
        """Raises NotEligible for one that was refused or is suspended: one that waits may get ready."""
        if self.status is not EmployerStatus.PENDING:
            self.require_authenticated()

    def authenticate(self, reason: str | None) -> None:
        """Raises Conflict unless it waits for that, or was refused: then it may be authenticated after all."""
        if self.authenticated:
            raise Conflict("ALREADY_AUTHENTICATED")
        if self.status is EmployerStatus.SUSPENDED:
            raise Conflict("NOT_PENDING")
        self.status, self.status_reason = EmployerStatus.AUTHENTICATED, reason

    def refuse(self, reason: str) -> None:
        """Raises Conflict unless it is waiting for authentication."""
        if self.status is not EmployerStatus.PENDING:
            raise Conflict("NOT_PENDING")
        self.status, self.status_reason = EmployerStatus.REFUSED, reason

    def suspend(self, reason: str) -> None:
        """Raises Conflict unless it is authenticated."""
        if not self.authenticated:
            raise Conflict("NOT_AUTHENTICATED")
        self.status, self.status_reason = EmployerStatus.SUSPENDED, reason

    def reinstate(self, reason: str | None) -> None:
        """Raises Conflict unless it is suspended."""
        if self.status is not EmployerStatus.SUSPENDED:
            raise Conflict("NOT_SUSPENDED")
        self.status, self.status_reason = EmployerStatus.AUTHENTICATED, reason


class EmployerEvent(Base):
    """One step in the history of an employer: what it became, when, by which agent and why."""

    __tablename__ = "employer_event"

    id: Mapped[Serial]
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[EmployerStatus]
    by: Mapped[UUID | None]
    """The account of the agent; None for its registration."""
    reason: Mapped[str | None]


class EmployerMember(Base):
    __tablename__ = "employer_member"

    id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), index=True)
    name: Mapped[str]
    role: Mapped[MemberRole] = mapped_column(default=MemberRole.MEMBER)
    removed_at: Mapped[datetime | None]
    """Since when the person does not act for it any more, for good. The row stays: it says who did what."""
    removed_by: Mapped[UUID | None]
    """The account of the owner who ended it, or the person's own."""
    live_position: Mapped[int] = mapped_column(default=0)
    """The position of the last notification of this person, as that of a candidate."""

    @property
    def owns(self) -> bool:
        return self.role is MemberRole.OWNER

    def end(self, by: UUID, now: datetime) -> None:
        self.removed_at, self.removed_by = now, by


ACTING = EmployerMember.removed_at.is_(None)
"""Of members: those who act for their employer."""


async def was_member(session: AsyncSession, account_id: UUID) -> bool:
    """Whether it is the account of somebody who acts for an employer no more: it is closed."""
    return await session.scalar(select(EmployerMember.id).where(EmployerMember.id == account_id, ~ACTING)) is not None


def is_neq(typed: str) -> bool:
    """Ten digits: all that is required of a Québec enterprise number."""
    return len(typed) == 10 and typed.isascii() and typed.isdigit()


def neq_looks_right(neq: str) -> bool:
    """A hint for the agent, never a refusal: a known prefix, and the Luhn check over the last eight digits."""
    digits = [int(c) for c in neq[2:]]
    doubled = [d if i % 2 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)]
    return neq.startswith(NEQ_PREFIXES) and sum(doubled) % 10 == 0
