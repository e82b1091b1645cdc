"""Whoever gets hold of the database, the index, the logs or the mails finds no certificate number there, however it came in."""

import logging
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Clock
from tests.dumps import dump, found
from tests.path.candidate_file import Person, candidate
from tests.service import Data, Service, registration

REGISTERED = {
    "accepted": ("OKV1B2N3M4", "RP0O9I8U7Y"),
    "late": ("LATERZ2X3C4", "RL1K2J3H4G"),
    "pending": ("WAITQ1A2Z3", "RW2S3X4E5D"),
    "typed with signs": ("ok-c6 v5b4n3", "r t4–r5e6 w7"),
    "not recognised": ("NOF3G4H5J6", "RK7L8P9O0I"),
    "no letter": ("NOLETTERU8Y7", "RT6R5E4W3Q"),
    "living in Québec": ("QCM9N8B7V6", "RC5X4Z3A2S"),
    "inadmissible": ("OKD1F2G3H4", "NAJ5K6L7Z8"),
    "too long": ("OKX9C8V7B6N5M4L3K2J1H0", "RQ9W8E7R6T"),
}
CORRECTED = {
    "accepted": ("OKY5U4I3O2", "RP1A2S3D4F"),
    "pending": ("WAITG5H6J7", "RK8L9Z0X1C"),
    "refused": ("NOV2B3N4M5", "RQ6W7E8R9T"),
    "used by another": REGISTERED["accepted"],
}


def certificate(numbers: tuple[str, str]) -> Data:
    file_number, reference_number = numbers
    return {
        "fileNumber": file_number,
        "individualReferenceNumber": reference_number,
        "issuedOn": "2025-06-01",
        "expiresOn": "2028-06-01",
    }


async def register(service: Service, what: str, numbers: tuple[str, str], **changes: Any) -> None:
    email = f"{what.replace(' ', '.').replace('é', 'e')}@example.org"
    entered = registration(email, **{**certificate(numbers), **changes}, idempotencyKey=f"key of {what}")
    for _ in range(2):
        await service.act("registerCandidate", "... on Candidate { id }", **entered)


async def correct(person: Person, numbers: tuple[str, str]) -> None:
    await person.act("correctCertificate", certificate=certificate(numbers))


async def enter_all(service: Service, clock: Clock) -> None:
    for what, numbers in REGISTERED.items():
        await register(service, what, numbers)
    await register(service, "used", REGISTERED["accepted"])
    await register(service, "expired", REGISTERED["too long"], fileNumber="OKE1X2P3D4", expiresOn="2025-07-01")
    for what, numbers in CORRECTED.items():
        person = await candidate(service, clock, f"corrected.{what.replace(' ', '.')}@example.org")
        await person.publish()
        await correct(person, numbers)
    for _ in range(4):
        clock.move(hours=2)
        await service.work()


def numbers() -> list[str]:
    """As they were typed, and in their normal form."""
    typed = [number for pair in (*REGISTERED.values(), *CORRECTED.values()) for number in pair] + ["OKE1X2P3D4"]
    return [*typed, *("".join(filter(str.isalnum, each)).upper() for each in typed)]


async def test_no_number_is_in_the_database_the_index_the_logs_or_the_mails(
    service: Service, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await enter_all(service, clock)
    resources = service.resources
    dumped = await dump(resources.settings.database_url)
    assert b"corrected.accepted@example.org" in dumped
    assert found(numbers(), dumped) == []
    assert found(numbers(), caplog.text.encode()) == []
    kept = [each for folder in ("mail", "search") for each in (tmp_path / folder).rglob("*") if each.is_file()]
    assert [(each, hits) for each in kept if (hits := found(numbers(), each.read_bytes()))] == []
    assert service.letters()
