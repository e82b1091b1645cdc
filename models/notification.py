"""The ledger of what people were told: one notification for a person and an offer or a candidacy, one delivery for each
channel."""

import enum
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.job_alert import JobAlertFrequency


class Channel(enum.StrEnum):
    EMAIL = "EMAIL"
    LIVE = "LIVE"


class DeliveryStatus(enum.StrEnum):
    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"
    SUPPRESSED = "SUPPRESSED"


class NotificationKind(enum.StrEnum):
    """What a person was told of."""

    JOB_OFFER_MATCHED = "JOB_OFFER_MATCHED"
    CANDIDACY_MATCHED = "CANDIDACY_MATCHED"
    """Told to a member of an employer; the others are told to candidates."""
    PUBLICATION_ENDING = "PUBLICATION_ENDING"
    PUBLICATION_ENDED = "PUBLICATION_ENDED"
    RESIDENCE_NOTICE = "RESIDENCE_NOTICE"
    RESIDENCE_SETTLED = "RESIDENCE_SETTLED"
    """The case was closed in time."""
    FILE_DEACTIVATED = "FILE_DEACTIVATED"
    RETURN_RECORDED = "RETURN_RECORDED"
    """The person lives abroad again, as far as the service knows."""
    FILE_REOPENED = "FILE_REOPENED"


class Notification(Base):
    """One thing that a person was told: of an offer or a candidacy that was published, of the end of a publication of their own
    (`ends_on`), or of a step of a residence case. `position` counts what was published, in the order of the commits and without
    gaps: a stream resumes by it."""

    __tablename__ = "notification"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    job_offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("job_offer.id"), index=True)
    matched_candidacy_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidacy.id"), index=True)
    candidacy_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidacy.id"))
    """The person's own."""
    ends_on: Mapped[date | None]
    residence_case_id: Mapped[UUID | None] = mapped_column(ForeignKey("residence_case.id"))
    kind: Mapped[NotificationKind]
    position: Mapped[int | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("person_id", "job_offer_id"),
        UniqueConstraint("person_id", "matched_candidacy_id"),
        UniqueConstraint("person_id", "position"),
        UniqueConstraint("candidacy_id", "ends_on", "kind"),
        UniqueConstraint("residence_case_id", "kind"),
    )


class NotificationAlert(Base):
    """Which of a person's alerts it matched."""

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
    frequency: Mapped[JobAlertFrequency | None]
    """Of the alert mail that it waits for or went with; of e-mails about what was published alone."""
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("alert_mail.id"), index=True)
    at: Mapped[datetime | None]
    problem: Mapped[str | None]

    __table_args__ = (UniqueConstraint("notification_id", "channel"),)
