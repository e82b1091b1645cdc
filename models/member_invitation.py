"""Invitations to act for an employer. Each waits for the reader of one address, fourteen days at most; a row goes once it was
accepted, cancelled, or replaced by another to the same address. Who may invite is not decided here."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.employer import MemberRole
from models.language import Language

LIFE = timedelta(days=14)
MOST_OPEN = 20
"""Of one employer."""
MOST_MEMBERS = 50
"""Of one employer, invited or not."""
INVITED: Final = "member.invited"
"""The kind of outbox entry that owes the letter; its subject is the invitation."""


class MemberInvitation(Base):
    __tablename__ = "member_invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    """Another for every letter: the link of an earlier one finds nothing."""
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"))
    email: Mapped[str]
    """In lower case, as the owner entered it: whoever reads it, the link finds out."""
    name: Mapped[str]
    role: Mapped[MemberRole]
    language: Mapped[Language]
    """Of the letter."""
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("employer_member.id"))
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("employer_id", "email"),)

    def open_at(self, now: datetime) -> bool:
        return now < self.expires_at
