"""What the ministry's registry is asked about a person, and each attempt at an answer. Attempts hold no certificate number."""

import enum
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Serial


class Purpose(enum.StrEnum):
    """What hangs on the answer."""

    REGISTRATION = "REGISTRATION"
    """Whether the file is opened."""
    CORRECTION = "CORRECTION"
    """Whether other values take the place of the certificate's."""
    RETURN = "RETURN"
    """Whether somebody who lived in Canada lives abroad again."""


ACCEPTED, SUPERSEDED = "ACCEPTED", "SUPERSEDED"
"""Outcomes: the answer was yes, and another question took its place. Any other outcome is the code of a refusal."""
OPEN = text("settled_at IS NULL")


class RegistryQuestion(Base):
    """Open until it has an answer, or another question took its place. A correction holds the values it asks about, sealed; a
    return the country that was declared."""

    __tablename__ = "registry_question"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"), index=True)
    purpose: Mapped[Purpose]
    sealed_file_number: Mapped[bytes | None]
    sealed_individual_reference_number: Mapped[bytes | None]
    certificate_issued_on: Mapped[date | None]
    certificate_expires_on: Mapped[date | None]
    country_of_residence: Mapped[str | None]
    asked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """ACCEPTED, SUPERSEDED, or the code of the refusal."""

    __table_args__ = (
        Index("uq_registry_question_open", "candidate_id", "purpose", unique=True, postgresql_where=OPEN, sqlite_where=OPEN),
    )


async def supersede_open(session: AsyncSession, candidate_id: UUID, purpose: Purpose, now: datetime) -> None:
    """What was asked for that purpose is not waited for any more. The file is held."""
    waiting = select(RegistryQuestion).where(
        RegistryQuestion.candidate_id == candidate_id,
        RegistryQuestion.purpose == purpose,
        RegistryQuestion.settled_at.is_(None),
    )
    for each in await session.scalars(waiting.with_for_update()):
        each.settled_at, each.outcome = now, SUPERSEDED
    await session.flush()


class RegistryAttempt(Base):
    """One question put to the registry. Those of a registration that was refused at once belong to nobody."""

    __tablename__ = "registry_attempt"

    id: Mapped[Serial]
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("registry_question.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
    """A models.certificate.Verdict."""
    problem: Mapped[str | None]
    """Why there was no answer: a stable code."""
    milliseconds: Mapped[int]
