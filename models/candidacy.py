"""Candidacies and the rules that need nothing but the row. Who may act on one is not decided here."""

import enum
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, composite, mapped_column

from errors import Conflict, Invalid, Problem
from models.base import Base
from models.calendar import quebec_day
from models.language import LocalizedText
from models.profile import Education
from models.public_number import new_number


class CandidacyStatus(enum.StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


class Candidacy(Base):
    """A professional profile. `languages` holds levels in their kept form; see models.profile.LanguageLevel."""

    __tablename__ = "candidacy"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"), index=True)
    external_id: Mapped[str | None]
    number: Mapped[str] = mapped_column(unique=True, default=new_number)
    status: Mapped[CandidacyStatus] = mapped_column(default=CandidacyStatus.DRAFT)
    title_fr: Mapped[str | None]
    title_en: Mapped[str | None]
    title: Mapped[LocalizedText] = composite("title_fr", "title_en")
    summary_fr: Mapped[str | None]
    summary_en: Mapped[str | None]
    summary: Mapped[LocalizedText] = composite("summary_fr", "summary_en")
    experience_fr: Mapped[str | None]
    experience_en: Mapped[str | None]
    experience: Mapped[LocalizedText] = composite("experience_fr", "experience_en")
    occupations: Mapped[list[str]]
    skills: Mapped[list[str]]
    languages: Mapped[list[str]]
    education: Mapped[Education]
    years_of_experience: Mapped[int]
    regions: Mapped[list[str]]
    work_modes: Mapped[list[str]]
    available_from: Mapped[date | None]
    minimum_salary: Mapped[int | None]
    """Canadian dollars a year."""
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    """When it was published, or last changed in what criteria read: searches saved after that do not hear of it."""
    publication_ends_on: Mapped[date | None]
    """Last day, in Québec, on which it can be found."""
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("candidate_id", "external_id"),
        Index(None, "status", "published_at"),
        Index(None, "status", "announced_at"),
    )
    __mapper_args__ = {"version_id_col": version}

    def publish(self, now: datetime, ends_on: date, besides: Sequence[Problem] = ()) -> None:
        """Opens a publication period. Raises Conflict when one is open, Invalid when there is nothing to be found by, or anything
        is wrong besides."""
        if self.visible_on(quebec_day(now)):
            raise Conflict("ALREADY_PUBLISHED", existing=("Candidacy", self.id))
        self.require_findable(besides)
        self.status = CandidacyStatus.PUBLISHED
        self.published_at, self.announced_at, self.publication_ends_on = now, now, ends_on

    def require_findable(self, besides: Sequence[Problem] = ()) -> None:
        """Raises Invalid unless it has what employers find it by, and nothing is wrong besides."""
        missing = [name for name in ("title", "occupations") if not getattr(self, name)]
        if missing or besides:
            raise Invalid([*(Problem((name,), "REQUIRED_TO_PUBLISH") for name in missing), *besides])

    def withdraw(self, today: date) -> None:
        """Takes it out of every search. Raises Conflict when it is not published, or not any more."""
        if not self.visible_on(today):
            raise Conflict("NOT_PUBLISHED")
        self.status = CandidacyStatus.WITHDRAWN

    def require_withdrawn(self, today: date) -> None:
        """Raises Conflict while it is published: whoever deletes it withdraws it first."""
        if self.visible_on(today):
            raise Conflict("WITHDRAW_FIRST", existing=("Candidacy", self.id))

    def expire(self, today: date) -> bool:
        """Marks a publication whose last day has passed; False when there is none."""
        if self.status is not CandidacyStatus.PUBLISHED or self.visible_on(today):
            return False
        self.status = CandidacyStatus.EXPIRED
        return True

    def visible_on(self, today: date) -> bool:
        """Whether an employer may find it on that day, as far as this row tells."""
        ends_on = self.publication_ends_on
        return self.status is CandidacyStatus.PUBLISHED and ends_on is not None and today <= ends_on
