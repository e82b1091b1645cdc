"""Turns that come between an act and what the worker makes of it: years of simulated time found each of them."""

import worker
from csq.sandbox import SandboxRegistry
from tests.conftest import Clock
from tests.path.candidate_file import Person, candidate
from tests.path.test_residence import RETURNED, declare, found_by_agent
from tests.service import Data, Service, registration

ENDING = "Your candidacy is published until May 31, 2026"
ENDED = "The publication of your candidacy ended on May 31, 2026"
RIGHT = {
    "fileNumber": "OK77777777",
    "individualReferenceNumber": "R7777777",
    "issuedOn": "2025-06-01",
    "expiresOn": "2028-06-01",
}


def registry_of(service: Service) -> SandboxRegistry:
    registry = service.resources.registry
    assert isinstance(registry, SandboxRegistry)
    return registry


async def withdraw(one: Person, candidacy: str) -> Data:
    return await one.act("withdrawCandidacy", id=candidacy)


async def test_what_has_ended_cannot_be_withdrawn_though_no_worker_has_seen_the_end(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    candidacy = await one.publish()
    clock.move(days=75)  # to 30 May
    await service.work()
    clock.move(days=3)
    assert (await withdraw(one, candidacy))["code"] == "NOT_PUBLISHED"
    await one.later(days=6)
    assert one.mails() == [ENDING, ENDED]


async def test_a_notice_that_a_withdrawal_held_back_goes_when_it_is_published_until_the_same_day(
    service: Service, clock: Clock
) -> None:
    one = await candidate(service, clock)
    candidacy = await one.publish()
    await service.work()
    clock.move(days=70)  # to 25 May
    await worker.meet_deadlines(service.resources)
    assert "code" not in await withdraw(one, candidacy)
    await service.work()
    assert one.mails() == []
    await one.publish_again(candidacy)
    await service.work()
    assert one.mails() == [ENDING]
    await service.work()
    assert one.mails() == [ENDING]


async def test_a_letter_about_a_step_that_another_has_followed_is_not_sent(service: Service, clock: Clock) -> None:
    """No worker runs while somebody moves to Québec and back."""
    one = await candidate(service, clock)
    await declare(one)
    clock.move(days=1)
    await declare(one, "MA", None)
    await service.work()
    assert one.mails() == [RETURNED]


async def test_an_answer_about_a_return_has_no_say_over_a_later_finding(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock)
    await declare(one)
    registry_of(service).away = True
    await declare(one, "MA", None)
    clock.move(hours=1)
    await found_by_agent(service, one)
    registry_of(service).away = False
    await one.later(hours=2)
    made = await one.act("createCandidacy", "... on Candidacy { id }", title={"en": "Nurse"}, occupations=["31301"])
    assert await one.publish_again(made["id"]) == "RESIDES_IN_QUEBEC"
    assert RETURNED not in one.mails()


async def test_a_file_that_stays_closed_keeps_no_certificate_from_others(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock, fileNumber="WAIT123456")
    await declare(one)
    assert (await one.act("correctCertificate", certificate=RIGHT))["code"] == "RESIDES_IN_QUEBEC"
    other = registration("other@example.org", fileNumber=RIGHT["fileNumber"], individualReferenceNumber="R7777777")
    opened = await service.act("registerCandidate", "... on Candidate { registration { status } }", **other)
    assert opened["registration"]["status"] == "ACTIVE"


async def test_a_certificate_that_was_issued_since_prolongs_what_is_published(service: Service, clock: Clock) -> None:
    one = await candidate(service, clock, expiresOn="2026-04-10")
    await one.publish()
    clock.move(days=14)
    assert "code" not in await one.act("correctCertificate", certificate={**RIGHT, "issuedOn": "2026-03-28"})
    assert await one.candidacies() == [("PUBLISHED", "2027-03-27")]
