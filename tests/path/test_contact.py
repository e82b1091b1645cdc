"""Being in touch is the candidate's choice: asked for once, answered or left to lapse, and ended at will. Who the candidate is
shows to one employer, and for no longer than that is agreed."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import update

import worker
from models.contact_request import A_DAY
from models.employer import Employer, EmployerStatus
from resolvers import contact_request
from schema.node import global_id
from tests.conftest import Clock
from tests.path.in_touch import NODE, OTHER_NEQ, PERSON, Pair, pair, recruiter
from tests.path.whole_life import erase
from tests.service import Service


async def test_an_employer_asks_and_the_candidate_accepts(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    asked = await both.recruiter.request(f" {both.number.lower()} ")
    assert (asked["status"], asked["person"], asked["answeredAt"]) == ("PENDING", None, None)
    assert [{"__typename": "ContactRequest", **edge["node"]} for edge in (await both.received())["edges"]] == [asked]
    assert await both.recruiter.person(both.number) is None
    accepted = await both.answer("acceptContact", asked["id"], reply="Volontiers.")
    assert (accepted["status"], accepted["reply"], accepted["person"]) == ("ACCEPTED", "Volontiers.", None)
    assert {**(await both.recruiter.read(asked["id"]) or {}), "__typename": "ContactRequest"} == {**accepted, "person": PERSON}
    assert (await both.recruiter.requests())["edges"][0]["node"]["person"] == PERSON
    assert await both.recruiter.person(both.number) == PERSON


async def test_who_declines_stays_unknown(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.asked()
    assert (await both.answer("declineContact", request, reply="Non, merci."))["status"] == "DECLINED"
    read = await both.recruiter.read(request)
    assert read is not None
    assert (read["status"], read["reply"], read["person"]) == ("DECLINED", "Non, merci.", None)
    assert await both.recruiter.person(both.number) is None


async def test_nobody_agrees_about_an_offer_that_was_removed_or_with_an_employer_that_is_suspended(
    service: Service, clock: Clock
) -> None:
    both = await pair(service, clock)
    request = await both.asked()
    agent = await service.agent("supervisor@example.org")
    async with service.resources.database.begin() as session:
        await session.execute(update(Employer).values(status=EmployerStatus.SUSPENDED))
    assert (await both.answer("acceptContact", request))["code"] == "CONTACT_NOT_POSSIBLE"
    async with service.resources.database.begin() as session:
        await session.execute(update(Employer).values(status=EmployerStatus.AUTHENTICATED))
    await service.act("removeJobOffer", "", agent, id=both.recruiter.offer, reason="Frauduleuse.")
    assert (await both.answer("acceptContact", request))["code"] == "CONTACT_NOT_POSSIBLE"
    assert (await both.answer("declineContact", request))["status"] == "DECLINED"
    assert await both.recruiter.person(both.number) is None


async def test_a_message_that_nobody_can_see_is_none(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    asked = {"candidacyNumber": both.number, "jobOfferId": both.recruiter.offer, "message": " \N{ZERO WIDTH SPACE} "}
    refused = await both.recruiter.act("requestContact", "", **asked)
    assert [(each["path"], each["code"]) for each in refused["fields"]] == [(["message"], "REQUIRED")]


async def test_another_employer_sees_nothing_of_it(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.accepted()
    other = await recruiter(service, OTHER_NEQ)
    assert await other.read(request) is None
    assert await other.person(both.number) is None
    assert (await other.requests())["totalCount"] == 0


async def test_a_candidacy_is_asked_once_about_an_offer_whatever_came_of_it(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.asked()
    for _ in range(2):
        again = await both.recruiter.act(
            "requestContact",
            "... on Conflict { existing { id } }",
            candidacyNumber=both.number,
            jobOfferId=both.recruiter.offer,
            message="Encore ?",
        )
        assert (again["code"], again["existing"]["id"]) == ("ALREADY_CONTACTED", request)
        await both.recruiter.act("cancelContactRequest", "", id=request)
    assert (await both.recruiter.request(both.number, await both.recruiter.post()))["status"] == "PENDING"


async def test_the_same_key_gives_the_same_request(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    first, second = [await both.recruiter.request(both.number, idempotencyKey="once") for _ in range(2)]
    assert first == second
    other = await both.recruiter.request(both.number, idempotencyKey="once", message="Autre chose.")
    assert other["code"] == "IDEMPOTENCY_KEY_REUSED"


async def test_what_is_agreed_ends_when_the_candidate_says_so(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.accepted()
    ended = await both.answer("withdrawContact", request)
    assert ended["status"] == "CANCELLED"
    await _unknown(both, request)
    assert (await both.answer("withdrawContact", request))["code"] == "CONTACT_NOT_ACCEPTED"


def _subject(both: Pair, what: str) -> str:
    return f"Your contact request about candidacy {both.number} {what}"


async def _unknown(both: Pair, request: str) -> None:
    """The employer is told that it is cancelled, and nothing else."""
    read = await both.recruiter.read(request)
    assert read is not None
    assert (read["status"], read["reply"], read["person"]) == ("CANCELLED", None, None)
    assert await both.recruiter.person(both.number) is None


async def test_an_employer_takes_back_what_was_not_answered(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.asked()
    assert (await both.recruiter.act("cancelContactRequest", id=request))["status"] == "CANCELLED"
    assert (await both.answer("acceptContact", request))["code"] == "CONTACT_NOT_PENDING"


async def test_a_request_lapses_after_thirty_days_though_no_worker_runs(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.asked()
    clock.move(days=30, seconds=-1)
    await service.work()
    assert (await both.received())["edges"][0]["node"]["status"] == "PENDING"
    clock.move(seconds=1)
    assert (await both.received())["edges"][0]["node"]["status"] == "CANCELLED"
    assert (await both.answer("acceptContact", request))["code"] == "CONTACT_NOT_PENDING"
    await service.work()
    assert _subject(both, "was not answered") in both.recruiter.mails()
    await _unknown(both, request)


async def test_an_employer_asks_so_often_a_day_and_no_more(
    service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days are those of Québec."""
    monkeypatch.setattr(contact_request, "A_DAY", 5)
    assert A_DAY == 100
    both = await pair(service, clock)
    clock.instant = clock.instant.replace(hour=4, minute=30)
    offers = [await both.recruiter.post() for _ in range(6)]
    for offer in offers[:5]:
        assert (await both.recruiter.request(both.number, offer))["status"] == "PENDING"
    entered = {"candidacyNumber": both.number, "jobOfferId": offers[5], "message": "Une de trop."}
    selection = "... on LimitReached { limit current retryAfterSeconds }"
    refused = await both.recruiter.act("requestContact", selection, **entered)
    assert (refused["code"], refused["limit"], refused["current"]) == ("TOO_MANY_CONTACT_REQUESTS", 5, 5)
    clock.move(seconds=refused["retryAfterSeconds"])
    assert (await both.recruiter.request(both.number, offers[5]))["status"] == "PENDING"


@pytest.mark.parametrize("accepted", [False, True])
async def test_who_hides_is_in_touch_no_more_and_does_not_say_why(service: Service, clock: Clock, accepted: bool) -> None:
    both = await pair(service, clock)
    request = await (both.accepted() if accepted else both.asked())
    await service.work()
    await both.person.act("hideFromEmployer", "", neq="1143920115")
    await _unknown(both, request)
    refused = await both.recruiter.request(both.number, await both.recruiter.post())
    never_was = await both.recruiter.request("BBBB-2222", both.recruiter.offer)
    assert refused == never_was
    assert refused["code"] == "NOT_FOUND"
    await service.work()
    assert _subject(both, "is closed") in both.recruiter.mails()
    await both.person.act("showToEmployer", "", neq="1143920115")
    await _unknown(both, request)


async def test_a_candidacy_that_is_withdrawn_ends_what_waits_and_not_what_is_agreed(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    agreed = await both.accepted()
    waiting = (await both.recruiter.request(both.number, await both.recruiter.post()))["id"]
    await both.person.withdraw(both.candidacy)
    first, second = [await both.recruiter.read(each) for each in (agreed, waiting)]
    assert first is not None
    assert second is not None
    assert (first["status"], first["person"]) == ("ACCEPTED", PERSON)
    assert (second["status"], second["person"]) == ("CANCELLED", None)


async def test_a_publication_that_ends_ends_what_waits(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    clock.instant = datetime(2026, 5, 25, 14, tzinfo=UTC)
    offer = await both.recruiter.post()
    request = (await both.recruiter.request(both.number, offer))["id"]
    clock.instant = datetime(2026, 6, 1, 14, tzinfo=UTC)
    await service.work()
    read = await both.recruiter.read(request)
    assert read is not None
    assert (read["status"], read["person"]) == ("CANCELLED", None)


async def test_a_file_that_is_deactivated_ends_all_of_it(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    agreed = await both.accepted()
    waiting = (await both.recruiter.request(both.number, await both.recruiter.post()))["id"]
    await both.person.act("declareResidence", country="CA", province="QC")
    await service.work()
    assert (await both.recruiter.read(agreed) or {})["person"] == PERSON, "until the time to withdraw is over"
    clock.move(hours=49)
    await worker.meet_deadlines(service.resources)
    for each in (agreed, waiting):
        await _unknown(both, each)


async def test_who_is_erased_leaves_nothing_of_it_and_the_employer_is_told(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.accepted()
    await service.work()
    await erase(both.person)
    assert await both.recruiter.read(request) is None
    assert (await both.recruiter.requests())["totalCount"] == 0
    await service.work()
    assert "One of your contact requests is closed" in both.recruiter.mails()


async def test_an_employer_that_is_not_authenticated_any_more_sees_nobody(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.accepted()
    async with service.resources.database.begin() as session:
        await session.execute(update(Employer).values(status=EmployerStatus.SUSPENDED))
    read = await both.recruiter.read(request)
    assert read is not None
    assert (read["status"], read["person"]) == ("ACCEPTED", None)


async def test_a_stranger_is_answered_as_for_a_request_that_never_was(service: Service, clock: Clock) -> None:

    both = await pair(service, clock)
    request, never = await both.asked(), global_id("ContactRequest", UUID(int=7))
    other = await recruiter(service, OTHER_NEQ)
    assert await other.act("cancelContactRequest", id=request) == await other.act("cancelContactRequest", id=never)
    assert await service.ask(NODE, await other.token(), id=request) == await service.ask(NODE, await other.token(), id=never)
