"""Job offers and the rules that need nothing but the row. Who may act on one is not decided here."""

import enum
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, composite, mapped_column

from errors import Conflict, Invalid, LimitReached, Problem
from models.base import Base, Serial
from models.calendar import quebec_day
from models.checks import is_said
from models.language import LocalizedText
from models.likeness import Gist, gist
from models.profile import ContractType, Education, WorkMode
from models.public_number import new_number
from models.salary import Salary, SalaryPeriod

RUNS_FOR = timedelta(days=30)
LONGEST_RUN = 120
"""Days from its publication to its last day, at most, however often it is extended."""


class JobOfferStatus(enum.StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"
    EXPIRED = "EXPIRED"
    REMOVED = "REMOVED"


ONCE_FOUND = (JobOfferStatus.PUBLISHED, JobOfferStatus.EXPIRED)
"""Which can still be ended, by its employer or by an agent."""


class JobOffer(Base):
    __tablename__ = "job_offer"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"))
    external_id: Mapped[str | None]
    number: Mapped[str] = mapped_column(unique=True, default=new_number)
    status: Mapped[JobOfferStatus] = mapped_column(default=JobOfferStatus.DRAFT)
    title_fr: Mapped[str | None]
    title_en: Mapped[str | None]
    title: Mapped[LocalizedText] = composite("title_fr", "title_en")
    description_fr: Mapped[str | None]
    description_en: Mapped[str | None]
    description: Mapped[LocalizedText] = composite("description_fr", "description_en")
    occupation: Mapped[str]
    skills: Mapped[list[str]]
    region: Mapped[str]
    city: Mapped[str | None]
    contract_type: Mapped[ContractType]
    work_mode: Mapped[WorkMode]
    hours_per_week: Mapped[float | None]
    salary_minimum: Mapped[int | None]
    salary_maximum: Mapped[int | None]
    salary_period: Mapped[SalaryPeriod | None]
    openings: Mapped[int]
    education: Mapped[Education]
    years_of_experience: Mapped[int]
    languages: Mapped[list[str]]
    accepts_online_applications: Mapped[bool]
    how_to_apply_fr: Mapped[str | None]
    how_to_apply_en: Mapped[str | None]
    how_to_apply: Mapped[LocalizedText] = composite("how_to_apply_fr", "how_to_apply_en")
    posted_by_agency: Mapped[bool] = mapped_column(default=False)
    recruits_for: Mapped[str | None]
    """For whom an agency looks, as it says itself."""
    sketch_fr: Mapped[str | None] = mapped_column(deferred=True)
    sketch_en: Mapped[str | None] = mapped_column(deferred=True)
    """Of what it said when it was published or changed since (models.likeness): read only to compare offers."""
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    """When it was published, or last changed in what criteria read: alerts made after that do not hear of it."""
    ends_on: Mapped[date | None]
    """Last day, in Québec, on which it can be found."""
    removal_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("employer_id", "external_id"),
        Index(None, "status", "published_at"),
        Index(None, "status", "announced_at"),
        Index(None, "status", "region", "published_at"),
        Index(None, "status", "occupation", "published_at"),
        Index(None, "employer_id", "status"),
        Index(None, "employer_id", "published_at"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def salary(self) -> Salary | None:
        if self.salary_minimum is None or self.salary_maximum is None or self.salary_period is None:
            return None
        return Salary(self.salary_minimum, self.salary_maximum, self.salary_period, self.hours_per_week)

    def publish(self, now: datetime) -> None:
        """Opens the offer for thirty days. Raises Conflict unless it is a draft, Invalid when it cannot be read or
        applied to."""
        if self.status is JobOfferStatus.PUBLISHED:
            raise Conflict("ALREADY_PUBLISHED", existing=("JobOffer", self.id))
        if self.status is not JobOfferStatus.DRAFT:
            raise Conflict("NOT_A_DRAFT")
        self.require_findable()
        self.status = JobOfferStatus.PUBLISHED
        self.published_at, self.announced_at = now, now
        self.ends_on = quebec_day(now) + RUNS_FOR
        self.keep_sketches()

    def require_findable(self) -> None:
        """Raises Invalid, with all that is missing at once, unless people can read what it is, for whom and how to apply."""
        told = {
            "title": _said(self.title),
            "description": _said(self.description),
            "occupation": is_said(self.occupation),
            "region": is_said(self.region),
            "openings": self.openings >= 1,
            "howToApply": self.accepts_online_applications or _said(self.how_to_apply),
            "recruitsFor": not self.posted_by_agency or is_said(self.recruits_for),
        }
        if missing := [name for name, there in told.items() if not there]:
            raise Invalid([Problem((name,), "REQUIRED_TO_PUBLISH") for name in missing])

    @property
    def gist(self) -> Gist:
        """Of what it says now."""
        return gist(self.title, self.description, self.occupation, self.region)

    def keep_sketches(self) -> None:
        """So that other offers are compared with what this one says now."""
        sketches = self.gist.sketches
        self.sketch_fr, self.sketch_en = sketches.fr, sketches.en

    def require_editable(self, today: date) -> None:
        """Raises Conflict once it has ended."""
        if self.status is not JobOfferStatus.DRAFT and not self.open_on(today):
            raise Conflict("NOT_EDITABLE")

    def extend(self, days: int, today: date) -> None:
        """Moves its last day. Raises Conflict unless it is open, LimitReached when it would run too long."""
        if not self.open_on(today) or self.published_at is None or self.ends_on is None:
            raise Conflict("NOT_PUBLISHED")
        first, wanted = quebec_day(self.published_at), self.ends_on + timedelta(days=days)
        if (wanted - first).days > LONGEST_RUN:
            raise LimitReached("RUNS_TOO_LONG", limit=LONGEST_RUN, current=(self.ends_on - first).days)
        self.ends_on = wanted

    def remove(self, reason: str) -> None:
        """Takes it out of every search, for good, for a reason that its employer reads. Raises Conflict unless it is published
        or has run out."""
        if self.status not in ONCE_FOUND:
            raise Conflict("NOT_PUBLISHED")
        self.status, self.removal_reason = JobOfferStatus.REMOVED, reason

    def close(self) -> None:
        """Takes it out of every search, for good. Raises Conflict unless it is published or has run out: then people may still
        wait for an answer."""
        if self.status not in ONCE_FOUND:
            raise Conflict("NOT_PUBLISHED")
        self.status = JobOfferStatus.CLOSED

    def expire(self, today: date) -> bool:
        """Marks an offer whose last day has passed; False when there is nothing to mark."""
        if self.status is not JobOfferStatus.PUBLISHED or self.open_on(today):
            return False
        self.status = JobOfferStatus.EXPIRED
        return True

    def open_on(self, today: date) -> bool:
        """Whether anybody may find it on that day, as far as this row tells."""
        return self.status is JobOfferStatus.PUBLISHED and self.ends_on is not None and today <= self.ends_on


def _said(written: LocalizedText) -> bool:
    """In one of the languages, or in both."""
    return is_said(written.fr) or is_said(written.en)


class JobOfferEvent(Base):
    """One step in the history of an offer: what it became, when, by whom and why."""

    __tablename__ = "job_offer_event"

    id: Mapped[Serial]
    job_offer_id: Mapped[UUID] = mapped_column(ForeignKey("job_offer.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[JobOfferStatus]
    by: Mapped[UUID | None]
    """The account that did it; None for the service itself."""
    reason: Mapped[str | None]
    changed: Mapped[list[str]] = mapped_column(default=list)
    """The fields of a published offer that were changed, by their names in JobOfferDraft, or the day on which it ends."""
