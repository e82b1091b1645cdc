"""Contact requests and the rules that need nothing but the row: an employer asks a candidate to be in touch about an offer, and
the candidate decides. Who may act on one is not decided here."""

import enum
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from errors import Conflict
from models.base import Base

LAPSES_AFTER = timedelta(days=30)
"""A request that was not answered for so long is answered no more (the rules of the service, 2.6)."""
A_DAY = 100
"""How many one employer may send on one day in Québec."""
LONGEST_MESSAGE = 2_000


class ContactRequestStatus(enum.StrEnum):
    PENDING = "PENDING"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"


class ContactEnding(enum.StrEnum):
    """Why a request was cancelled, or what was agreed has ended. For the candidate: the employer is told of nothing but a lapse,
    and knows what it has cancelled itself."""

    BY_EMPLOYER = "BY_EMPLOYER"
    LAPSED = "LAPSED"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    HIDDEN = "HIDDEN"
    CANDIDACY_WITHDRAWN = "CANDIDACY_WITHDRAWN"
    CANDIDACY_EXPIRED = "CANDIDACY_EXPIRED"
    FILE_ENDED = "FILE_ENDED"


class ContactRequest(Base):
    """`member_id` is the person who asked. While it is ACCEPTED, and the file stands, the employer sees who the candidate is."""

    __tablename__ = "contact_request"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacy.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"))
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("employer_member.id"))
    job_offer_id: Mapped[UUID] = mapped_column(ForeignKey("job_offer.id"), index=True)
    message: Mapped[str]
    reply: Mapped[str | None]
    status: Mapped[ContactRequestStatus] = mapped_column(default=ContactRequestStatus.PENDING)
    ending: Mapped[ContactEnding | None]
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("candidacy_id", "job_offer_id"),
        Index(None, "candidate_id", "created_at"),
        Index(None, "employer_id", "created_at"),
    )

    @property
    def lapses_at(self) -> datetime:
        return self.created_at + LAPSES_AFTER

    def status_at(self, now: datetime) -> ContactRequestStatus:
        """What it is, whether or not a worker has been there since its time was over."""
        overdue = self.status is ContactRequestStatus.PENDING and now >= self.lapses_at
        return ContactRequestStatus.CANCELLED if overdue else self.status

    def accept(self, reply: str | None, now: datetime) -> None:
        """Raises Conflict unless it waits for an answer."""
        self._answer(ContactRequestStatus.ACCEPTED, reply, now)

    def decline(self, reply: str | None, now: datetime) -> None:
        """Raises Conflict unless it waits for an answer."""
        self._answer(ContactRequestStatus.DECLINED, reply, now)

    def _answer(self, status: ContactRequestStatus, reply: str | None, now: datetime) -> None:
        self._require_pending(now)
        self.status, self.reply, self.answered_at = status, reply, now

    def cancel(self, now: datetime) -> None:
        """By its employer. Raises Conflict unless it waits for an answer."""
        self._require_pending(now)
        self.end(ContactEnding.BY_EMPLOYER, now)

    def withdraw_consent(self, now: datetime) -> None:
        """Raises Conflict unless it was accepted and still is."""
        if self.status is not ContactRequestStatus.ACCEPTED:
            raise Conflict("CONTACT_NOT_ACCEPTED")
        self.end(ContactEnding.CONSENT_WITHDRAWN, now)

    def lapse(self, now: datetime) -> bool:
        """Marks a request whose time is over; False when there is nothing to mark."""
        if self.status is not ContactRequestStatus.PENDING or now < self.lapses_at:
            return False
        self.end(ContactEnding.LAPSED, self.lapses_at)
        return True

    def end(self, ending: ContactEnding, now: datetime) -> None:
        self.status, self.ending, self.ended_at = ContactRequestStatus.CANCELLED, ending, now

    def _require_pending(self, now: datetime) -> None:
        if self.status_at(now) is not ContactRequestStatus.PENDING:
            raise Conflict("CONTACT_NOT_PENDING")
