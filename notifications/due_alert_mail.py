"""An alert mail that is owed, with all that decides what of it may still go. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.alert_mail import AlertMail
from models.calendar import quebec_day
from models.candidate import Candidate
from models.employer import Employer
from models.hidden_employer import HiddenEmployer
from models.job_alert import JobAlert, JobAlertStatus
from models.job_offer import JobOffer
from models.notification import Delivery, DeliveryStatus, Notification, NotificationAlert
from notifications.open_offer import why_closed


@dataclass(frozen=True)
class DueOffer:
    """What one delivery tells of. `alerts` are those that matched and are still on, oldest first; `hidden` is whether the person
    hides from the employer."""

    delivery_id: UUID
    offer: JobOffer
    employer: Employer
    alerts: Sequence[JobAlert]
    hidden: bool

    def why_not(self, now: datetime) -> str | None:
        if not self.alerts:
            return "ALERT_NOT_ON"
        if self.hidden:
            return "EMPLOYER_HIDDEN"
        return why_closed(self.offer, self.employer, quebec_day(now))


@dataclass(frozen=True)
class DueMail:
    """`offers` are those of its deliveries that are neither sent, failed nor suppressed, in the order in which they came."""

    mail: AlertMail
    account: Account
    candidate: Candidate
    offers: Sequence[DueOffer]

    def why_not(self) -> str | None:
        """The code of what keeps all of it; None when the mail may go."""
        return self.account.why_no_alerts if self.candidate.standing else "REGISTRATION_NOT_ACTIVE"


async def find_due_mail(session: AsyncSession, mail_id: UUID) -> DueMail | None:
    """The mail, if anything of it is still owed."""
    query = (
        select(AlertMail, Account, Candidate)
        .join(Account, Account.id == AlertMail.person_id)
        .join(Candidate, Candidate.id == AlertMail.person_id)
        .where(AlertMail.id == mail_id)
    )
    if (found := (await session.execute(query)).one_or_none()) is None:
        return None
    offers = await _offers(session, found[0])
    return DueMail(*found, offers) if offers else None


async def _offers(session: AsyncSession, mail: AlertMail) -> list[DueOffer]:
    query = (
        select(Delivery.id, Notification.id, JobOffer, Employer)
        .join(Notification, Notification.id == Delivery.notification_id)
        .join(JobOffer, JobOffer.id == Notification.job_offer_id)
        .join(Employer, Employer.id == JobOffer.employer_id)
        .where(Delivery.mail_id == mail.id, Delivery.status == DeliveryStatus.QUEUED)
        .order_by(Notification.position)
    )
    rows = (await session.execute(query)).all()
    alerts = await _alerts(session, [notification for _, notification, _, _ in rows])
    hidden = set(await session.scalars(select(HiddenEmployer.neq).where(HiddenEmployer.candidate_id == mail.person_id)))
    return [
        DueOffer(delivery, offer, employer, alerts[notification], employer.neq in hidden)
        for delivery, notification, offer, employer in rows
    ]


async def _alerts(session: AsyncSession, notification_ids: Collection[UUID]) -> dict[UUID, list[JobAlert]]:
    query = (
        select(NotificationAlert.notification_id, JobAlert)
        .join(JobAlert, JobAlert.id == NotificationAlert.alert_id)
        .where(NotificationAlert.notification_id.in_(notification_ids), JobAlert.status == JobAlertStatus.ON)
        .order_by(JobAlert.created_at, JobAlert.id)
    )
    alerts: defaultdict[UUID, list[JobAlert]] = defaultdict(list)
    for notification_id, alert in await session.execute(query):
        alerts[notification_id].append(alert)
    return alerts
