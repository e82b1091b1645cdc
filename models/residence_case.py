"""Residence cases: what is done when a candidate turns out to live in Canada, step by step. What each step takes is in
models.residence."""

import enum
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Serial


class Residence(enum.StrEnum):
    """Where a person lives, as far as the service is concerned."""

    ABROAD = "ABROAD"
    QUEBEC = "QUEBEC"
    CANADA = "CANADA"
    """In Canada, elsewhere than in Québec."""


class ResidenceSource(enum.StrEnum):
    """Who says where the person lives."""

    DECLARED = "DECLARED"
    """The person."""
    REGISTRY = "REGISTRY"
    AGENT = "AGENT"


class ResidenceStep(enum.StrEnum):
    """What happened in a case; each of the last four closes it."""

    OPENED = "OPENED"
    FOUND_AGAIN = "FOUND_AGAIN"
    """Somebody else says so too, or the place is another one."""
    EXTENDED = "EXTENDED"
    """The notice went out late: the time to withdraw runs from then."""
    CANDIDACY_WITHDRAWN = "CANDIDACY_WITHDRAWN"
    NOTHING_PUBLISHED = "NOTHING_PUBLISHED"
    """Withdrawn in time, or never published: nothing more is asked."""
    DEACTIVATED = "DEACTIVATED"
    MOVED_ABROAD = "MOVED_ABROAD"
    REOPENED = "REOPENED"
    """An agent has opened the file again."""


OPEN = text("closed_at IS NULL")


class ResidenceCase(Base):
    """`deadline_at` is 48 elapsed hours after the notice was given, which is `opened_at` unless the service was late."""

    __tablename__ = "residence_case"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"), index=True)
    residence: Mapped[Residence]
    source: Mapped[ResidenceSource]
    opened_at: Mapped[datetime]
    deadline_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[ResidenceStep | None]
    """The step that closed it."""

    __table_args__ = (Index("uq_residence_case_open", "candidate_id", unique=True, postgresql_where=OPEN, sqlite_where=OPEN),)


class ResidenceEvent(Base):
    """One step of a case, for the person to read."""

    __tablename__ = "residence_event"

    id: Mapped[Serial]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("residence_case.id"), index=True)
    at: Mapped[datetime]
    step: Mapped[ResidenceStep]
    source: Mapped[ResidenceSource | None]
    """Who did it; None for the service itself."""
    by: Mapped[UUID | None]
    """The account that did it. The person reads who of DECLARED, REGISTRY and AGENT, and no agent's name."""
    reason: Mapped[str | None]
