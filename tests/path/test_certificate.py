"""A certificate that is corrected: validated again, with the old values standing until the new ones are recognised."""

from typing import Any

import pytest

from tests.conftest import Clock
from tests.path.candidate_file import Person, candidate
from tests.service import Data, Service, registration

FILE = "... on Candidate { registration { status certificate { fileNumber issuedOn } registryQuestions { purpose accepted } } }"


async def correct(one: Person, file_number: str, **dates: Any) -> Data:
    certificate = {"individualReferenceNumber": "R7777777", "issuedOn": "2025-06-01", "expiresOn": "2028-06-01", **dates}
    return await one.act("correctCertificate", FILE, certificate={"fileNumber": file_number, **certificate})


async def held(one: Person) -> str:
    """The last characters of the file number that stands."""
    return str((await one.file())["registration"]["certificate"]["fileNumber"])[-3:]


async def test_a_number_that_is_published_already_does_not_become_ones_own(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock, fileNumber="OK11111123")
    candidacy = await one.publish()
    assert "code" not in await one.act("reviseCandidacy", id=candidacy, summary={"en": "My number is OK 2222-2256."})
    (refused,) = (await correct(one, "OK22222256"))["fields"]
    assert (refused["path"], refused["code"]) == (["certificate"], "NUMBER_IN_CANDIDACY")
    assert await held(one) == "123"
    assert "code" not in await one.act("reviseCandidacy", id=candidacy, summary={"en": "Ten years."})
    await correct(one, "OK22222256")
    assert await held(one) == "256"


async def test_a_number_that_the_registry_is_still_asked_about_is_published_in_no_text(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock, fileNumber="OK11111123")
    candidacy = await one.publish()
    await correct(one, "WAIT222256")
    (refused,) = (await one.act("reviseCandidacy", id=candidacy, summary={"en": "My number is WAIT 222256."}))["fields"]
    assert refused["code"] == "HAS_CERTIFICATE_NUMBER"


@pytest.mark.parametrize(
    ("file_number", "code"),
    [("NO777777", "CORRECTION_NOT_RECOGNISED"), ("NOLETTER777", "CORRECTION_NO_INVITATION_LETTER")],
)
async def test_values_that_are_not_recognised_leave_the_old_ones(
    service: Service, clock: Clock, file_number: str, code: str
) -> None:
    one = await candidate(service, clock, fileNumber="OK11111123")
    await one.publish()
    refused = await correct(one, file_number, issuedOn="2025-09-01")
    assert refused["code"] == code
    assert "stand" in refused["message"]
    assert await held(one) == "123"
    assert await one.candidacies() == [("PUBLISHED", "2026-05-31")]
    (question, _) = (await one.file())["registration"]["registryQuestions"]
    assert (question["purpose"], question["accepted"], question["refusal"]["code"]) == ("CORRECTION", False, code)


async def test_what_was_published_stays_while_the_registry_is_silent(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock, fileNumber="OK11111123")
    await one.publish()
    answered = await correct(one, "LATER77789", issuedOn="2025-09-01")
    assert answered["registration"]["certificate"]["fileNumber"][-3:] == "123"
    assert answered["registration"]["registryQuestions"][0] == {"purpose": "CORRECTION", "accepted": None}
    assert await one.candidacies() == [("PUBLISHED", "2026-05-31")]
    await one.later(minutes=5)
    await one.later(minutes=5)
    assert await held(one) == "789"
    assert await one.candidacies() == [("PUBLISHED", "2026-08-31")]
    assert one.mails() == ["Your corrected certificate is accepted"]


async def test_a_late_refusal_is_told_in_writing(service: Service, clock: Clock) -> None:
    other = await candidate(service, clock, "other@example.org", fileNumber="OK77777777", individualReferenceNumber="R7777777")
    one = await candidate(service, clock, fileNumber="OK11111123")
    answered = await correct(one, "OK77777777")
    assert "code" not in answered, "whether another file has the certificate is told to nobody"
    await one.later(minutes=1)
    assert one.mails() == ["Your corrected certificate was not accepted"]
    assert "already used by another file" in one.last_mail()
    assert await held(one) == "123"
    assert await held(other) == "777"


async def test_a_later_correction_takes_the_place_of_one_that_waits(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock, fileNumber="OK11111123")
    await correct(one, "WAIT777789")
    await one.later(minutes=1)
    await correct(one, "OK7777456")
    assert await held(one) == "456"
    await one.later(hours=3)
    questions = (await one.file())["registration"]["registryQuestions"]
    assert [(each["purpose"], each["accepted"]) for each in questions[:2]] == [("CORRECTION", True), ("CORRECTION", None)]
    assert [each["nextAttemptAt"] for each in questions] == [None, None, None]
    assert one.mails() == []


async def test_a_registration_that_came_to_nothing_is_saved_by_the_right_values(service: Service, clock: Clock) -> None:
    await service.act("registerCandidate", "", **registration("amina@example.org", fileNumber="WAIT1111123"))
    await service.confirm("amina@example.org")
    one = await Person(service, clock).settled()
    assert await one.status() == "PENDING"
    assert (await correct(one, "NO7777777"))["code"] == "CORRECTION_NOT_RECOGNISED"
    assert await one.status() == "PENDING"
    await one.later(minutes=5)
    assert (await correct(one, "OK7777777"))["registration"]["status"] == "ACTIVE"
    await one.publish()
    await one.later(days=2)
    assert await one.status() == "ACTIVE"


async def test_the_freed_certificate_serves_another_file(service: Service, clock: Clock) -> None:
    numbers = {"fileNumber": "OK11111123", "individualReferenceNumber": "R1111111"}
    one = await candidate(service, clock, **numbers)
    await correct(one, "OK7777777")
    other = await candidate(service, clock, "other@example.org", **numbers)
    assert await other.status() == "ACTIVE"


async def test_who_guesses_certificates_is_stopped(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    codes = [(await correct(one, f"NO7777{number:02}"))["code"] for number in range(11)]
    assert codes == ["CORRECTION_NOT_RECOGNISED"] * 10 + ["TOO_MANY_ATTEMPTS"]
    clock.move(days=1)
    assert "code" not in await correct(one, "OK7777777")


async def test_a_late_refusal_is_told_when_the_address_is_confirmed(service: Service, clock: Clock) -> None:
    await service.act("registerCandidate", "", **registration("amina@example.org", fileNumber="OK11111123"))
    one = await Person(service, clock).settled()
    service.resources.registry.away = True  # type: ignore[attr-defined]
    await correct(one, "NO7777777")
    service.resources.registry.away = False  # type: ignore[attr-defined]
    await one.later(hours=1)
    assert one.mails() == []
    await service.confirm(one.email)
    await one.later(minutes=1)
    assert "Your corrected certificate was not accepted" in one.mails()
