"""Mails of alerts: each gathers what one person is told of together, and is sent at an hour that the person chose."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.account import Account
from models.base import Base
from models.calendar import next_hour
from models.deadline import DeadlineKind
from models.job_alert import JobAlertFrequency

GATHERED: Mapping[JobAlertFrequency, DeadlineKind] = {
    JobAlertFrequency.LIVE: DeadlineKind.LIVE_MAIL,
    JobAlertFrequency.DAILY: DeadlineKind.DAILY_MAIL,
    JobAlertFrequency.WEEKLY: DeadlineKind.WEEKLY_MAIL,
}
"""The deadline at which what waits for a mail of that frequency is gathered into one; its subject is the person."""


class AlertMail(Base):
    """The deliveries of an e-mail name the mail that they went with. It names itself in its Message-ID, so that what is sent
    again after a crash is known for the same mail."""

    __tablename__ = "alert_mail"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    frequency: Mapped[JobAlertFrequency]
    created_at: Mapped[datetime]


def next_digest(account: Account, frequency: JobAlertFrequency, now: datetime) -> datetime:
    """The first instant after `now` at which a daily or weekly mail goes out to that person."""
    weekday = account.mail_weekday.number if frequency is JobAlertFrequency.WEEKLY else None
    return next_hour(now, ZoneInfo(account.time_zone), account.mail_hour, weekday)
