"""An alert mail that is owed, with all that decides what of it may still go. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account, Role
from models.alert_mail import AlertMail
from models.calendar import quebec_day
from models.candidate import Candidate
from models.employer import Employer, EmployerMember
from models.hidden_employer import HiddenEmployer
from models.job_alert import Alert
from models.job_offer import JobOffer
from models.notification import Delivery, DeliveryStatus, Notification
from notifications.alert_letters import MatchedOffer
from notifications.due_candidacy import due_candidacies
from notifications.due_match import DueMatch, alerts_on
from notifications.open_offer import EMPLOYER_NOT_AUTHENTICATED, why_closed
from notifications.post import Post


@dataclass(frozen=True)
class DueOffer:
    """What one delivery tells of. `alerts` are those that matched and are still on, oldest first; `hidden` is whether the person
    hides from the employer."""

    delivery_id: UUID
    offer: JobOffer
    employer: Employer
    alerts: Sequence[Alert]
    hidden: bool

    @property
    def source(self) -> UUID:
        return self.employer.id

    def why_not(self, now: datetime) -> str | None:
        if not self.alerts:
            return "ALERT_NOT_ON"
        if self.hidden:
            return "EMPLOYER_HIDDEN"
        return why_closed(self.offer, self.employer, quebec_day(now))

    def matched(self, post: Post, everything: str) -> MatchedOffer:
        return MatchedOffer(self.offer, self.employer.name, post.links.job_offer(self.offer.number))


@dataclass(frozen=True)
class DueMail:
    """`matches` are those of its deliveries that are neither sent, failed nor suppressed, in the order in which they came;
    `not_for` is the code of why its person may hear of nothing."""

    mail: AlertMail
    account: Account
    name: str
    not_for: str | None
    matches: Sequence[DueMatch]

    def why_not(self) -> str | None:
        """The code of what keeps all of it; None when the mail may go."""
        return self.not_for or self.account.why_no_alerts


async def find_due_mail(session: AsyncSession, mail_id: UUID) -> DueMail | None:
    """The mail, if anything of it is still owed."""
    query = select(AlertMail, Account).join(Account, Account.id == AlertMail.person_id).where(AlertMail.id == mail_id)
    if (found := (await session.execute(query)).one_or_none()) is None:
        return None
    mail, account = found
    due = await (_to_member if account.role is Role.EMPLOYER_MEMBER else _to_candidate)(session, mail, account)
    return due if due and due.matches else None


async def _to_candidate(session: AsyncSession, mail: AlertMail, account: Account) -> DueMail | None:
    if (candidate := await session.get(Candidate, account.id)) is None:
        return None
    not_for = None if candidate.standing else "REGISTRATION_NOT_ACTIVE"
    return DueMail(mail, account, candidate.given_name, not_for, await _offers(session, mail))


async def _to_member(session: AsyncSession, mail: AlertMail, account: Account) -> DueMail | None:
    membership = select(EmployerMember, Employer).join(Employer, Employer.id == EmployerMember.employer_id)
    if (found := (await session.execute(membership.where(EmployerMember.id == account.id))).one_or_none()) is None:
        return None
    member, employer = found
    not_for = None if employer.authenticated else EMPLOYER_NOT_AUTHENTICATED
    return DueMail(mail, account, member.name, not_for, await due_candidacies(session, mail, employer))


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
    alerts = await alerts_on(session, [notification for _, notification, _, _ in rows])
    hidden = set(await session.scalars(select(HiddenEmployer.neq).where(HiddenEmployer.candidate_id == mail.person_id)))
    return [
        DueOffer(delivery, offer, employer, alerts[notification], employer.neq in hidden)
        for delivery, notification, offer, employer in rows
    ]
