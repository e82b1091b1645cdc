"""What can be asked about an object by somebody for whom it does not exist: through `node` and through every mutation that takes
its id. Shared by tests and benchmarks; not a test itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from schema.node import global_id, parts_of
from tests.acts import ACTS, document, input_of
from tests.service import Data
from tests.world import World

STRANGERS = {"candidate": "other candidate", "other candidate": "candidate", "member": "other member"}
"""Who may do the same to what is theirs. Agents are strangers to nobody."""
HIDDEN = {
    ("applyToJobOffer", "jobOfferId"): ("candidate", "draft offer"),
    ("reportJobOffer", "jobOfferId"): ("candidate", "draft offer"),
    ("requestContact", "jobOfferId"): ("other member", "draft offer"),
}
"""Where what is named is there for everybody, or names who asks as well: by whom, and what that is not there for them."""
OBJECTS = {
    "Candidate": ("other candidate", "candidate"),
    "EmployerMember": ("other member", "member"),
    "Agent": ("candidate", "agent"),
    "Employer": ("other member", "employer of the pending member"),
    "Candidacy": ("other candidate", "draft of the candidate"),
    "PublishedCandidacy": ("other member", "snapshot"),
    "JobOffer": ("other member", "draft offer"),
    "JobAlert": ("other candidate", "alert"),
    "CandidacySearch": ("other member", "search"),
    "ContactRequest": ("other member", "accepted request"),
    "Application": ("other member", "application"),
    "Notification": ("other candidate", "notification"),
    "MemberInvitation": ("other member", "invitation"),
}
NODE = "query($id: ID!) { node(id: $id) { __typename id } }"


@dataclass(frozen=True)
class Question:
    """Who asks, in which words, and with what: once about what is a stranger's, once about what never was."""

    name: str
    role: str
    text: str
    hidden: Data
    unknown: Data


def questions(world: World) -> Iterator[Question]:
    for of, (role, what) in OBJECTS.items():
        yield Question(f"node {of}", role, NODE, {"id": world.ids[what]}, {"id": never_was(world.ids[what])})
    for name in ACTS:
        for field, type_ in input_of(name).items():
            if type_.startswith("ID") and (name in {each for each, _ in HIDDEN} or ACTS[name].role in STRANGERS):
                yield about(world, name, field)
    for what in ("withdrawn candidacy", "draft of the candidate"):
        entered = {**ACTS["requestContact"].entered(world), "candidacyNumber": world.numbers[what]}
        unknown = {**entered, "candidacyNumber": "2222-2222"}
        text = document("requestContact")
        yield Question(f"requestContact of a {what}", "member", text, {"input": entered}, {"input": unknown})


def about(world: World, name: str, field: str) -> Question:
    entered = ACTS[name].entered(world)
    role = STRANGERS[ACTS[name].role]
    if (name, field) in HIDDEN:
        role, what = HIDDEN[name, field]
        entered |= {field: world.ids[what]}
    unknown = {**entered, field: never_was(entered[field])}
    return Question(f"{name} {field}", role, document(name), {"input": entered}, {"input": unknown})


def never_was(id_: str) -> str:
    """An id of the same type that names nothing."""
    return str(global_id(parts_of(id_)[0], UUID(int=7, version=4)))
