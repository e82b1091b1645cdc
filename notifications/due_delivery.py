"""An e-mail that is owed, with all that decides whether it may still go. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.calendar import quebec_day
from models.candidate import Candidate
from models.employer import Employer
from models.job_alert import JobAlert, JobAlertFrequency, JobAlertStatus
from models.job_offer import JobOffer
from models.notification import Delivery, DeliveryStatus, Notification, NotificationAlert
from notifications.open_offer import why_closed


@dataclass(frozen=True)
class DueDelivery:
    """`alerts` are those that matched and still ask for an e-mail at once, oldest first."""

    account: Account
    candidate: Candidate
    offer: JobOffer
    employer: Employer
    alerts: Sequence[JobAlert]

    def why_not(self, now: datetime) -> str | None:
        """The code of what came between; None when the e-mail may go."""
        if not self.candidate.standing:
            return "REGISTRATION_NOT_ACTIVE"
        if self.account.email_confirmed_at is None:
            return "EMAIL_NOT_CONFIRMED"
        if not self.alerts:
            return "ALERT_NOT_ON"
        return why_closed(self.offer, self.employer, quebec_day(now))


async def find_due_delivery(session: AsyncSession, delivery_id: UUID) -> DueDelivery | None:
    """The delivery if it is there and neither sent, failed nor suppressed."""
    query = (
        select(Notification.id, Account, Candidate, JobOffer, Employer)
        .join(Delivery, Delivery.notification_id == Notification.id)
        .join(Account, Account.id == Notification.candidate_id)
        .join(Candidate, Candidate.id == Notification.candidate_id)
        .join(JobOffer, JobOffer.id == Notification.job_offer_id)
        .join(Employer, Employer.id == JobOffer.employer_id)
        .where(Delivery.id == delivery_id, Delivery.status == DeliveryStatus.QUEUED)
    )
    if (found := (await session.execute(query)).one_or_none()) is None:
        return None
    notification_id, account, candidate, offer, employer = found
    return DueDelivery(account, candidate, offer, employer, await _alerts(session, notification_id))


async def _alerts(session: AsyncSession, notification_id: UUID) -> Sequence[JobAlert]:
    query = (
        select(JobAlert)
        .join(NotificationAlert, NotificationAlert.alert_id == JobAlert.id)
        .where(NotificationAlert.notification_id == notification_id)
        .where(JobAlert.status == JobAlertStatus.ON, JobAlert.frequency == JobAlertFrequency.LIVE)
        .order_by(JobAlert.created_at, JobAlert.id)
    )
    return (await session.scalars(query)).all()
