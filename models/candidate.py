"""Candidates and their registration: the file of a person abroad, and where it stands."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from errors import NotEligible
from models.base import Base
from models.calendar import quebec_day
from models.certificate import Verdict


class RegistrationStatus(enum.StrEnum):
    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    NOTICE_GIVEN = "NOTICE_GIVEN"
    DEACTIVATED = "DEACTIVATED"
    CLOSED = "CLOSED"


class Candidate(Base):
    """A candidate's file. Certificate numbers are sealed; the fingerprint keeps one certificate to one file."""

    __tablename__ = "candidate"

    id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    telephone: Mapped[str | None]
    country_of_residence: Mapped[str]
    registration_status: Mapped[RegistrationStatus]
    notice_code: Mapped[str | None]
    """Why the file does not stand as ACTIVE: the code of a refusal, for its owner."""
    sealed_file_number: Mapped[bytes]
    sealed_individual_reference_number: Mapped[bytes]
    certificate_fingerprint: Mapped[str | None] = mapped_column(unique=True)
    certificate_issued_on: Mapped[date]
    certificate_expires_on: Mapped[date]
    certificate_validated_at: Mapped[datetime | None]
    live_position: Mapped[int] = mapped_column(default=0)
    """The position of the last notification of this person: positions are given in the order of commits."""

    @property
    def pending(self) -> bool:
        return self.registration_status is RegistrationStatus.PENDING

    def settle(self, verdict: Verdict, now: datetime) -> None:
        """Takes the registry's word on a pending registration. No answer leaves it pending; a refusal frees the
        certificate, so that it does not stay taken by a file that is closed."""
        if not self.pending or verdict is Verdict.NO_ANSWER:
            return
        if verdict is Verdict.RECOGNISED and self.certificate_expires_on < quebec_day(now):
            self._close("CERTIFICATE_EXPIRED")
        elif verdict is Verdict.RECOGNISED:
            self.registration_status, self.notice_code = RegistrationStatus.ACTIVE, None
            self.certificate_validated_at = now
        else:
            self._close(verdict.value)

    def _close(self, notice_code: str) -> None:
        self.registration_status, self.notice_code = RegistrationStatus.CLOSED, notice_code
        self.certificate_fingerprint = None

    def may_publish(self, today: date) -> None:
        """Raises NotEligible unless the file stands and the certificate is valid today."""
        if self.registration_status is not RegistrationStatus.ACTIVE:
            raise NotEligible(self.notice_code or f"REGISTRATION_{self.registration_status}")
        if self.certificate_expires_on < today:
            raise NotEligible("CERTIFICATE_EXPIRED")
