"""Who finds which candidacy: hidden ones do not exist for whom they hide from, what left the search is gone from every number
before any worker has worked, and what was opened can be left out."""

from typing import Any

import pytest

import worker
from tests.conftest import Clock
from tests.path.candidate_file import Person, candidate
from tests.path.whole_life import erase
from tests.service import PASSWORD, Data, Service
from tests.world import OFFER

NEQ, OTHER_NEQ = "1143920115", "1143920123"
FOUND = """query($criteria: CandidacyCriteria) { candidacies(criteria: $criteria, first: 10) { totalCount
    facets { name values { value count fewerThan } } pageInfo { hasNextPage } edges { node { number } } } }"""
OPENED = "query($number: String!) { candidacy(number: $number, purpose: null) { number } }"
NODE = "query($id: ID!) { node(id: $id) { id } }"
PROFILES = "{ candidacies { edges { node { id number } } } }"
UNOPENED: Data = {"excluding": {"alreadyConsulted": True}}
UNASKED: Data = {"excluding": {"alreadyContacted": True}}
NONE_FOUND: Data = {"totalCount": 0, "facets": {}, "numbers": []}


async def member(service: Service, neq: str = NEQ) -> str:
    return await service.employer(f"rh{neq}@example.org", neq, await service.agent(f"agent{neq}@example.org"))


async def found(service: Service, token: str, **criteria: Any) -> Data:
    """What a search answers, the facets of values that there are."""
    answer = (await service.ask(FOUND, token, criteria=criteria))["candidacies"]
    return {
        "totalCount": answer["totalCount"],
        "facets": {each["name"]: each["values"] for each in answer["facets"] if each["values"]},
        "numbers": sorted(edge["node"]["number"] for edge in answer["edges"]),
    }


async def published(service: Service, clock: Clock, *emails: str) -> list[Person]:
    people = [await candidate(service, clock, email) for email in emails]
    for each in people:
        await each.publish()
    await service.work()
    return people


async def hide(person: Person, neq: str, act: str = "hideFromEmployer") -> Data:
    return await person.act(act, "... on Candidate { hiddenNeqs hiddenFrom { name } }", neq=neq)


async def everything_asked(service: Service, token: str, profile: Data) -> list[Any]:
    """All that an employer can ask of which a candidacy could be part."""
    return [
        await found(service, token),
        await found(service, token, text=profile["number"]),
        await found(service, token, text="infirmiere", countriesOfResidence=["MA"], regions=["03"]),
        await found(service, token, **UNOPENED),
        await service.ask(OPENED, token, number=profile["number"]),
        await service.ask(NODE, token, id=profile["id"]),
    ]


async def test_for_whom_it_hides_from_a_candidacy_is_as_if_it_had_never_been(service: Service, clock: Clock) -> None:
    """All that an employer is answered is what it is answered once there is no such candidacy."""
    hiding, _ = await published(service, clock, "hiding@example.org", "other@example.org")
    token, other = await member(service), await member(service, OTHER_NEQ)
    profiles = [edge["node"] for edge in (await service.ask(PROFILES, other))["candidacies"]["edges"]]
    (number,) = [each["number"] for each in (await hiding.file("candidacies { number }"))["candidacies"]]
    (profile,) = [each for each in profiles if each["number"] == number]
    before = await everything_asked(service, other, profile)
    assert before[0]["totalCount"] == 2
    assert await hide(hiding, NEQ) == {
        "__typename": "Candidate",
        "hiddenNeqs": [NEQ],
        "hiddenFrom": [{"name": "Hôpital du Fjord"}],
    }
    at_once = await everything_asked(service, token, profile)
    await service.work()
    indexed = await everything_asked(service, token, profile)
    assert (await everything_asked(service, other, profile))[:3] == before[:3]
    await erase(hiding)
    await service.work()
    assert at_once == indexed == await everything_asked(service, token, profile)
    assert at_once[0]["totalCount"] == 1
    assert at_once[1] == NONE_FOUND


async def test_who_is_shown_again_is_found_again(service: Service, clock: Clock) -> None:
    (person,) = await published(service, clock, "hiding@example.org")
    token = await member(service)
    await hide(person, f" {NEQ[:4]} {NEQ[4:]} ")
    await hide(person, NEQ)
    await service.work()
    assert await found(service, token) == NONE_FOUND
    assert (await hide(person, NEQ, "showToEmployer"))["hiddenNeqs"] == []
    await hide(person, NEQ, "showToEmployer")
    await service.work()
    assert (await found(service, token))["totalCount"] == 1


async def test_an_employer_that_registers_later_is_hidden_from_and_nobody_is_told_of_it_before(
    service: Service, clock: Clock
) -> None:
    (person,) = await published(service, clock, "hiding@example.org")
    unknown = await hide(person, NEQ)
    assert unknown == {"__typename": "Candidate", "hiddenNeqs": [NEQ], "hiddenFrom": []}
    token = await member(service)
    assert await found(service, token) == NONE_FOUND
    assert (await hide(person, NEQ))["hiddenFrom"] == [{"name": "Hôpital du Fjord"}]


async def test_nobody_hides_from_more_employers_than_two_hundred(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    token = await person.token()
    for number in range(200):
        assert (await service.act("hideFromEmployer", "", token, neq=f"{number:010}"))["__typename"] == "Candidate"
    refused = await service.act("hideFromEmployer", "... on LimitReached { limit current }", token, neq=NEQ)
    assert (refused["code"], refused["limit"], refused["current"]) == ("TOO_MANY_HIDDEN_EMPLOYERS", 200, 200)


@pytest.mark.parametrize("end", ["withdrawn", "deactivated", "erased"])
async def test_what_has_left_the_search_is_gone_from_every_number_though_no_worker_runs(
    service: Service, clock: Clock, end: str
) -> None:
    (person,) = await published(service, clock, "leaving@example.org")
    token = await member(service)
    assert (await found(service, token))["totalCount"] == 1
    if end == "withdrawn":
        (own,) = (await person.file("candidacies { id }"))["candidacies"]
        await person.withdraw(own["id"])
    elif end == "deactivated":
        await person.act("declareResidence", country="CA", province="QC")
        await service.work()  # the notice is sent
        clock.move(hours=49)
        await worker.meet_deadlines(service.resources)
        token = await service.sign_in(f"rh{NEQ}@example.org")
    else:
        await erase(person)
    assert await found(service, token) == NONE_FOUND
    await service.work()
    assert await found(service, token) == NONE_FOUND


async def test_an_offer_that_was_closed_is_gone_from_every_number_though_no_worker_runs(service: Service) -> None:
    token = await member(service)
    offer = await service.act("createJobOffer", "... on JobOffer { id }", token, **OFFER)
    await service.act("publishJobOffer", "", token, id=offer["id"])
    await service.work()
    offers = "{ jobOffers { totalCount facets { values { value } } } }"
    assert (await service.ask(offers))["jobOffers"]["totalCount"] == 1
    await service.act("closeJobOffer", "", token, id=offer["id"])
    answer = (await service.ask(offers))["jobOffers"]
    assert (answer["totalCount"], [each for facet in answer["facets"] for each in facet["values"]]) == (0, [])


async def test_a_change_that_the_index_waits_for_takes_nothing_out_of_the_search(service: Service, clock: Clock) -> None:
    (person,) = await published(service, clock, "revised@example.org")
    token = await member(service)
    (own,) = (await person.file("candidacies { id }"))["candidacies"]
    await person.act("reviseCandidacy", id=own["id"], yearsOfExperience=3)
    assert (await found(service, token))["totalCount"] == 1


async def test_what_an_employer_has_opened_is_left_out_for_it_alone_when_it_asks(service: Service, clock: Clock) -> None:
    await published(service, clock, "one@example.org", "two@example.org")
    token, other = await member(service), await member(service, OTHER_NEQ)
    opened, unopened = (await found(service, token))["numbers"]
    assert (await service.ask(OPENED, token, number=opened))["candidacy"] == {"number": opened}
    left = await found(service, token, **UNOPENED)
    assert (left["totalCount"], left["numbers"]) == (1, [unopened])
    assert {value["fewerThan"] for values in left["facets"].values() for value in values} == {3}
    for asking, criteria in ((token, {}), (token, {"excluding": {"alreadyConsulted": None}}), (other, UNOPENED)):
        assert (await found(service, asking, **criteria))["numbers"] == [opened, unopened]


async def test_whom_an_employer_has_asked_is_left_out_for_it_alone_when_it_asks(service: Service, clock: Clock) -> None:
    await published(service, clock, "one@example.org", "two@example.org")
    token, other = await member(service), await member(service, OTHER_NEQ)
    asked, unasked = (await found(service, token))["numbers"]
    offer = (await service.act("createJobOffer", "... on JobOffer { id }", token, **OFFER))["id"]
    await service.act("publishJobOffer", "", token, id=offer)
    entered = {"candidacyNumber": asked, "jobOfferId": offer, "message": "Bonjour."}
    request = await service.act("requestContact", "... on ContactRequest { id }", token, **entered)
    await service.act("cancelContactRequest", "", token, id=request["id"])
    left = await found(service, token, **UNASKED)
    assert (left["totalCount"], left["numbers"]) == (1, [unasked])
    both: Data = {"excluding": {"alreadyContacted": True, "alreadyConsulted": True}}
    assert (await service.ask(OPENED, token, number=unasked))["candidacy"] == {"number": unasked}
    assert await found(service, token, **both) == NONE_FOUND
    for asking, criteria in ((token, {}), (token, {"excluding": {"alreadyContacted": None}}), (other, UNASKED)):
        assert (await found(service, asking, **criteria))["numbers"] == [asked, unasked]


async def test_who_hides_from_an_neq_hides_from_everybody_who_registers_with_it(service: Service, clock: Clock) -> None:
    (person,) = await published(service, clock, "amina@example.org")
    first = await member(service)
    agent = await service.agent("other.agent@example.org")
    entered = {"email": "second@example.org", "password": PASSWORD, "name": "Max", "employerName": "Autre", "neq": NEQ}
    second = await service.act("registerEmployer", "... on EmployerMember { employer { id } }", **entered)
    await service.confirm("second@example.org")
    await hide(person, NEQ)
    text = "{ viewer { ... on EmployerMember { employer { id } } } }"
    employer = (await service.ask(text, first))["viewer"]["employer"]["id"]
    await service.act("suspendEmployer", "", agent, employerId=employer, reason="Un autre a ce NEQ.")
    await service.act("authenticateEmployer", "", agent, employerId=second["employer"]["id"])
    assert await found(service, await service.sign_in("second@example.org")) == NONE_FOUND
    await hide(person, NEQ, "showToEmployer")
    assert (await found(service, await service.sign_in("second@example.org")))["totalCount"] == 1
