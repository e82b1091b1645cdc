"""Asks the queries that a client may ask, and tells what came of them: never a fault of the service's. Not a test itself."""

from typing import Any

import orjson
from graphql import GraphQLError

from models.language import Language
from tests.world import World
from transport import masking

OFFERS = """query($criteria: JobOfferCriteria, $order: JobOfferOrder, $first: Int, $after: Cursor) {
    page: jobOffers(criteria: $criteria, orderBy: $order, first: $first, after: $after) { totalCount suggestions ignoredWords
        pageInfo { endCursor } edges { cursor highlights { fragments { text } } node { id } } facets { values { label } } } }"""
CANDIDACIES = OFFERS.replace("JobOffer", "Candidacy").replace("jobOffers", "candidacies")
SUGGESTED = """query($typed: String!) { suggestOccupations(text: $typed, first: 50) { code label }
    suggestSkills(text: $typed) { code label } }"""
ESTIMATE = "query($criteria: JobOfferCriteria!) { estimateJobAlert(criteria: $criteria) { matches } }"
WAITING = """query($first: Int, $after: Cursor) { page: employersToAuthenticate(first: $first, after: $after) {
    pageInfo { endCursor } edges { cursor } } }"""
OWN = """query($first: Int, $after: Cursor) { viewer { ... on Candidate {
    page: LIST(first: $first, after: $after) { totalCount pageInfo { endCursor } edges { cursor } } } } }"""
CONSULTATIONS, NOTIFICATIONS = OWN.replace("LIST", "consultations"), OWN.replace("LIST", "notifications")
OF_EMPLOYER = OWN.replace("... on Candidate {", "... on EmployerMember { employer {") + " }"
LISTS = {
    "jobOffers": (OFFERS, "nobody"),
    "candidacies": (CANDIDACIES, "member"),
    "employersToAuthenticate": (WAITING, "agent"),
    "consultations": (CONSULTATIONS, "candidate"),
    "notifications": (NOTIFICATIONS, "candidate"),
    "jobOffers of an employer": (OF_EMPLOYER.replace("LIST", "jobOffers"), "member"),
    "applications": (OWN.replace("LIST", "applications"), "candidate"),
    "contactRequests": (OWN.replace("LIST", "contactRequests"), "candidate"),
    "contactRequests of an employer": (OF_EMPLOYER.replace("LIST", "contactRequests"), "member"),
}
"""Every list that has pages, and who may read it."""


async def ask(world: World, role: str, text: str, **variables: Any) -> Any:
    return await world.service.run(text, world.tokens[role], language=Language.FR, **variables)


def code_of(error: GraphQLError) -> str:
    """The code of what a client is told of an error. A fault of the service's fails the test."""
    assert masking.outcome_of(error) is not masking.Outcome.FAULT, repr(error.original_error)
    told = masking.shown(error, Language.FR)
    assert told["message"]
    return str(told["extensions"]["code"])


def codes(result: Any) -> list[str]:
    orjson.dumps(result.data)
    return [code_of(error) for error in result.errors or ()]
