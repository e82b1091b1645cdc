"""What people say is wrong with a job offer. Each says so once of an offer; who said it is for agents alone to know."""

import enum
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

LONGEST_COMMENT = 1000
A_DAY = 20
"""How many one person may send on one day in Québec."""


class JobOfferReportReason(enum.StrEnum):
    FRAUD = "FRAUD"
    FEES = "FEES"
    DISCRIMINATION = "DISCRIMINATION"
    MISLEADING = "MISLEADING"
    FILLED = "FILLED"
    OFFENSIVE = "OFFENSIVE"
    OTHER = "OTHER"


class JobOfferReport(Base):
    """`cleared_at` is when an agent had seen it and left the offer as it is."""

    __tablename__ = "job_offer_report"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    job_offer_id: Mapped[UUID] = mapped_column(ForeignKey("job_offer.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"))
    reason: Mapped[JobOfferReportReason]
    comment: Mapped[str | None]
    created_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("job_offer_id", "candidate_id"), Index(None, "candidate_id", "created_at"))
