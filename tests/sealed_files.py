"""Files whose numbers were sealed under keys of the test's choice. Not a test itself."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from auth.keys import Keys
from auth.vault import Vault
from models.account import Account, Role
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Certificate
from models.database import Database
from models.language import Language
from models.registry_question import Purpose, RegistryQuestion
from tests.conftest import NOW

OLD, NEW = "the old secret that is long enough to be one", "the new secret that is long enough to be one"
DAYS = date(2025, 6, 1), date(2028, 6, 1)


def vault(*secrets: str) -> Vault:
    return Vault(Keys(secrets))


def certificate(number: int) -> Certificate:
    return Certificate(f"OK{number:08}", f"R{number:08}", *DAYS)


def corrected(number: int) -> Certificate:
    return Certificate(f"OKC{number:07}", f"RC{number:07}", *DAYS)


async def keep_files(database: Database, sealing: Vault, numbers: Sequence[int]) -> dict[UUID, int]:
    """An active file for each number, and a correction that waits for every third."""
    files = {uuid4(): number for number in numbers}
    async with database.begin() as session:
        session.add_all(_account(key) for key in files)
        await session.flush()
        session.add_all(_candidate(sealing, key, number) for key, number in files.items())
        await session.flush()
        session.add_all(_correction(sealing, key, number) for key, number in files.items() if number % 3 == 0)
    return files


def _account(key: UUID) -> Account:
    email = f"{key.hex}@example.org"
    return Account(id=key, role=Role.CANDIDATE, email=email, password_hash="", language=Language.FR, created_at=NOW)


def _candidate(sealing: Vault, key: UUID, number: int) -> Candidate:
    held = certificate(number)
    return Candidate(
        id=key,
        given_name="Amina",
        family_name="Benali",
        country_of_residence="MA",
        registration_status=RegistrationStatus.ACTIVE,
        sealed_file_number=sealing.seal(held.file_number, key.bytes),
        sealed_individual_reference_number=sealing.seal(held.individual_reference_number, key.bytes),
        certificate_fingerprint=sealing.fingerprints(held)[0],
        certificate_issued_on=held.issued_on,
        certificate_expires_on=held.expires_on,
    )


def _correction(sealing: Vault, key: UUID, number: int) -> RegistryQuestion:
    asked = corrected(number)
    return RegistryQuestion(
        candidate_id=key,
        purpose=Purpose.CORRECTION,
        sealed_file_number=sealing.seal(asked.file_number, key.bytes),
        sealed_individual_reference_number=sealing.seal(asked.individual_reference_number, key.bytes),
        certificate_issued_on=asked.issued_on,
        certificate_expires_on=asked.expires_on,
        asked_at=NOW,
    )


async def require_opens(database: Database, opening: Vault, files: dict[UUID, int]) -> None:
    """Everything opens with these keys, is what it was, and is fingerprinted with the newest."""
    async with database.read() as session:
        for key, number in files.items():
            candidate = await session.get_one(Candidate, key)
            assert opening.certificate_of(candidate) == certificate(number)
            assert candidate.certificate_fingerprint == opening.fingerprints(certificate(number))[0]
        for question in await session.scalars(select(RegistryQuestion)):
            candidate = await session.get_one(Candidate, question.candidate_id)
            assert opening.certificate_asked(candidate, question) == corrected(files[candidate.id])


async def sealed_with_newest(database: Database, opening: Vault) -> int:
    """How many files are."""
    async with database.read() as session:
        return sum(map(opening.newest, await session.scalars(select(Candidate.sealed_file_number))))
