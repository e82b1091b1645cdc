"""Candidates and their registration: the file of a person abroad, and where it stands."""

import enum
from datetime import date, datetime
from typing import NoReturn
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from errors import NotEligible
from models.base import Base
from models.calendar import quebec_day
from models.certificate import Verdict
from models.residence_case import Residence


class RegistrationStatus(enum.StrEnum):
    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    NOTICE_GIVEN = "NOTICE_GIVEN"
    """A residence case is open: candidacies must be withdrawn by its deadline."""
    DEACTIVATED = "DEACTIVATED"
    CLOSED = "CLOSED"


STANDING = (RegistrationStatus.ACTIVE, RegistrationStatus.NOTICE_GIVEN)
"""A file with a notice stands until its deadline: what it has published stays in the search, and its alerts go on."""


class Candidate(Base):
    """A candidate's file. Certificate numbers are sealed; the fingerprint keeps one certificate to one file."""

    __tablename__ = "candidate"

    id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    telephone: Mapped[str | None]
    country_of_residence: Mapped[str]
    residence: Mapped[Residence] = mapped_column(default=Residence.ABROAD)
    """As found last; `country_of_residence` is what the person declared."""
    registration_status: Mapped[RegistrationStatus]
    notice_code: Mapped[str | None]
    """What keeps the person from publishing: the code of a refusal, for the file's owner."""
    sealed_file_number: Mapped[bytes]
    sealed_individual_reference_number: Mapped[bytes]
    certificate_fingerprint: Mapped[str | None] = mapped_column(unique=True)
    certificate_issued_on: Mapped[date]
    certificate_expires_on: Mapped[date]
    certificate_validated_at: Mapped[datetime | None]
    live_position: Mapped[int] = mapped_column(default=0)
    """The position of the last notification of this person: positions are given in the order of commits."""
    profile_version: Mapped[int] = mapped_column(default=0)
    """Rises when anything changes that the documents of the person's candidacies take from the file."""

    @property
    def pending(self) -> bool:
        return self.registration_status is RegistrationStatus.PENDING

    @property
    def standing(self) -> bool:
        return self.registration_status in STANDING

    def settle(self, verdict: Verdict, now: datetime) -> None:
        """Takes the registry's word on a pending registration. No answer leaves it pending; a refusal frees the
        certificate, so that it does not stay taken by a file that is closed."""
        if not self.pending or verdict is Verdict.NO_ANSWER:
            return
        if verdict is Verdict.RECOGNISED and self.certificate_expires_on < quebec_day(now):
            self.close("CERTIFICATE_EXPIRED")
        elif verdict is Verdict.RECOGNISED:
            self.registration_status, self.notice_code = RegistrationStatus.ACTIVE, None
            self.certificate_validated_at = now
        else:
            self.close(verdict.value)

    def close(self, notice_code: str) -> None:
        """Of a registration that came to nothing: its certificate is free for another file."""
        self.registration_status, self.notice_code = RegistrationStatus.CLOSED, notice_code
        self.certificate_fingerprint = None

    def require_standing(self) -> None:
        """Raises NotEligible for a file that the registry has not recognised, or that is closed."""
        if not self.standing:
            self._refuse()

    def _refuse(self) -> NoReturn:
        raise NotEligible(self.notice_code or f"REGISTRATION_{self.registration_status}")

    def may_publish(self, today: date) -> None:
        """Raises NotEligible unless the file stands, its person lives abroad and the certificate is valid today."""
        if self.registration_status is not RegistrationStatus.ACTIVE or self.residence is not Residence.ABROAD:
            self._refuse()
        if self.certificate_expires_on < today:
            raise NotEligible("CERTIFICATE_EXPIRED")
