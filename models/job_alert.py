"""Alerts: saved searches that tell their person of what is published, and the anchors by which that finds them. Those of
candidates are job alerts, for offers; those of members of employers are in models.candidacy_search."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.document import Kind
from models.job_offer_criteria import JobOfferCriteria
from models.stored_criteria import Criteria, from_json

ALERT_STARTED = "job_alert.started"
"""The kind of outbox entry that owes what was announced while an alert of either kind began; its subject is the alert."""
ALERT_RETURNED = "job_alert.returned"
"""The same of all that was announced since it started: its owner could hear of nothing for a while."""


class JobAlertStatus(enum.StrEnum):
    ON = "ON"
    PAUSED = "PAUSED"


class JobAlertFrequency(enum.StrEnum):
    LIVE = "LIVE"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"


class Alert(Base):
    """`criteria` are stored (models.stored_criteria), with their version inside."""

    __tablename__ = "job_alert"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[Kind]
    """Of what it tells."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
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

    __table_args__ = (UniqueConstraint("person_id", "name"),)
    __mapper_args__: dict[str, Any] = {"version_id_col": version, "polymorphic_on": "kind", "polymorphic_abstract": True}

    @property
    def wanted(self) -> Criteria:
        """What it tells of."""
        raise NotImplementedError


class JobAlert(Alert):
    """Of offers, for a candidate."""

    __mapper_args__ = {"polymorphic_identity": Kind.JOB_OFFER}

    @property
    def wanted(self) -> JobOfferCriteria:
        return from_json(self.criteria)


class JobAlertAnchor(Base):
    """One token of one mandatory clause of an alert. What has none of an alert's anchors cannot match it.
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
