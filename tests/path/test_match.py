"""Matches as people see them: an employer that looks for candidacies with its offer, a candidate that looks for offers with a
candidacy, and strangers, for whom neither exists."""

from typing import Any

import pytest

from models.language import Language
from models.match import match
from resolvers.match import own_candidacy, own_offer
from schema.node import global_id, parts_of
from tests.path.asking import ask, codes
from tests.service import Data, Service
from tests.world import CANDIDACY, OFFER, World

MATCH = "match { score criteria { name outcome weight credit explanation } }"
CANDIDACIES = f"""query($offer: ID!, $criteria: CandidacyCriteria, $order: CandidacyOrder, $first: Int, $after: Cursor) {{
    candidacies(jobOfferId: $offer, criteria: $criteria, orderBy: $order, first: $first, after: $after) {{ totalCount
        pageInfo {{ endCursor hasNextPage }} edges {{ score {MATCH} node {{ number }} }} }} }}"""
OFFERS = f"""query($candidacy: ID!, $criteria: JobOfferCriteria) {{ jobOffers(candidacyId: $candidacy, criteria: $criteria) {{
    edges {{ score {MATCH} node {{ number match(candidacyId: $candidacy) {{ score }} }} }} }} }}"""
RECOMMENDED = """query($id: ID!, $first: Int) { node(id: $id) {
    ... on JobOffer { recommendedCandidacies(first: $first) { match { score } node { number } } }
    ... on Candidacy { recommendedJobOffers(first: $first) { match { score } node { number } } } } }"""
WELDER = {"occupations": ["72106"], "skills": ["welding-mig"], "title": {"fr": "Soudeuse"}}
BEHIND = {"occupations": ["31302"], "skills": [], "title": {"fr": "Infirmier praticien"}}
"""Of the same group as the offer, and silent about skills."""


async def published(service: Service, token: str, act: str, of: str, **entered: Any) -> Data:
    """The id and the number of something that is published."""
    draft = await service.act(f"create{act}", f"... on {of} {{ id number }}", token, **entered)
    done = await service.act(f"publish{act}", f"... on {of} {{ id number }}", token, id=draft["id"])
    assert done["__typename"] == of, done
    return done


async def stage(service: Service) -> tuple[str, str, Data, dict[str, Data]]:
    """An employer with an offer, and a candidate with three candidacies that suit it well, in part and hardly."""
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    candidate = await service.candidate("amina@example.org")
    offer = await published(service, employer, "JobOffer", "JobOffer", **OFFER)
    candidacies = {
        name: await published(service, candidate, "Candidacy", "Candidacy", **{**CANDIDACY, **changes})
        for name, changes in (("hardly", WELDER), ("well", {}), ("in part", BEHIND))
    }
    await service.work()
    return employer, candidate, offer, candidacies


async def test_an_employer_sees_who_suits_its_offer_best_and_why(service: Service) -> None:
    employer, _, offer, candidacies = await stage(service)
    page = (await service.ask(CANDIDACIES, employer, offer=offer["id"]))["candidacies"]
    assert [edge["node"]["number"] for edge in page["edges"]] == [
        candidacies[name]["number"] for name in ("well", "in part", "hardly")
    ]
    assert page["totalCount"] == 3
    best = page["edges"][0]
    assert best["score"] is None
    assert best["match"]["score"] == sum(each["credit"] for each in best["match"]["criteria"]) / 25
    told = {each["name"]: each for each in best["match"]["criteria"]}
    assert (told["SKILLS"]["outcome"], told["SKILLS"]["weight"], told["SKILLS"]["credit"]) == ("MET", 6, 6)
    assert told["SKILLS"]["explanation"] == "Skills asked for and stated: Patient care."
    assert told["REGION"]["outcome"] == "UNMET"
    assert told["REGION"]["explanation"] == "Region of the work: Saguenay–Lac-Saint-Jean. Accepted: Montréal."
    assert "60" not in told["SALARY"]["explanation"]


async def test_the_order_goes_on_from_page_to_page_and_may_be_another(service: Service) -> None:
    employer, _, offer, candidacies = await stage(service)
    seen, after = [], None
    for _ in range(3):
        asked = {"offer": offer["id"], "first": 1, "after": after}
        page = (await service.ask(CANDIDACIES, employer, **asked))["candidacies"]
        seen += [edge["node"]["number"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert not page["pageInfo"]["hasNextPage"]
    assert seen == [candidacies[name]["number"] for name in ("well", "in part", "hardly")]
    newest = (await service.ask(CANDIDACIES, employer, offer=offer["id"], order="PUBLISHED_AT"))["candidacies"]["edges"]
    assert {edge["node"]["number"] for edge in newest} == set(seen)
    assert all(edge["match"] for edge in newest)
    among = await service.ask(CANDIDACIES, employer, offer=offer["id"], criteria={"text": "soudeuse"})
    assert [edge["node"]["number"] for edge in among["candidacies"]["edges"]] == [candidacies["hardly"]["number"]]


async def test_a_candidate_sees_the_same_match_in_its_own_language(service: Service) -> None:
    employer, candidate, offer, candidacies = await stage(service)
    theirs = (await service.ask(CANDIDACIES, employer, offer=offer["id"]))["candidacies"]["edges"][0]["match"]
    text, own = OFFERS, candidacies["well"]["id"]
    (edge,) = (await service.ask(text, candidate, candidacy=own))["jobOffers"]["edges"]
    assert edge["match"] == theirs
    assert (edge["node"]["number"], edge["node"]["match"]["score"]) == (offer["number"], theirs["score"])
    french = (await service.ask(text, candidate, language=Language.FR, candidacy=own))["jobOffers"]["edges"][0]["match"]
    said = {each["name"]: each["explanation"] for each in french["criteria"]}
    assert said["SKILLS"] == "Compétences demandées et déclarées\N{NO-BREAK SPACE}: Soins aux patients."
    assert [each["credit"] for each in french["criteria"]] == [each["credit"] for each in theirs["criteria"]]


async def test_only_what_has_something_in_common_is_recommended(service: Service) -> None:
    employer, candidate, offer, candidacies = await stage(service)
    found = (await service.ask(RECOMMENDED, employer, id=offer["id"]))["node"]["recommendedCandidacies"]
    assert [each["node"]["number"] for each in found] == [candidacies[name]["number"] for name in ("well", "in part")]
    assert found[0]["match"]["score"] > found[1]["match"]["score"]
    (first,) = (await service.ask(RECOMMENDED, employer, id=offer["id"], first=1))["node"]["recommendedCandidacies"]
    assert first == found[0]
    back = (await service.ask(RECOMMENDED, candidate, id=candidacies["well"]["id"]))["node"]["recommendedJobOffers"]
    assert [(each["node"]["number"], each["match"]) for each in back] == [(offer["number"], found[0]["match"])]
    none = (await service.ask(RECOMMENDED, candidate, id=candidacies["hardly"]["id"]))["node"]["recommendedJobOffers"]
    assert none == []


async def test_what_is_withdrawn_is_matched_with_nothing_at_once(service: Service) -> None:
    employer, candidate, offer, candidacies = await stage(service)
    await service.act("withdrawCandidacy", "", candidate, id=candidacies["well"]["id"])
    found = (await service.ask(CANDIDACIES, employer, offer=offer["id"]))["candidacies"]["edges"]
    recommended = (await service.ask(RECOMMENDED, employer, id=offer["id"]))["node"]["recommendedCandidacies"]
    shown = {each["node"]["number"] for each in (*found, *recommended)}
    assert shown == {candidacies[name]["number"] for name in ("in part", "hardly")}


NOT_THEIRS = {
    "candidacies": (CANDIDACIES, "offer", "JobOffer", ("offer of the suspended member", "draft offer"), "other member"),
    "offers": (OFFERS, "candidacy", "Candidacy", ("published candidacy", "draft of the candidate"), "other candidate"),
    "offers, signed in otherwise": (OFFERS, "candidacy", "Candidacy", ("published candidacy",), "member"),
    "offers, not signed in": (OFFERS, "candidacy", "Candidacy", ("published candidacy",), "nobody"),
}


@pytest.mark.parametrize("case", NOT_THEIRS)
async def test_what_is_a_strangers_is_as_unknown_as_what_never_was(world: World, case: str) -> None:
    text, name, of, whats, role = NOT_THEIRS[case]
    never_was = global_id(of, parts_of(world.ids["agent"])[1])
    for id_ in (never_was, *(world.ids[what] for what in whats), world.ids["agent"], "none"):
        assert codes(await ask(world, role, text, **{name: id_})) == ["NOT_FOUND"], id_


async def test_the_match_of_an_offer_is_shown_to_the_candidacys_candidate_alone(world: World) -> None:
    text = "query($id: ID!, $candidacy: ID!) { node(id: $id) { ... on JobOffer { match(candidacyId: $candidacy) { score } } } }"

    async def shown_to(role: str, candidacy: str) -> bool:
        asked = {"id": world.ids["published offer"], "candidacy": world.ids[candidacy]}
        answer: Data = await world.service.ask(text, world.tokens[role], language=Language.EN, **asked)
        return answer["node"]["match"] is not None

    assert {role for role in world.tokens if await shown_to(role, "published candidacy")} == {"candidate"}
    assert not await shown_to("candidate", "draft of the other candidate")


async def test_a_draft_can_be_matched_before_anybody_sees_it(world: World) -> None:
    empty, draft = world.ids["empty candidacy"], world.ids["draft offer"]
    (edge,) = (await world.service.ask(OFFERS, world.tokens["candidate"], candidacy=empty))["jobOffers"]["edges"]
    told = {each["name"]: each["outcome"] for each in edge["match"]["criteria"]}
    assert (told["OCCUPATION"], told["SKILLS"], told["SALARY"]) == ("UNKNOWN", "UNKNOWN", "MET")
    (edge,) = (await world.service.ask(CANDIDACIES, world.tokens["member"], offer=draft))["candidacies"]["edges"]
    assert {each["name"]: each["explanation"] for each in edge["match"]["criteria"]}["AVAILABILITY"] == (
        "The offer has no last day yet."
    )


async def test_the_match_that_is_told_is_that_of_the_rows(world: World) -> None:
    member, candidate = [await world.service.asking(world.tokens[role]) for role in ("member", "candidate")]
    offer = await own_offer(member, world.key("published offer"))
    candidacy = await own_candidacy(candidate, world.key("published candidacy"))
    text, own = CANDIDACIES, world.ids["published offer"]
    (edge,) = (await world.service.ask(text, world.tokens["member"], offer=own))["candidacies"]["edges"]
    assert edge["match"]["score"] == match(offer, candidacy).score
