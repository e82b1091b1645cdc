"""Consultations: every time an employer opened a candidacy, for the candidate to see."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Consultation(Base):
    __tablename__ = "consultation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacy.id"), index=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("employer_member.id"))
    at: Mapped[datetime]
    purpose: Mapped[str | None]

    __table_args__ = (Index(None, "member_id", "candidacy_id", "at"),)
