"""Every connection of the schema: who asks for it and what leads to it, with all that can be asked of what it lists. Shared by
tests and benchmarks; not a test itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import GraphQLField, GraphQLNamedType, GraphQLObjectType, get_named_type, is_leaf_type, is_required_argument

from schema.schema import schema
from tests.crowd import Crowd
from tests.service import Data
from tests.statements import statements
from transport.measuring import SEARCHES

TYPES: Mapping[str, GraphQLNamedType] = schema._schema.type_map
VARIABLES = {"id": "ID!", "candidacy": "ID!", "n": "Int!"}
ARGUMENTS = {"JobOffer.match": "(candidacyId: $candidacy)"}
"""What fields cannot do without."""
ASKING = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
"""How what asks something begins; what begins and ends transactions asks nothing."""
LEVELS = 1
"""How deep what is listed is asked for; pages are no level of their own: an offer's employer with its other offers, its
applications with their snapshots, persons and histories."""


@dataclass(frozen=True)
class Listing:
    """A place where somebody reads a connection: a path with an ellipsis where its selection goes, the object that the path
    starts at, and what is there of what is listed, by the names of its fields."""

    role: str
    path: str
    shows: str
    about: str = ""


def _of_viewer(role: str, path: str, shows: str) -> Listing:
    return Listing(role, f"viewer {{ ... on {'Candidate' if role == 'candidate' else 'EmployerMember'} {{ {path} }} }}", shows)


def _of_node(role: str, of: str, path: str, shows: str) -> Listing:
    return Listing(role, f"node(id: $id) {{ ... on {of} {{ {path} }} }}", shows, of)


OFFER, SENT = "employer applications history similarOffers", "jobOffer snapshot person history"
CONNECTIONS: Mapping[str, tuple[Listing, ...]] = {
    "Query.jobOffers": (
        Listing("nobody", "jobOffers(first: $n) …", "employer"),
        Listing("candidate", "jobOffers(first: $n, candidacyId: $candidacy) …", "employer match"),
        Listing("member", "jobOffers(first: $n, criteria: {employers: [$id]}) …", OFFER, "Employer"),
        Listing("agent", "jobOffers(first: $n, criteria: {employers: [$id]}) …", "employer history similarOffers", "Employer"),
    ),
    "Query.candidacies": (Listing("member", "candidacies(first: $n) …", "person"),),
    "Query.employersToAuthenticate": (Listing("agent", "employersToAuthenticate(first: $n) …", "members history"),),
    "Query.jobOffersToReview": (Listing("agent", "jobOffersToReview(first: $n) …", "jobOffer reports"),),
    "Candidate.applications": (_of_viewer("candidate", "applications(first: $n) …", SENT),),
    "Candidate.consultations": (_of_viewer("candidate", "consultations(first: $n) …", "employer"),),
    "Candidate.contactRequests": (_of_viewer("candidate", "contactRequests(first: $n) …", "employer jobOffer"),),
    "Candidate.notifications": (_of_viewer("candidate", "notifications(first: $n) …", "jobOffer alert deliveries"),),
    "EmployerMember.notifications": (
        _of_viewer("member", "notifications(first: $n) …", "publishedCandidacy candidacySearch deliveries"),
    ),
    "Employer.contactRequests": (_of_viewer("member", "employer { contactRequests(first: $n) … }", "employer jobOffer person"),),
    "Employer.jobOffers": (_of_viewer("member", "employer { jobOffers(first: $n) … }", OFFER),),
    "JobOffer.applications": (_of_node("member", "JobOffer", "applications(first: $n) …", SENT),),
    "JobAlert.matches": (_of_node("candidate", "JobAlert", "matches(first: $n) …", "employer match"),),
    "CandidacySearch.matches": (_of_node("member", "CandidacySearch", "matches(first: $n) …", "person"),),
}


def fields_of(type_name: str) -> Mapping[str, GraphQLField]:
    of = TYPES[type_name]
    return of.fields if isinstance(of, GraphQLObjectType) else {}


def connections() -> Iterator[str]:
    """Every field whose type is a connection."""
    for name in TYPES:
        for field, each in fields_of(name).items():
            if get_named_type(each.type).name.endswith("Connection"):
                yield f"{name}.{field}"


def selection(type_name: str, levels: int = LEVELS) -> str:
    """All that can be asked of an object of that type, but for recommendations: each of those is a search of its own."""
    fields = [(name, field) for name, field in fields_of(type_name).items() if f"{type_name}.{name}" not in SEARCHES]
    return " ".join(["__typename", *(_selected(type_name, name, field, levels) for name, field in fields)])


def _selected(type_name: str, name: str, field: GraphQLField, levels: int) -> str:
    of = get_named_type(field.type)
    arguments = ARGUMENTS.get(f"{type_name}.{name}", "(first: 2)" if "first" in field.args else "")
    assert arguments or not any(map(is_required_argument, field.args.values())), f"{type_name}.{name}"
    if is_leaf_type(of):
        return name + arguments
    listed = type_name.endswith(("Connection", "Edge"))
    inside = levels if listed or of.name.endswith("Connection") else levels - 1
    return f"{name}{arguments} {{ {selection(of.name, inside)} }}" if inside >= 0 else ""


def document(connection: str, listing: Listing) -> str:
    type_name, field = connection.split(".")
    of = get_named_type(fields_of(type_name)[field].type).name
    text = listing.path.replace("…", f"{{ {selection(of)} }}")
    used = ", ".join(f"${name}: {type_}" for name, type_ in VARIABLES.items() if f"${name}" in text)
    return f"query({used}) {{ {text} }}"


@dataclass(frozen=True)
class Page:
    """What came of asking for a page: the edges, and the statements that it took."""

    edges: list[Data]
    statements: list[str]


async def read_page(crowd: Crowd, connection: str, listing: Listing, token: str | None, first: int) -> Page:
    text = document(connection, listing)
    entered: Data = {"id": crowd.ids.get(listing.about), "candidacy": crowd.ids["Candidacy"], "n": first}
    used = {name: value for name, value in entered.items() if f"${name}" in text}
    with statements(crowd.service) as found:
        answer = await crowd.service.ask(text, token, **used)
        asked = [each for each in found if each.lstrip().upper().startswith(ASKING)]
    return Page(_within(answer, connection.split(".")[1])["edges"], asked)


def _within(answer: Data, field: str) -> Data:
    """The field, however deep it lies."""
    while field not in answer:
        (answer,) = (each for each in answer.values() if isinstance(each, dict))
    return dict(answer[field])
