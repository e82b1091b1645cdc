"""A notice whose letter is owed, with all that decides whether it may still go and what it says. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate
from models.notification import Delivery, DeliveryStatus, Notification
from models.residence import NOTICES, find_last
from models.residence_case import ResidenceCase, ResidenceEvent


@dataclass(frozen=True)
class DueNotice:
    """`candidacy` is there for notices of a publication, `case` with its steps for those of a residence case."""

    account: Account
    candidate: Candidate
    notification: Notification
    candidacy: Candidacy | None
    case: ResidenceCase | None
    steps: Sequence[ResidenceEvent]
    followed: bool = False
    """Whether the person has a later case."""

    def why_not(self) -> str | None:
        """The code of what came between; None when the letter may go."""
        if self.candidacy is not None:
            return self._why_not_of(self.candidacy)
        return None if self._tells_of_the_last_step() else "CASE_CLOSED"

    def _tells_of_the_last_step(self) -> bool:
        """What a letter says of an earlier step, or of an earlier case, has not been true since."""
        told = [NOTICES[each.step] for each in self.steps if each.step in NOTICES]
        return not self.followed and told[-1:] == [self.notification.kind]

    def _why_not_of(self, row: Candidacy) -> str | None:
        """None of the end of a publication that was withdrawn, or followed by another, or given another end."""
        if row.publication_ends_on != self.notification.ends_on:
            return "PUBLISHED_AGAIN"
        if row.status not in (CandidacyStatus.PUBLISHED, CandidacyStatus.EXPIRED):
            return "CANDIDACY_WITHDRAWN"
        return None if self.candidate.standing else "REGISTRATION_NOT_ACTIVE"


async def find_due_notice(session: AsyncSession, delivery_id: UUID) -> DueNotice | None:
    """The delivery if it is there and neither sent, failed nor suppressed."""
    query = (
        select(Account, Candidate, Notification, Candidacy, ResidenceCase)
        .join(Candidate, Candidate.id == Account.id)
        .join(Notification, Notification.person_id == Candidate.id)
        .join(Delivery, Delivery.notification_id == Notification.id)
        .outerjoin(Candidacy, Candidacy.id == Notification.candidacy_id)
        .outerjoin(ResidenceCase, ResidenceCase.id == Notification.residence_case_id)
        .where(Delivery.id == delivery_id, Delivery.status == DeliveryStatus.QUEUED)
    )
    if (found := (await session.execute(query)).one_or_none()) is None:
        return None
    account, candidate, notification, candidacy, case = found
    last = await find_last(session, candidate.id) if case else None
    return DueNotice(account, candidate, notification, candidacy, case, await _steps(session, case), last is not case)


async def _steps(session: AsyncSession, case: ResidenceCase | None) -> Sequence[ResidenceEvent]:
    if case is None:
        return ()
    steps = select(ResidenceEvent).where(ResidenceEvent.case_id == case.id).order_by(ResidenceEvent.id)
    return (await session.scalars(steps)).all()
