"""The ledger of what people were told: one notification for a person and an offer, one delivery for each channel."""

import enum
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Channel(enum.StrEnum):
    EMAIL = "EMAIL"
    LIVE = "LIVE"


class DeliveryStatus(enum.StrEnum):
    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"
    SUPPRESSED = "SUPPRESSED"


class Notification(Base):
    """`position` counts a person's notifications in the order of their commits, without gaps: a stream resumes by it."""

    __tablename__ = "notification"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"))
    job_offer_id: Mapped[UUID] = mapped_column(ForeignKey("job_offer.id"), index=True)
    kind: Mapped[str]
    position: Mapped[int]
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("candidate_id", "job_offer_id"), UniqueConstraint("candidate_id", "position"))


class NotificationAlert(Base):
    """Which of a person's alerts an offer matched."""

    __tablename__ = "notification_alert"

    notification_id: Mapped[UUID] = mapped_column(ForeignKey("notification.id", ondelete="CASCADE"), primary_key=True)
    alert_id: Mapped[UUID] = mapped_column(ForeignKey("job_alert.id", ondelete="CASCADE"), primary_key=True, index=True)


class Delivery(Base):
    __tablename__ = "delivery"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    notification_id: Mapped[UUID] = mapped_column(ForeignKey("notification.id", ondelete="CASCADE"))
    channel: Mapped[Channel]
    status: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime | None]
    problem: Mapped[str | None]

    __table_args__ = (UniqueConstraint("notification_id", "channel"),)
