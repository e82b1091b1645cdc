"""Applications of candidates to job offers: the rows. Which step may follow which is in models.application_transition, what comes
with a step in models.application_step, and nothing else changes a status."""

import enum
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from models.base import Base, Serial

A_DAY = 50
"""How many one person may send on one day in Québec."""
LONGEST_TEXT = 5_000
"""Characters of a cover letter, a message or a reason."""
REMINDED_AFTER = timedelta(days=20)
"""An employer that has not moved an application for so long is reminded of it, once for each state."""


class ApplicationStatus(enum.StrEnum):
    SUBMITTED = "SUBMITTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    INTERVIEW = "INTERVIEW"
    OFFERED = "OFFERED"
    HIRED = "HIRED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


ENDED = (ApplicationStatus.DECLINED, ApplicationStatus.WITHDRAWN, ApplicationStatus.CLOSED)
"""States after which the candidate may apply again."""


class DeclineReason(enum.StrEnum):
    POSITION_FILLED = "POSITION_FILLED"
    EXPERIENCE = "EXPERIENCE"
    EDUCATION = "EDUCATION"
    LANGUAGE = "LANGUAGE"
    SKILLS = "SKILLS"
    AVAILABILITY = "AVAILABILITY"
    OFFER_CANCELLED = "OFFER_CANCELLED"
    OTHER = "OTHER"


class Application(Base):
    """`snapshot` is the candidacy as it was, in the form that models.snapshot reads: it never changes. `moved_at` is when it
    last took a step."""

    __tablename__ = "application"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacy.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"))
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"))
    job_offer_id: Mapped[UUID] = mapped_column(ForeignKey("job_offer.id"))
    status: Mapped[ApplicationStatus] = mapped_column(default=ApplicationStatus.SUBMITTED)
    snapshot: Mapped[dict[str, Any]]
    cover_letter: Mapped[str | None]
    decline_reason: Mapped[DeclineReason | None]
    decline_message: Mapped[str | None]
    submitted_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index(
            "uq_application_standing",
            *("candidacy_id", "job_offer_id"),
            unique=True,
            postgresql_where=text("status NOT IN ('DECLINED', 'WITHDRAWN', 'CLOSED')"),
            sqlite_where=text("status NOT IN ('DECLINED', 'WITHDRAWN', 'CLOSED')"),
        ),
        Index(None, "candidate_id", "submitted_at"),
        Index(None, "job_offer_id", "submitted_at"),
        Index(None, "employer_id", "submitted_at"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def standing(self) -> bool:
        """Whether it is neither refused nor given up: for so long the employer reads who the candidate is."""
        return self.status not in ENDED

    def no_news_since(self, now: datetime) -> datetime | None:
        """When it last moved, once its employer has left it for as long as it is reminded after."""
        waits = self.standing and self.status is not ApplicationStatus.HIRED
        return self.moved_at if waits and now >= self.moved_at + REMINDED_AFTER else None

    @validates("snapshot")
    def _keep(self, name: str, taken: dict[str, Any]) -> dict[str, Any]:
        """Raises ValueError for a second one."""
        if getattr(self, name) is not None:
            raise ValueError("a snapshot does not change")
        return taken


class ApplicationEvent(Base):
    """One step in the history of an application: what it became, when, by whom and why."""

    __tablename__ = "application_event"

    id: Mapped[Serial]
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[ApplicationStatus]
    by: Mapped[UUID | None]
    """The account that did it; None for the service itself."""
    reason: Mapped[str | None]
    """What was written with it by whoever did it, or why the service did it, by a code: models.application_transition."""
