"""Residence in Canada, from the finding to the end of the case, and the way back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.notification import Delivery, DeliveryStatus
from notifications.opening import open_mailer
from tests.conftest import Clock
from tests.path.candidate_file import CASES, Person, candidate
from tests.service import PASSWORD, Data, Service, registration

NOTICE = "Withdraw your candidacies within 48 hours"
SETTLED = "Nothing more is asked of you about your residence"
DEACTIVATED = "Your file was deactivated"
RETURNED, REOPENED = "You can publish again", "Your file was opened again"
CASABLANCA = {"timeZone": "Africa/Casablanca"}


async def declare(one: Person, country: str = "CA", province: str | None = "QC") -> Data:
    return await one.act("declareResidence", "... on Candidate { registration { status } }", country=country, province=province)


async def by_agent(service: Service, act: str, one: Person, **entered: Any) -> Data:
    token = await service.sign_in("agent@example.org")
    file = await service.ask("query($email: String) { candidateFile(email: $email) { id } }", token, email=one.email)
    found = file["candidateFile"]["id"]
    return await service.act(act, "... on Candidate { registration { status } }", token, candidateId=found, **entered)


async def found_by_agent(service: Service, one: Person, residence: str = "QUEBEC") -> Data:
    await service.agent()
    return await by_agent(service, "reportResidence", one, residence=residence, reason="Une adresse à Laval.")


@pytest.mark.parametrize(
    ("published_at", "quebec", "casablanca"),
    [
        (
            datetime(2027, 3, 13, 15, 30, tzinfo=UTC),
            "March 15, 2027 at 11:30 AM",
            "March 15, 2027 at 4:30 PM",
        ),  # hours go forward
        (datetime(2026, 10, 31, 15, 30, tzinfo=UTC), "November 2, 2026 at 10:30 AM", "November 2, 2026 at 4:30 PM"),  # and back
    ],
)
async def test_the_notice_gives_48_elapsed_hours_in_both_zones(
    service: Service, clock: Clock, published_at: datetime, quebec: str, casablanca: str
) -> None:
    one = await candidate(service, clock, expiresOn="2029-06-01", **CASABLANCA)
    clock.instant = published_at
    await one.publish()
    assert (await declare(one))["registration"]["status"] == "NOTICE_GIVEN"
    await service.work()
    assert one.mails() == [NOTICE]
    letter = one.last_mail().replace(",", "").replace("a.m.", "AM").replace("p.m.", "PM")
    assert f"(Québec time): {quebec.replace(',', '')}" in letter
    assert f"(Africa/Casablanca): {casablanca.replace(',', '')}" in letter
    registration = (await one.file())["registration"]
    assert datetime.fromisoformat(registration["deadline"]) == published_at + timedelta(hours=48)
    assert registration["notice"]["code"] == "RESIDES_IN_QUEBEC"
    await one.later(hours=47, minutes=59, seconds=59)
    assert await one.status() == "NOTICE_GIVEN"
    await one.later(seconds=1)
    assert one.mails() == [NOTICE, DEACTIVATED]


@pytest.mark.parametrize(("province", "code"), [("QC", "RESIDES_IN_QUEBEC"), ("ON", "RESIDES_IN_CANADA")])
async def test_withdrawn_in_time_the_case_is_closed_and_publishing_refused(
    service: Service, clock: Clock, province: str, code: str
) -> None:
    one = await candidate(service, clock)
    first, second = await one.publish(), await one.publish()
    await declare(one, province=province)
    await one.later()
    assert await one.publish_again(first) == code
    await one.withdraw(first)
    assert await one.status() == "NOTICE_GIVEN"
    await one.later(hours=47)
    await one.withdraw(second)
    assert await one.status() == "ACTIVE"
    assert (await one.file())["registration"]["deadline"] is None
    assert await one.publish_again(second) == code
    await one.later(days=30)
    assert one.mails() == [NOTICE, SETTLED]
    assert await one.steps() == ["OPENED", "CANDIDACY_WITHDRAWN", "CANDIDACY_WITHDRAWN", "NOTHING_PUBLISHED"]
    assert await one.status() == "ACTIVE"


async def test_not_withdrawn_everything_ends_and_an_agent_can_open_it_again(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    await service.employer("rh@example.org", "1143920115", await service.agent())
    candidacy = await one.publish()
    await one.act("createJobAlert", name="Nuit", frequency="LIVE", criteria={"text": "nuit"})
    await service.work()
    await declare(one)
    count = "{ candidacies { totalCount } }"
    assert (await service.ask(count, await service.sign_in("rh@example.org")))["candidacies"]["totalCount"] == 1
    person_id = await one.id()
    await service.work()
    await one.later(hours=48)
    assert one.mails() == [NOTICE, DEACTIVATED]
    letter = one.last_mail()
    assert "Notice given" in letter
    assert "File deactivated" in letter
    assert (await service.ask(count, await service.sign_in("rh@example.org")))["candidacies"]["totalCount"] == 0
    refused = await service.act("signIn", "", email=one.email, password=PASSWORD)
    assert refused["code"] == "ACCOUNT_DEACTIVATED"
    clock.move(hours=1)
    agent = await service.sign_in("agent@example.org")
    reason = {"candidateId": person_id, "reason": "Bail au Maroc.", "country": "MA"}
    done = await service.act("reopenFile", "... on Candidate { registration { status } }", agent, **reason)
    assert done["registration"]["status"] == "ACTIVE"
    await service.work()
    assert one.mails()[2:] == [REOPENED]
    assert "Bail au Maroc." in one.last_mail()
    assert await one.candidacies() == [("WITHDRAWN", "2026-05-31")]
    assert await one.publish_again(candidacy) == "2026-05-31"
    assert await one.steps() == ["OPENED", "DEACTIVATED", "REOPENED"]


async def test_with_nothing_published_nothing_is_asked_and_publishing_refused(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    await declare(one)
    await service.work()
    assert await one.status() == "ACTIVE"
    assert one.mails() == [SETTLED]
    assert await one.steps() == ["OPENED", "NOTHING_PUBLISHED"]
    await declare(one, province="ON")
    assert (await one.file())["registration"]["notice"]["code"] == "RESIDES_IN_CANADA"
    assert await one.steps() == ["OPENED", "NOTHING_PUBLISHED", "FOUND_AGAIN"]


async def test_a_publication_that_ends_by_itself_counts_as_withdrawn(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    clock.instant = datetime(2026, 5, 31, 15, tzinfo=UTC)
    await one.publish()
    await declare(one)
    await one.later(hours=14)
    assert await one.status() == "ACTIVE"
    assert await one.steps() == ["OPENED", "NOTHING_PUBLISHED"]


async def test_who_lives_abroad_again_declares_it_and_the_registry_confirms_it(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    candidacy = await one.publish()
    await declare(one)
    await service.work()
    clock.move(hours=1)
    assert (await declare(one, "SN", None))["registration"]["status"] == "ACTIVE"
    await service.work()
    assert one.mails() == [NOTICE, RETURNED]
    assert await one.steps() == ["OPENED", "MOVED_ABROAD"]
    assert await one.candidacies() == [("PUBLISHED", "2026-05-31")]
    assert (await one.file("countryOfResidence { code }"))["countryOfResidence"]["code"] == "SN"
    await one.withdraw(candidacy)
    assert await one.publish_again(candidacy) == "2026-05-31"
    await one.later(days=3)
    assert await one.status() == "ACTIVE"


async def test_a_return_waits_for_a_registry_that_is_silent_and_the_deadline_does_not(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock, fileNumber="LATER12345")
    await one.later(minutes=5)
    assert await one.status() == "ACTIVE"
    await one.publish()
    await declare(one)
    await service.work()
    answered = await declare(one, "SN", None)
    assert answered["registration"]["status"] == "NOTICE_GIVEN"
    (question, *_) = (await one.file())["registration"]["registryQuestions"]
    assert (question["purpose"], question["accepted"], question["attempts"][0]["verdict"]) == ("RETURN", None, "NO_ANSWER")
    assert question["nextAttemptAt"]
    await one.later(minutes=5)
    await one.later(minutes=5)
    assert await one.status() == "ACTIVE"
    assert await one.steps() == ["OPENED", "MOVED_ABROAD"]


async def test_what_an_agent_has_found_the_person_alone_cannot_undo(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    await one.publish()
    assert (await found_by_agent(service, one))["registration"]["status"] == "NOTICE_GIVEN"
    await service.work()
    assert "Reason given: Une adresse à Laval." in one.last_mail()
    assert (await declare(one, "MA", None))["code"] == "RESIDENCE_FOUND_BY_AGENT"
    (case,) = (await one.file(CASES))["residenceCases"]
    assert (case["source"], case["history"][0]["by"], case["history"][0]["reason"]) == ("AGENT", "AGENT", "Une adresse à Laval.")
    await declare(one)
    assert (await declare(one, "MA", None))["code"] == "RESIDENCE_FOUND_BY_AGENT", "whatever the person says in between"
    incomplete = await by_agent(service, "reopenFile", one, reason="Bail au Maroc.")
    assert [each["path"] for each in incomplete["fields"]] == [["country"]]
    done = await by_agent(service, "reopenFile", one, reason="Bail au Maroc.", country="MA")
    assert done["registration"]["status"] == "ACTIVE"
    assert (await one.file("countryOfResidence { code }"))["countryOfResidence"]["code"] == "MA"
    assert await one.candidacies() == [("PUBLISHED", "2026-05-31")]
    await one.later(days=3)
    assert await one.status() == "ACTIVE"


async def test_an_agent_finds_a_file_by_a_candidacy_or_an_address_and_by_nothing_else(service: Service, clock: Clock) -> None:
    one, agent = await candidate(service, clock), await service.agent()
    await one.publish()
    (own,) = (await one.file("candidacies { number }"))["candidacies"]
    find = "query($number: String, $email: String) { candidateFile(candidacyNumber: $number, email: $email) { id email } }"
    for by in ({"number": own["number"].lower().replace("-", " ")}, {"email": "AMINA@example.org"}):
        found = await service.ask(find, agent, **by)
        assert found["candidateFile"] == {"id": await one.id(), "email": one.email}
    assert (await service.ask(find, agent, number="B2C3-D4F5"))["candidateFile"] is None
    for by in ({}, {"number": own["number"], "email": one.email}):
        (error,) = (await service.run(find, agent, **by)).errors
        assert error.original_error.problems[0].code == "ONE_OF_TWO"


async def test_who_moves_to_canada_while_waiting_has_no_registration_until_back_abroad(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock, fileNumber="WAIT123456")
    assert (await declare(one))["registration"]["status"] == "CLOSED"
    assert (await one.file())["registration"]["notice"]["code"] == "RESIDES_IN_QUEBEC"
    right = {
        "fileNumber": "OK77777777",
        "individualReferenceNumber": "R7777777",
        "issuedOn": "2025-06-01",
        "expiresOn": "2028-06-01",
    }
    assert (await one.act("correctCertificate", certificate=right))["code"] == "RESIDES_IN_QUEBEC"
    await one.later()
    questions = (await one.file())["registration"]["registryQuestions"]
    assert [each["nextAttemptAt"] for each in questions] == [None, None], "the registry is asked no more"
    await declare(one, "MA", None)
    assert await one.status() == "PENDING"
    await one.act("correctCertificate", certificate=right)
    assert await one.status() == "ACTIVE"
    await one.publish()


async def test_a_correction_that_is_answered_late_does_not_open_a_file_that_was_deactivated(
    service: Service, clock: Clock
) -> None:
    one = await candidate(service, clock)
    await one.publish()
    await declare(one)
    await one.later()
    late = {
        "fileNumber": "LATER77777",
        "individualReferenceNumber": "R7777777",
        "issuedOn": "2025-06-01",
        "expiresOn": "2028-06-01",
    }
    await one.act("correctCertificate", certificate=late)
    await one.later(hours=48)
    await one.later(hours=2)
    assert one.mails() == [NOTICE, DEACTIVATED]
    refused = await service.act("signIn", "", email=one.email, password=PASSWORD)
    assert refused["code"] == "ACCOUNT_DEACTIVATED"


async def test_the_registry_opens_the_same_case(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    await one.publish()
    certificate = {
        "fileNumber": "CA77777777",
        "individualReferenceNumber": "R7777777",
        "issuedOn": "2025-06-01",
        "expiresOn": "2028-06-01",
    }
    done = await one.act(
        "correctCertificate", "... on Candidate { registration { status notice { code } } }", certificate=certificate
    )
    assert done["registration"] == {"status": "NOTICE_GIVEN", "notice": {"code": "RESIDES_IN_CANADA"}}
    (case,) = (await one.file(CASES))["residenceCases"]
    assert (case["source"], case["residence"]) == ("REGISTRY", "CANADA")
    await one.later(hours=48)
    assert one.mails() == [NOTICE]


async def test_our_own_delay_does_not_shorten_the_time_to_withdraw(service: Service, clock: Clock) -> None:
    """No worker runs for ten days after the finding."""
    one = await candidate(service, clock)
    await one.publish()
    await service.work()
    await declare(one)
    await one.later(days=10)
    assert one.mails() == [NOTICE]
    assert await one.status() == "NOTICE_GIVEN"
    deadline = datetime.fromisoformat((await one.file())["registration"]["deadline"])
    assert deadline == clock() + timedelta(hours=48)
    await one.later(hours=47)
    assert await one.status() == "NOTICE_GIVEN"
    await one.later(hours=1)
    assert one.mails() == [NOTICE, DEACTIVATED]
    assert "Time to withdraw extended" in one.last_mail()


@pytest.mark.parametrize("again", ["found by an agent", "declared"])
async def test_a_return_that_is_confirmed_late_undoes_nothing_that_was_found_since(
    service: Service, clock: Clock, again: str
) -> None:
    one = await candidate(service, clock, fileNumber="LATER12345")
    await one.later(minutes=5)
    await one.publish()
    await declare(one)
    await service.work()
    await declare(one, "SN", None)
    if again == "declared":
        await declare(one)
    else:
        await found_by_agent(service, one)
    await one.later(minutes=5)
    await one.later(minutes=5)
    assert await one.status() == "NOTICE_GIVEN"


async def test_withdrawn_after_the_deadline_is_too_late_though_no_worker_ran(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    candidacy = await one.publish()
    await declare(one)
    await service.work()
    clock.move(hours=60)
    await one.withdraw(candidacy)
    assert await one.status() == "NOTICE_GIVEN"
    await service.work()
    assert one.mails() == [NOTICE, DEACTIVATED]


async def test_a_history_tells_once_that_the_time_was_extended(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    await one.publish()
    await declare(one)
    post = service.resources.post
    nowhere = replace(post, mailer=open_mailer("smtp://127.0.0.1:9"))
    service.resources = replace(service.resources, post=nowhere)
    for _ in range(8):
        await one.later(hours=12)
    assert await one.steps() == ["OPENED", "EXTENDED"]
    service.resources = replace(service.resources, post=post)
    await one.later(hours=1)
    assert one.mails() == [NOTICE]
    deadline = datetime.fromisoformat((await one.file())["registration"]["deadline"])
    assert deadline == clock() + timedelta(hours=48)


async def test_a_notice_to_an_address_that_is_not_confirmed_waits_until_it_is(service: Service, clock: Clock) -> None:
    await service.act("registerCandidate", "", **registration("amina@example.org"))
    await service.work()
    one = await Person(service, clock).settled()
    await one.publish()
    await declare(one)
    await service.work()
    assert one.mails() == []
    async with service.resources.database.read() as session:
        (delivery,) = await session.scalars(select(Delivery))
        assert (delivery.status, delivery.problem) == (DeliveryStatus.QUEUED, "EMAIL_NOT_CONFIRMED")
    await service.confirm(one.email)
    clock.move(minutes=1)
    await service.work()
    assert one.mails() == [NOTICE]
