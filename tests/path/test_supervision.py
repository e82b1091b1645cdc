"""What agents decide about employers and their offers, in the search, in the history and in letters; how long an offer runs."""

from datetime import timedelta

from tests.conftest import Clock
from tests.service import Data, Service, addresses, plain
from tests.world import OFFER

NEQ = "1143920115"
MEMBER = "rh@example.org"
AUTHENTICATED = "Hôpital du Fjord can now use Online Placement"
OFFERS = "{ jobOffers { totalCount edges { node { number } } } }"
EMPLOYER = "{ viewer { ... on EmployerMember { employer { id status statusReason history { status reason } } } } }"
OFFER_FIELDS = "... on JobOffer { id number status endsOn removalReason history { status by reason changed } }"


async def posted(service: Service) -> tuple[str, str, Data]:
    """The tokens of an agent and of a member whose address is confirmed, and the published offer of that member."""
    agent = await service.agent()
    member = await service.employer(MEMBER, NEQ, agent)
    await service.confirm(MEMBER)
    draft = await service.act("createJobOffer", "... on JobOffer { id }", member, **OFFER)
    offer = await service.act("publishJobOffer", OFFER_FIELDS, member, id=draft["id"])
    await service.work()
    return agent, member, offer


async def employer(service: Service, member: str) -> Data:
    found: Data = (await service.ask(EMPLOYER, member))["viewer"]["employer"]
    return found


async def count(service: Service) -> int:
    found: int = (await service.ask(OFFERS))["jobOffers"]["totalCount"]
    return found


def news(service: Service) -> list[str]:
    """The subjects of what the member was written, in order of the alphabet, but for the confirmation of the address."""
    letters = [each for each in service.letters() if addresses(each) == [MEMBER] and "/confirm" not in plain(each)]
    return sorted(str(each["Subject"]) for each in letters)


async def test_a_suspended_employer_leaves_the_search_before_any_worker_works_and_comes_back(service: Service) -> None:
    agent, member, _ = await posted(service)
    id_ = (await employer(service, member))["id"]
    assert await count(service) == 1
    done = await service.act("suspendEmployer", "... on Employer { status }", agent, employerId=id_, reason="Plaintes.")
    assert (done["status"], await count(service)) == ("SUSPENDED", 0)
    await service.work()
    assert await count(service) == 0
    await service.act("reinstateEmployer", "... on Employer { status }", agent, employerId=id_)
    await service.work()
    assert await count(service) == 1
    steps = (await employer(service, member))["history"]
    assert [(each["status"], each["reason"]) for each in steps] == [
        ("AUTHENTICATED", None),
        ("SUSPENDED", "Plaintes."),
        ("AUTHENTICATED", None),
    ]
    assert news(service) == [AUTHENTICATED, "Hôpital du Fjord is no longer suspended", "Hôpital du Fjord is suspended"]
    suspension = next(each for each in service.letters() if "is suspended" in str(each["Subject"]))
    assert "Plaintes." in plain(suspension)


async def test_news_that_is_no_longer_so_is_not_sent(service: Service) -> None:
    agent, member, _ = await posted(service)
    id_ = (await employer(service, member))["id"]
    await service.act("suspendEmployer", "... on Employer { id }", agent, employerId=id_, reason="Plaintes.")
    await service.act("reinstateEmployer", "... on Employer { id }", agent, employerId=id_)
    await service.work()
    assert news(service) == [AUTHENTICATED, "Hôpital du Fjord is no longer suspended"]


async def test_what_agents_decided_is_not_for_strangers(service: Service) -> None:
    agent, member, _ = await posted(service)
    id_ = (await employer(service, member))["id"]
    asked = "query($id: ID!) { node(id: $id) { ... on Employer { history { status } } } }"
    assert (await service.ask(asked, None, id=id_))["node"] == {"history": []}
    assert len((await service.ask(asked, agent, id=id_))["node"]["history"]) == 1


async def test_a_removed_offer_leaves_the_search_at_once_and_its_employer_reads_why(service: Service) -> None:
    agent, member, offer = await posted(service)
    removed = await service.act("removeJobOffer", OFFER_FIELDS, agent, id=offer["id"], reason="Discriminatoire.")
    assert (removed["status"], await count(service)) == ("REMOVED", 0)
    await service.work()
    assert await count(service) == 0
    asked = f"query($number: String!) {{ jobOffer(number: $number) {{ {OFFER_FIELDS} }} }}"
    theirs = (await service.ask(asked, member, number=offer["number"]))["jobOffer"]
    assert theirs["removalReason"] == "Discriminatoire."
    assert theirs["history"][-1] == {
        "status": "REMOVED",
        "by": "Placement en ligne / Online Placement",
        "reason": "Discriminatoire.",
        "changed": [],
    }
    assert news(service)[-1] == f"Your job offer {offer['number']} (Night nurse) was removed"
    assert (await service.ask(asked, None, number=offer["number"]))["jobOffer"] is None


async def test_an_offer_is_extended_to_a_hundred_and_twenty_days_and_ends_then(service: Service, clock: Clock) -> None:
    _, member, offer = await posted(service)
    extended = await service.act("extendJobOffer", OFFER_FIELDS, member, id=offer["id"], days=90)
    assert extended["endsOn"] > offer["endsOn"]
    assert [each["changed"] for each in extended["history"]] == [[], [], ["endsOn"]]
    more = await service.act("extendJobOffer", "", member, id=offer["id"], days=1)
    assert (more["code"], "120" in more["message"]) == ("RUNS_TOO_LONG", True)
    clock.instant += timedelta(days=119)
    await service.work()
    assert await count(service) == 1
    clock.instant += timedelta(days=2)
    await service.work()
    assert await count(service) == 0
    late = await service.act("extendJobOffer", "", await service.sign_in(MEMBER), id=offer["id"], days=1)
    assert late["code"] == "NOT_PUBLISHED"
