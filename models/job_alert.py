"""Job alerts: saved offer searches, and the anchors by which a new offer finds them."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class JobAlertStatus(enum.StrEnum):
    ON = "ON"
    PAUSED = "PAUSED"


class JobAlertFrequency(enum.StrEnum):
    LIVE = "LIVE"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"


class JobAlert(Base):
    """`criteria` is a stored models.job_offer_criteria.JobOfferCriteria, with its version inside."""

    __tablename__ = "job_alert"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"))
    name: Mapped[str]
    status: Mapped[JobAlertStatus] = mapped_column(default=JobAlertStatus.ON)
    frequency: Mapped[JobAlertFrequency]
    criteria: Mapped[dict[str, Any]]
    estimate_days: Mapped[int]
    estimate_matches: Mapped[int]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime]
    """When it was made, given new criteria or resumed, whichever came last: it hears of what is announced from then on."""
    last_notified_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("candidate_id", "name"),)
    __mapper_args__ = {"version_id_col": version}


class JobAlertAnchor(Base):
    """One token of one mandatory clause of an alert. An offer that has none of an alert's anchors cannot match it.
    The other columns are cheap bounds that rule out most of the rest before anything is loaded; NULL bounds nothing."""

    __tablename__ = "job_alert_anchor"

    token: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[UUID] = mapped_column(ForeignKey("job_alert.id", ondelete="CASCADE"), primary_key=True, index=True)
    regions: Mapped[int | None]
    """A bit for each region code accepted."""
    contract_types: Mapped[int | None]
    minimum_salary: Mapped[int | None]
    maximum_required_years: Mapped[int | None]
    maximum_required_education: Mapped[int | None]
    remainder: Mapped[str | None]
    """What neither the token nor the bounds settle: a clause as JSON, to be verified. NULL when they say all."""
    version: Mapped[str]
    """Of the rules that made it: models.anchor.VERSION at that time."""

    __table_args__ = {"sqlite_with_rowid": False}
