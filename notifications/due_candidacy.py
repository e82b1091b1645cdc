"""The candidacies that an alert mail to a member of an employer would tell of, with all that decides whether it still may. Reads
only.

Why one cannot be shown is not told apart: whoever withdrew it, and whoever hides from the employer, leave the same behind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.alert_mail import AlertMail
from models.calendar import quebec_day
from models.candidacy import Candidacy
from models.candidacy_search import CandidacySearch
from models.candidate import STANDING, Candidate
from models.consultation import Consultation
from models.contact_request import ContactRequest
from models.employer import Employer
from models.hidden_employer import hides_from
from models.job_alert import Alert
from models.notification import Delivery, DeliveryStatus, Notification
from notifications.audience import CANDIDACY_NOT_AVAILABLE
from notifications.candidacy_letters import MatchedCandidacy
from notifications.due_match import alerts_on
from notifications.post import Post


@dataclass(frozen=True)
class DueCandidacy:
    """`shown` is whether the file stands and does not hide, `opened` and `contacted` whether the employer has done so."""

    delivery_id: UUID
    candidacy: Candidacy
    on: Sequence[Alert]
    shown: bool
    opened: bool
    contacted: bool

    @property
    def alerts(self) -> Sequence[Alert]:
        return [each for each in self.on if not self._left_out_of(each)]

    def _left_out_of(self, alert: Alert) -> bool:
        return isinstance(alert, CandidacySearch) and alert.leaves_out(opened=self.opened, contacted=self.contacted)

    @property
    def source(self) -> UUID:
        """Each counts by itself: which are of one person is told to nobody."""
        return self.candidacy.id

    def why_not(self, now: datetime) -> str | None:
        if not self.shown or not self.candidacy.visible_on(quebec_day(now)):
            return CANDIDACY_NOT_AVAILABLE
        if not self.on:
            return "ALERT_NOT_ON"
        if self.alerts:
            return None
        return "ALREADY_CONTACTED" if self.contacted else "ALREADY_CONSULTED"

    def matched(self, post: Post, everything: str) -> MatchedCandidacy:
        return MatchedCandidacy(self.candidacy, f"{everything}#{self.candidacy.number}")


async def due_candidacies(session: AsyncSession, mail: AlertMail, employer: Employer) -> list[DueCandidacy]:
    shown = Candidate.registration_status.in_(STANDING) & ~hides_from(employer.neq)
    query = (
        select(Delivery.id, Notification.id, Candidacy, shown)
        .join(Notification, Notification.id == Delivery.notification_id)
        .join(Candidacy, Candidacy.id == Notification.matched_candidacy_id)
        .join(Candidate, Candidate.id == Candidacy.candidate_id)
        .where(Delivery.mail_id == mail.id, Delivery.status == DeliveryStatus.QUEUED)
        .order_by(Notification.position)
    )
    rows = (await session.execute(query)).all()
    alerts = await alerts_on(session, [notification for _, notification, _, _ in rows])
    told = [candidacy.id for _, _, candidacy, _ in rows]
    opened, contacted = [await _known_by(record, session, employer, told) for record in (Consultation, ContactRequest)]
    return [
        DueCandidacy(delivery, candidacy, alerts[notification], bool(visible), candidacy.id in opened, candidacy.id in contacted)
        for delivery, notification, candidacy, visible in rows
    ]


async def _known_by(
    record: type[Consultation] | type[ContactRequest], session: AsyncSession, employer: Employer, candidacies: Collection[UUID]
) -> set[UUID]:
    of_these = (record.employer_id == employer.id, record.candidacy_id.in_(candidacies))
    return set(await session.scalars(select(record.candidacy_id).where(*of_these)))
