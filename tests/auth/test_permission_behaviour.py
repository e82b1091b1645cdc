"""What the permission table comes to: for everybody, every object and every field, and for every operation and whoever may
not call it. A stranger is answered as if the object had never been."""

from uuid import UUID

import pytest
from graphql import GraphQLError, GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType, get_named_type

from auth.permissions import OBJECTS
from models.language import Language
from schema.node import LOADERS, global_id
from schema.schema import schema
from tests.acts import ACTS, done
from tests.service import Data
from tests.world import CANDIDATES, MEMBERS, ROLES, World
from transport.masking import shown

EVERYBODY = set(ROLES)
KNOWN: dict[tuple[str, str], set[str]] = {
    ("Candidate", "candidate"): {"candidate", "agent"},
    ("EmployerMember", "member"): {"member", "agent"},
    ("Agent", "agent"): {"agent"},
    ("Employer", "employer of the member"): EVERYBODY,
    ("Employer", "employer of the pending member"): {"pending member", "agent"},
    ("Employer", "employer of the refused member"): {"refused member", "agent"},
    ("Employer", "employer of the suspended member"): {"suspended member", "agent"},
    ("Candidacy", "draft of the candidate"): {"candidate", "agent"},
    ("Candidacy", "published candidacy"): {"candidate", "agent"},
    ("PublishedCandidacy", "profile"): {"member", "other member"},
    ("PublishedCandidacy", "profile of a draft"): set(),
    ("JobOffer", "published offer"): EVERYBODY,
    ("JobOffer", "draft offer"): {"member", "agent"},
    ("JobOffer", "closed offer"): {"member", "agent"},
    ("JobOffer", "offer of the suspended member"): {"suspended member", "agent"},
    ("JobAlert", "alert"): {"candidate"},
    ("CandidacySearch", "search"): {"member"},
    ("ContactRequest", "contact request"): {"candidate", "member"},
    ("ContactRequest", "accepted request"): {"candidate", "member"},
    ("Application", "application"): {"candidate", "member"},
    ("Application", "application with an offer"): {"other candidate", "member"},
    ("PublishedCandidacy", "snapshot"): {"candidate", "member"},
    ("Notification", "notification"): {"candidate"},
    ("MemberInvitation", "invitation"): {"member"},
}
"""For whom each object exists."""

OWNERS = {
    **{role: role for role in MEMBERS},
    **dict.fromkeys(("published offer", "draft offer", "closed offer"), "member"),
    **dict.fromkeys(("contact request", "accepted request"), "member"),
    **{f"employer of the {role}": role for role in MEMBERS},
    "offer of the suspended member": "suspended member",
    "application": "candidate",
    "application with an offer": "other candidate",
    **dict.fromkeys(("candidate", "draft of the candidate", "published candidacy"), "candidate"),
}
AGENTS_READ = {
    ("Candidate", "jobAlerts"): False,
    ("Candidate", "consultations"): False,
    ("Candidate", "contactRequests"): False,
    ("Candidate", "applications"): False,
    ("Candidate", "notifications"): False,
    ("Candidate", "hiddenNeqs"): False,
    ("Employer", "members"): True,
    ("Employer", "invitations"): False,
    ("EmployerMember", "candidacySearches"): False,
    ("EmployerMember", "notifications"): False,
    ("Employer", "contactRequests"): False,
    ("ContactRequest", "person"): False,
    ("Employer", "statusReason"): True,
    ("Candidacy", "recommendedJobOffers"): False,
    ("JobOffer", "recommendedCandidacies"): False,
    ("JobOffer", "applications"): False,
    ("Application", "noNewsSince"): False,
    ("JobOffer", "history"): True,
    ("JobOffer", "removalReason"): True,
    ("JobOffer", "similarOffers"): True,
}
"""The fields that their object's owner may read and not everybody for whom it exists: whether agents may as well."""


NOTHING: tuple[object, ...] = (None, [], {"totalCount": 0})
FILLED = {"candidate", "employer of the member", "published candidacy", "published offer", "accepted request"}
"""The objects of which each of those fields has something to read."""
LEFT_EMPTY = {"similarOffers"}
"""But for these: no employer of the world posts the same twice."""
ASKED = {"match": '(candidacyId: "none")'}
"""What a field cannot do without."""


def selection(of: str) -> str:
    """Every field of a type that the table names; of an object in it, only that it is there."""
    kind = schema._schema.type_map[of]
    assert isinstance(kind, GraphQLObjectType)
    return " ".join(f"{name}{ASKED.get(name, '')} {_inside(get_named_type(kind.fields[name].type))}" for name in OBJECTS[of])


def _inside(of: GraphQLNamedType) -> str:
    if not isinstance(of, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    return "{ totalCount }" if "totalCount" in of.fields else "{ __typename }"


async def node(world: World, role: str, of: str, id: str) -> Data | None:
    text = f"query($id: ID!) {{ node(id: $id) {{ ... on {of} {{ {selection(of)} }} }} }}"
    found: Data | None = (await world.service.ask(text, world.tokens[role], id=id))["node"]
    return found


def test_every_type_that_can_be_fetched_is_looked_at() -> None:
    assert {of for of, _ in KNOWN} == set(LOADERS) == set(OBJECTS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("of", "what"), KNOWN)
async def test_an_object_exists_only_for_those_who_may_know_it(world: World, role: str, of: str, what: str) -> None:
    never_was = global_id(of, UUID(int=7, version=4))
    assert await node(world, role, of, never_was) is None
    found = await node(world, role, of, world.ids[what])
    assert (found is not None) == (role in KNOWN[of, what])
    assert found is None or set(found) == set(OBJECTS[of])


@pytest.mark.parametrize(("of", "field"), AGENTS_READ)
async def test_a_field_that_fewer_may_read_is_empty_for_the_others(world: World, of: str, field: str) -> None:
    for what in (what for kind, what in KNOWN if kind == of):
        readers = {OWNERS[what], "agent"} if AGENTS_READ[of, field] else {OWNERS[what]}
        for role in KNOWN[of, what]:
            found = await node(world, role, of, world.ids[what])
            assert found is not None
            told = found[field] not in NOTHING
            assert told <= (role in readers), (role, what)
            assert told or what not in FILLED or field in LEFT_EMPTY or role not in readers, (role, what)


PERSON = {
    ("PublishedCandidacy", "profile"): {"member"},
    ("PublishedCandidacy", "snapshot"): {"candidate", "member"},
    ("ContactRequest", "contact request"): set(),
    ("ContactRequest", "accepted request"): {"member"},
    ("Application", "application"): {"candidate", "member"},
    ("Application", "application with an offer"): {"other candidate", "member"},
}
"""Who reads who a candidate is: by whose consent, or as the candidate."""


@pytest.mark.parametrize(("of", "what"), PERSON)
async def test_who_a_candidate_is_shows_by_consent_alone(world: World, of: str, what: str) -> None:
    found = {role: await node(world, role, of, world.ids[what]) for role in ROLES}
    assert {role for role, each in found.items() if each and each["person"]} == PERSON[of, what]


def test_every_object_that_may_show_a_person_is_looked_at() -> None:
    assert {of for of, _ in PERSON} == {of for of, fields in OBJECTS.items() if "person" in fields}


STRANGERS = sorted(EVERYBODY - {"member", "agent"})
INSIDE = "history { at } removalReason employer { id members { email } statusReason }"


@pytest.mark.parametrize("role", STRANGERS)
async def test_a_guard_holds_however_the_object_is_reached(world: World, role: str) -> None:
    text = f"""query($number: String!) {{ jobOffer(number: $number) {{ {INSIDE} }}
        jobOffers {{ edges {{ node {{ {INSIDE} }} }} }} }}"""
    answer = await world.service.ask(text, world.tokens[role], number=world.numbers["published offer"])
    closed: Data = {"id": world.ids["employer of the member"], "members": [], "statusReason": None}
    offer: Data = {"history": [], "removalReason": None, "employer": closed}
    assert answer == {"jobOffer": offer, "jobOffers": {"edges": [{"node": offer}]}}


OFFERS = """query($id: ID!, $after: Cursor) { node(id: $id) { ... on Employer { jobOffers(first: 2, after: $after) { totalCount
    pageInfo { hasNextPage endCursor } facets { name } edges { score highlights { field } node { id status } } } } } }"""


async def offers_of(world: World, role: str, employer: str) -> Data:
    """The statuses of all the offers of an employer, by their ids."""
    found: Data = {}
    after, more = None, True
    while more:
        answer = await world.service.ask(OFFERS, world.tokens[role], id=world.ids[employer], after=after)
        page = answer["node"]["jobOffers"]
        assert all(edge["score"] is None and edge["highlights"] == [] for edge in page["edges"])
        assert page["facets"] == []
        found |= {edge["node"]["id"]: edge["node"]["status"] for edge in page["edges"]}
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    assert page["totalCount"] == len(found)
    return found


@pytest.mark.parametrize("role", ROLES)
async def test_an_employer_lists_to_strangers_only_what_everybody_may_see(world: World, role: str) -> None:
    found = await offers_of(world, role, "employer of the member")
    everywhere = {world.ids["published offer"]: "PUBLISHED"}
    if role in ("member", "agent"):
        assert everywhere.items() < found.items()
        assert sorted(found.values()) == [*["CLOSED"] * 4, "DRAFT", "DRAFT", "DRAFT", "PUBLISHED"]
    else:
        assert found == everywhere


FOR = {
    "candidates": """createCandidacy reviseCandidacy publishCandidacy withdrawCandidacy deleteCandidacy createJobAlert
        reviseJobAlert pauseJobAlert resumeJobAlert deleteJobAlert estimateJobAlert jobOfferMatches correctCertificate
        declareResidence hideFromEmployer showToEmployer exportMyData eraseMyAccount acceptContact declineContact
        withdrawContact applyToJobOffer withdrawApplication reportJobOffer""",
    "agents": "authenticateEmployer refuseEmployer suspendEmployer reinstateEmployer employersToAuthenticate removeJobOffer "
    "candidateFile reportResidence reopenFile jobOffersToReview clearJobOffer",
    "employers": """createJobOffer reviseJobOffer publishJobOffer extendJobOffer closeJobOffer candidacies candidacy
        saveCandidacySearch reviseCandidacySearch pauseCandidacySearch resumeCandidacySearch deleteCandidacySearch
        candidacyMatches requestContact cancelContactRequest
        reviewApplication inviteToInterview offerPosition recordHire declineApplication""",
    "candidates and employers": "contactRequestChanges applicationChanges",
    "owners": "inviteMember cancelInvitation changeMemberRole removeMember",
    "members": "leaveEmployer",
    "signed in": "signOut changePassword changeEmail updateAccount",
    "anybody": """requestPasswordReset resetPassword confirmEmailChange acceptInvitation
        signIn refreshSession confirmEmail registerCandidate registerEmployer unsubscribe
        node nodes viewer jobOffers jobOffer regions countries suggestOccupations suggestSkills""",
}
"""Every operation, by who may call it."""
ADMITTED = {
    "candidates": set(CANDIDATES),
    "employers": {"member", "other member"},
    "candidates and employers": {*CANDIDATES, "member", "other member"},
    "agents": {"agent"},
    "owners": set(MEMBERS),
    "members": set(MEMBERS),
    "signed in": EVERYBODY - {"nobody"},
    "anybody": EVERYBODY,
}
UNAUTHENTICATED = {
    "pending member": "EMPLOYER_NOT_AUTHENTICATED",
    "refused member": "EMPLOYER_REFUSED",
    "suspended member": "EMPLOYER_SUSPENDED",
}
QUERIES = {
    "candidacies": "{ candidacies { totalCount } }",
    "candidacy": "query($number: String!) { candidacy(number: $number) { id } }",
    "estimateJobAlert": '{ estimateJobAlert(criteria: {text: "infirmiere"}) { matches } }',
    "employersToAuthenticate": "{ employersToAuthenticate { totalCount } }",
    "jobOffersToReview": "{ jobOffersToReview { totalCount } }",
    "candidateFile": '{ candidateFile(email: "candidate@example.org") { id } }',
    "jobOfferMatches": "subscription { jobOfferMatches { __typename } }",
    "candidacyMatches": "subscription { candidacyMatches { __typename } }",
    "contactRequestChanges": "subscription { contactRequestChanges { __typename } }",
    "applicationChanges": "subscription { applicationChanges { __typename } }",
}
TURNED_AWAY = {
    name: [role for role in ROLES if role not in ADMITTED[group]] for group, names in FOR.items() for name in names.split()
}


def code_for(name: str, role: str) -> str:
    if role == "nobody":
        return "SIGN_IN_REQUIRED"
    for_employers = name in f"{FOR['employers']} {FOR['candidates and employers']}".split()
    return UNAUTHENTICATED.get(role, "NOT_FOR_THIS_ROLE") if for_employers else "NOT_FOR_THIS_ROLE"


async def refused(world: World, name: str, role: str) -> tuple[str, str]:
    """The type and the code of the refusal: a member of the result, or an error of a query or stream."""
    if name in QUERIES:
        (told,) = [shown(each, Language.EN) for each in await errors_of(world, name, role)]
        assert told["message"]
        assert told["extensions"]["recourse"]["organization"]
        return "NotEligible", told["extensions"]["code"]
    answer = await done(world, name, role, ACTS[name].entered(world))
    assert answer["message"]
    assert answer["recourse"]["organization"]
    return answer["__typename"], answer["code"]


async def errors_of(world: World, name: str, role: str) -> list[GraphQLError]:
    service, number = world.service, world.numbers["published candidacy"]
    if QUERIES[name].startswith("subscription"):
        events = await schema.stream(QUERIES[name], context_value=await service.asking(world.tokens[role]))
        return [error async for event in events for error in getattr(event, "errors", None) or ()]
    result = await service.run(QUERIES[name], world.tokens[role], language=Language.EN, number=number)
    return list(result.errors)


def test_every_operation_is_called() -> None:
    roots = (schema._schema.query_type, schema._schema.mutation_type, schema._schema.subscription_type)
    names = [name for names in FOR.values() for name in names.split()]
    assert sorted(names) == sorted(name for root in roots if root for name in root.fields)


@pytest.mark.parametrize("name", [name for name, roles in TURNED_AWAY.items() if roles])
async def test_who_may_not_is_told_why_and_nothing_is_written(world: World, name: str) -> None:
    await world.written()  # by others: who opens a candidacy leaves a trace
    for role in TURNED_AWAY[name]:
        assert await refused(world, name, role) == ("NotEligible", code_for(name, role)), role
    assert await world.written() == {}
