"""People who exist only where the sandbox registry vouches for them: for demonstrations and for imports in development."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from auth.vault import Vault
from models.account import Account, Role
from models.calendar import quebec_day
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Certificate, Verdict
from models.language import Language
from models.residence_case import Residence

VALID_FOR = timedelta(days=3 * 365)
OLDEST, NEWEST = 300, 40
"""Days ago on which a certificate may have been issued: a publication begun now always has two months before it."""


@dataclass(frozen=True)
class Person:
    id: UUID
    email: str
    given_name: str
    family_name: str
    country_of_residence: str
    language: Language = Language.FR


@dataclass(frozen=True)
class Sandbox:
    """`password_hash` is shared by all the people it makes."""

    vault: Vault
    password_hash: str
    now: datetime

    def account(self, person: Person, role: Role = Role.CANDIDATE, *, confirmed: bool = True) -> Account:
        return Account(
            id=person.id,
            role=role,
            email=person.email,
            password_hash=self.password_hash,
            language=person.language,
            time_zone="America/Toronto",
            email_confirmed_at=self.now if confirmed else None,
            created_at=self.now,
        )

    def candidate(self, person: Person) -> Candidate:
        """The active file of somebody with an `OK` certificate, which the e-mail address tells from all others."""
        certificate = self._certificate(person.email)
        candidate = Candidate(
            id=person.id,
            given_name=person.given_name,
            family_name=person.family_name,
            country_of_residence=person.country_of_residence,
            registration_status=RegistrationStatus.PENDING,
            sealed_file_number=self.vault.seal(certificate.file_number, person.id.bytes),
            sealed_individual_reference_number=self.vault.seal(certificate.individual_reference_number, person.id.bytes),
            certificate_fingerprint=self.vault.fingerprints(certificate)[0],
            certificate_issued_on=certificate.issued_on,
            certificate_expires_on=certificate.expires_on,
            residence=Residence.ABROAD,
            profile_version=0,
        )
        candidate.settle(Verdict.RECOGNISED, self.now)
        return candidate

    def _certificate(self, email: str) -> Certificate:
        digest = sha256(email.encode()).hexdigest().upper()
        issued_on = quebec_day(self.now) - timedelta(days=NEWEST + int(digest[:8], 16) % (OLDEST - NEWEST))
        return Certificate(
            file_number=f"OK{digest[:16]}",
            individual_reference_number=f"R{digest[16:32]}",
            issued_on=issued_on,
            expires_on=issued_on + VALID_FOR,
        )
