"""Candidates report offers that they can see; agents look at them, and at the first offers of an employer, and clear or remove
them."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from models.job_offer_report import A_DAY
from tests.conftest import Clock
from tests.path.candidate_file import candidate
from tests.path.test_at_once import outcomes
from tests.path.whole_life import erase, export
from tests.schema.posted import OFFER, post
from tests.service import Data, Service

NEQ, MEMBER = "1143920115", "rh@example.org"
QUEUE = """query($first: Int, $after: Cursor) { jobOffersToReview(first: $first, after: $after) { totalCount
    pageInfo { hasNextPage endCursor } edges { node { newEmployer reportCount
    jobOffer { id number similarOffers { number } } reports { candidateId name reason comment } } } } }"""


async def settled(service: Service, clock: Clock) -> tuple[str, str]:
    """The tokens of an agent and of a member whose employer was authenticated eight days ago."""
    agent = await service.agent()
    await service.employer(MEMBER, NEQ, agent)
    clock.move(days=8)
    return await service.sign_in("agent@example.org"), await service.sign_in(MEMBER)


async def ids(service: Service, *numbers: str) -> list[str]:
    query = "query($n: String!) { jobOffer(number: $n) { id } }"
    return [(await service.ask(query, n=number))["jobOffer"]["id"] for number in numbers]


async def queue(service: Service, agent: str, first: int = 20, after: str | None = None) -> Data:
    found: Data = (await service.ask(QUEUE, agent, first=first, after=after))["jobOffersToReview"]
    return found


async def waiting(service: Service, agent: str) -> list[tuple[str, int]]:
    """The numbers of the offers and of their reports, over pages of one."""
    page = await queue(service, agent, 1)
    nodes, total = [each["node"] for each in page["edges"]], page["totalCount"]
    while page["pageInfo"]["hasNextPage"]:
        page = await queue(service, agent, 1, page["pageInfo"]["endCursor"])
        nodes += [each["node"] for each in page["edges"]]
    assert len(nodes) == total
    return [(each["jobOffer"]["number"], each["reportCount"]) for each in nodes]


async def report(service: Service, person: str, offer: str, reason: str = "FEES", **entered: object) -> Data:
    selection = "... on JobOfferReported { reason comment jobOffer { id } }"
    return await service.act("reportJobOffer", selection, person, jobOfferId=offer, reason=reason, **entered)


async def people(service: Service, count: int) -> list[str]:
    """The tokens of as many candidates, whose addresses are numbered."""
    return [await service.candidate(f"c{each}@example.org") for each in range(count)]


async def test_agents_see_the_offer_with_the_most_reports_first_and_who_made_them(service: Service, clock: Clock) -> None:
    agent, member = await settled(service, clock)
    numbers = [await post(service, member) for _ in range(3)]
    offers = await ids(service, *numbers)
    first, second = await people(service, 2)
    told = await report(service, first, offers[0], comment=" On demande 500 $. ")
    assert (told["reason"], told["comment"], told["jobOffer"]["id"]) == ("FEES", "On demande 500 $.", offers[0])
    clock.move(minutes=1)
    for person in (first, second):
        await report(service, person, offers[2], "MISLEADING")
    clock.move(minutes=1)
    await report(service, second, offers[1], "OTHER", comment="Adresse inconnue.")
    assert await waiting(service, agent) == [(numbers[2], 2), (numbers[0], 1), (numbers[1], 1)]
    nodes = [each["node"] for each in (await queue(service, agent))["edges"]]
    assert [each["newEmployer"] for each in nodes] == [False] * 3
    (seen,) = nodes[2]["reports"]
    assert (seen["reason"], seen["comment"], bool(seen["name"])) == ("OTHER", "Adresse inconnue.", True)
    told = await service.ask("query($id: ID!) { node(id: $id) { ... on Candidate { email } } }", agent, id=seen["candidateId"])
    assert told["node"]["email"] == "c1@example.org"


async def test_what_was_reviewed_waits_no_more_until_it_is_reported_again(service: Service, clock: Clock) -> None:
    agent, member = await settled(service, clock)
    number = await post(service, member)
    (offer,) = await ids(service, number)
    first, second, third = await people(service, 3)
    await report(service, first, offer)
    await service.act("reviseJobOffer", "", member, id=offer, openings=3)
    stale = await service.act("clearJobOffer", "", agent, id=offer, version=2)
    assert stale["code"] == "STALE_VERSION"
    assert "code" not in await service.act("clearJobOffer", "", agent, id=offer, version=3)
    assert await waiting(service, agent) == []
    assert (await service.act("clearJobOffer", "", agent, id=offer))["code"] == "NOT_TO_REVIEW"
    await report(service, second, offer)
    assert await waiting(service, agent) == [(number, 1)]  # the first was seen already
    assert "code" not in await service.act("removeJobOffer", "", agent, id=offer, reason="Frais demandés.")
    assert await waiting(service, agent) == []
    assert (await report(service, third, offer))["code"] == "NOT_FOUND"


async def test_a_report_that_came_since_is_not_taken_for_seen(service: Service, clock: Clock) -> None:
    agent, member = await settled(service, clock)
    number = await post(service, member)
    (offer,) = await ids(service, number)
    first, second = await people(service, 2)
    await report(service, first, offer)
    seen = await waiting(service, agent)
    await report(service, second, offer, "MISLEADING")
    refused = await service.act("clearJobOffer", "", agent, id=offer, reports=seen[0][1])
    assert refused["code"] == "REPORTED_SINCE"
    assert await waiting(service, agent) == [(number, 2)]
    assert "code" not in await service.act("clearJobOffer", "", agent, id=offer, reports=2)
    assert await waiting(service, agent) == []


def ticking(service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """As clocks do, also while an act is done."""

    def tick() -> datetime:
        clock.move(microseconds=1)
        return clock()

    monkeypatch.setattr(service, "resources", replace(service.resources, now=tick))


async def test_the_first_week_of_an_employer_is_looked_at(
    service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = await service.agent()
    member = await service.employer(MEMBER, NEQ, agent)
    ticking(service, clock, monkeypatch)
    number = await post(service, member)
    clock.move(days=6, hours=23)
    agent, member = await service.sign_in("agent@example.org"), await service.sign_in(MEMBER)
    other = await post(service, member)
    clock.move(hours=1)
    agent, member = await service.sign_in("agent@example.org"), await service.sign_in(MEMBER)
    await post(service, member)
    assert await waiting(service, agent) == [(number, 0), (other, 0)]
    assert all(each["node"]["newEmployer"] for each in (await queue(service, agent))["edges"])
    employer = await service.ask("{ viewer { ... on EmployerMember { employer { id } } } }", member)
    entered = {"employerId": employer["viewer"]["employer"]["id"]}
    await service.act("suspendEmployer", "", agent, reason="Plaintes.", **entered)
    assert await waiting(service, agent) == []
    await service.act("reinstateEmployer", "", agent, **entered)
    await post(service, member)  # a suspension that ends begins no other week
    assert await waiting(service, agent) == [(number, 0), (other, 0)]


async def test_one_report_each_whoever_comes_at_once_and_the_same_request_twice_is_one(service: Service, clock: Clock) -> None:
    agent, member = await settled(service, clock)
    number = await post(service, member)
    (offer,) = await ids(service, number)
    first, second = await people(service, 2)
    answers = await asyncio.gather(*(report(service, each, offer) for each in (first, second, first, second)))
    assert outcomes(answers) == {("JobOfferReported", ""): 2, ("Conflict", "ALREADY_REPORTED"): 2}
    assert await waiting(service, agent) == [(number, 2)]
    (other,) = await ids(service, await post(service, member))
    same = [await report(service, first, other, idempotencyKey="once") for _ in range(2)]
    assert same[0] == same[1]
    assert same[0]["__typename"] == "JobOfferReported"


async def test_a_person_reports_so_many_a_day(service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    assert A_DAY == 20
    monkeypatch.setattr("resolvers.job_offer_report.A_DAY", 2)
    _, member = await settled(service, clock)
    offers = await ids(service, *[await post(service, member) for _ in range(3)])
    first, second = await people(service, 2)
    assert [(await report(service, first, offer)).get("code") for offer in offers] == [None, None, "TOO_MANY_REPORTS"]
    assert "code" not in await report(service, second, offers[2])
    clock.move(days=1)
    first = await service.sign_in("c0@example.org")
    assert "code" not in await report(service, first, offers[2])


async def test_an_employer_learns_nothing_of_reports_and_an_erased_reporter_leaves_none(service: Service, clock: Clock) -> None:
    agent, member = await settled(service, clock)
    number = await post(service, member)
    (offer,) = await ids(service, number)
    person = await candidate(service, clock)
    await report(service, await person.token(), offer, comment="Adresse inconnue.")
    (kept,) = (await export(person))["jobOfferReports"]
    assert (kept["jobOfferNumber"], kept["reason"], kept["comment"]) == (number, "FEES", "Adresse inconnue.")
    history = "query($n: String!) { jobOffer(number: $n) { version history { status } } }"
    seen = (await service.ask(history, member, n=number))["jobOffer"]
    assert (seen["version"], [each["status"] for each in seen["history"]]) == (2, ["DRAFT", "PUBLISHED"])
    await erase(person)
    (left,) = (await queue(service, agent))["edges"]
    assert (left["node"]["reportCount"], left["node"]["reports"]) == (0, [])


async def test_a_cursor_that_no_list_gave_is_refused(service: Service) -> None:
    agent = await service.agent()
    for after in ("x", "1.x", "-1.", "99999999999.MjAyNg==", "²."):
        (error,) = (await service.run(QUEUE, agent, after=after)).errors
        assert error.original_error.code == "INVALID_INPUT"


async def test_an_offer_is_shown_beside_those_that_say_the_same(service: Service, clock: Clock) -> None:
    agent = await service.agent()
    member = await service.employer(MEMBER, NEQ, agent)
    text = "Soins de nuit aux patients de chirurgie, prise en charge des urgences, tenue des dossiers, accueil des familles."
    numbers = [await post(service, member, description={"fr": text}, title=OFFER["title"]) for _ in range(2)]
    nodes = [each["node"]["jobOffer"] for each in (await queue(service, agent))["edges"]]
    assert {each["number"]: [other["number"] for other in each["similarOffers"]] for each in nodes} == {
        numbers[0]: [numbers[1]],
        numbers[1]: [numbers[0]],
    }


async def test_an_offer_that_was_looked_at_and_is_another_since_is_looked_at_again(service: Service, clock: Clock) -> None:
    agent, member = await settled(service, clock)
    number = await post(service, member)
    (offer,) = await ids(service, number)
    (person,) = await people(service, 1)
    await report(service, person, offer)
    assert "code" not in await service.act("clearJobOffer", "", agent, id=offer)
    assert "code" not in await service.act("reviseJobOffer", "", member, id=offer, city="Laval")
    assert await waiting(service, agent) == [(number, 0)]
    history = "query($n: String!) { jobOffer(number: $n) { history { status by changed } } }"
    steps = (await service.ask(history, member, n=number))["jobOffer"]["history"]
    expected = [("DRAFT", []), ("PUBLISHED", []), ("PUBLISHED", ["city"])]
    assert [(each["status"], each["changed"]) for each in steps] == expected
    assert len({each["by"] for each in steps}) == 1
    assert "code" not in await service.act("clearJobOffer", "", agent, id=offer)
    assert "code" not in await service.act("reviseJobOffer", "", member, id=offer, city="Laval")
    assert await waiting(service, agent) == [], "nothing has changed"


async def test_a_file_that_the_registry_has_not_recognised_reports_nothing(service: Service, clock: Clock) -> None:
    _, member = await settled(service, clock)
    (offer,) = await ids(service, await post(service, member))
    pending = await service.candidate("pending@example.org", fileNumber="WAIT123456")
    assert (await report(service, pending, offer))["code"] == "REGISTRATION_PENDING"
