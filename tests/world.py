"""A service in which everything is there once: somebody of every role, and an object of every type in every state. For tests
that only look, or that are refused: nothing in it is changed, so that many of them share one."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from models.employer import Employer, EmployerStatus
from models.job_offer import JobOffer
from schema.node import global_id, parts_of
from tests.conftest import Clock, copy_of
from tests.real_parts import ELASTICSEARCH, WITHOUT_ELASTICSEARCH
from tests.schema.mailed import mailed
from tests.service import ELASTIC, EMBEDDED, PASSWORD, Data, Service, open_service
from tests.snapshot import Rows, rows_of, written

TITLE = {"fr": "Infirmière clinicienne", "en": "Clinical nurse"}
CANDIDACY: Data = {
    "title": TITLE,
    "summary": {"fr": "Dix ans en soins intensifs."},
    "experience": {"en": "Ten years in Rabat."},
    "occupations": ["31301"],
    "skills": ["patient-care"],
    "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 9}],
    "education": "BACHELOR",
    "yearsOfExperience": 10,
    "regions": ["06"],
    "availableFrom": "2026-06-01",
    "workModes": ["ON_SITE"],
    "minimumSalary": 60000,
}
OFFER: Data = {
    "title": {"fr": "Infirmier ou infirmière de nuit", "en": "Night nurse"},
    "description": {"fr": "Soins de nuit à l’hôpital."},
    "occupation": "31301",
    "skills": ["patient-care"],
    "region": "02",
    "city": "Saguenay",
    "contractType": "PERMANENT",
    "workMode": "ON_SITE",
    "hoursPerWeek": 35.0,
    "salary": {"minimum": 30, "maximum": 40, "period": "HOUR"},
    "openings": 2,
    "education": "COLLEGE",
    "yearsOfExperience": 1,
    "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 7}],
}
OFFERS: dict[str, Data] = {
    "published offer": {},
    "draft offer": {},
    "closed offer": {},
    **{f"{nth} closed offer": {} for nth in ("second", "third", "fourth")},
    "offer that says nothing": {
        "title": {"fr": " ", "en": "\u200b"},
        "description": None,
        "acceptsOnlineApplications": False,
        "postedByAgency": True,
        "recruitsFor": " ",
    },
    "offer without a way to apply": {"acceptsOnlineApplications": False},
}
SEARCH: Data = {
    "name": "Infirmières",
    "frequency": "DAILY",
    "criteria": {"text": "infirmiere", "countriesOfResidence": ["MA", "SN"]},
}
ASKED_ABOUT = {
    "closed offer": "contact request",
    "second closed offer": "accepted request",
    "third closed offer": "request to accept",
    "fourth closed offer": "request to decline",
}
"""Offers that were closed after one request each."""
STEPS = {
    "application under review": ("reviewApplication",),
    "application at interview": ("reviewApplication", "inviteToInterview"),
    "application with an offer": ("reviewApplication", "inviteToInterview", "offerPosition"),
}
"""How applications came to where they are."""
ALERT: Data = {"name": "Infirmière", "frequency": "LIVE", "criteria": {"text": "infirmiere", "regions": ["02"]}}
FILE_NUMBER, REFERENCE_NUMBER = "OK00000001", "R0000001"
"""Of the certificate of the candidate."""
CANDIDATES = ("candidate", "other candidate", "pending candidate", "expired candidate")
MEMBERS = ("member", "other member", "pending member", "refused member", "suspended member")
COLLEAGUES = ("colleague", "second colleague")
"""Members of the employer of the member, who alone owns it."""
ROLES = ("nobody", *CANDIDATES, *MEMBERS, "agent")
SQLITE = "sqlite+aiosqlite:///"
SELECTED = {"Candidacy": "id number", "JobOffer": "id number"}


@dataclass
class World:
    """`tokens` are access tokens by role, `ids` and `numbers` those of objects by what they are."""

    service: Service
    clock: Clock
    tokens: dict[str, str | None] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    """Of every table, as they were when it was looked last."""

    async def written(self, apart_from: Collection[str] = ()) -> Rows:
        """What has been written since it was looked last, or since all was made."""
        rows = await rows_of(self.service.resources.database, apart_from)
        before, self.rows = self.rows, {**self.rows, **rows}
        return written({name: before[name] for name in rows}, rows)

    async def make(self, what: str, role: str, act: str, of: str, entered: Mapping[str, Any]) -> None:
        """Does an act that makes something, and keeps its id under what it is."""
        made = await self.service.act(act, f"... on {of} {{ {SELECTED.get(of, 'id')} }}", self.tokens[role], **entered)
        assert made["__typename"] == of, made
        self.ids[what], self.numbers[what] = made["id"], made.get("number", "")

    async def do(self, what: str, role: str, act: str, **entered: Any) -> None:
        """Does an act on something that is there."""
        done = await self.service.act(act, "", self.tokens[role], id=self.ids[what], **entered)
        assert "code" not in done, done

    def key(self, what: str) -> UUID:
        return parts_of(self.ids[what])[1]

    async def viewer(self, role: str, selection: str) -> Data:
        return dict((await self.service.ask(f"{{ viewer {{ {selection} }} }}", self.tokens[role]))["viewer"])


def address(role: str) -> str:
    return f"{role.replace(' ', '.')}@example.org"


async def build(service: Service, clock: Clock) -> World:
    world = World(service, clock, {"nobody": None})
    await _candidates(world)
    world.tokens["agent"] = await service.agent(address("agent"))
    world.ids["agent"] = (await world.viewer("agent", "id"))["id"]
    for position, role in enumerate(MEMBERS):
        await _employer(world, role, f"11400000{position:02}")
    await _colleagues(world)
    await _candidacies(world)
    await _offers(world)
    await _alerts(world)
    await _what_comes_of_them(world)
    await _by_hand(world)
    await world.service.act("hideFromEmployer", "", world.tokens["candidate"], neq="8800000000")
    world.rows = await rows_of(service.resources.database)
    return world


async def _candidates(world: World) -> None:
    """One certificate ends tomorrow, and two days pass."""
    day = str(world.clock().date())
    entered = {
        "candidate": {"fileNumber": FILE_NUMBER, "individualReferenceNumber": REFERENCE_NUMBER},
        "pending candidate": {"fileNumber": "WAIT123456"},
        "expired candidate": {"expiresOn": day},
    }
    for role in CANDIDATES:
        world.tokens[role] = await world.service.candidate(address(role), **entered.get(role, {}))
        await world.make(f"draft of the {role}", role, "createCandidacy", "Candidacy", CANDIDACY)
    world.clock.move(days=2)
    for role in CANDIDATES:
        world.tokens[role] = await world.service.sign_in(address(role))
        world.ids[role] = (await world.viewer(role, "id"))["id"]


async def _employer(world: World, role: str, neq: str) -> None:
    entered = {"email": address(role), "password": PASSWORD, "name": "Max Gagnon", "employerName": role.title(), "neq": neq}
    member = await world.service.act("registerEmployer", "... on EmployerMember { id employer { id } }", **entered)
    world.ids[role], employer = member["id"], member["employer"]["id"]
    world.ids[f"employer of the {role}"] = employer
    await world.service.confirm(address(role))
    if role == "refused member":
        await world.service.act("refuseEmployer", "", world.tokens["agent"], employerId=employer, reason="Inconnu.")
    elif role != "pending member":
        await world.service.act("authenticateEmployer", "", world.tokens["agent"], employerId=employer)
    world.tokens[role] = await world.service.sign_in(address(role))


async def _colleagues(world: World) -> None:
    """Two who act for an employer with its owner, and two who were invited to act for one."""
    for role in COLLEAGUES:
        await _invite(world, f"invitation of the {role}", "member", role)
        token = await mailed(world.service, address(role), "/accept-invitation/")
        member = await world.service.act("acceptInvitation", "... on EmployerMember { id }", token=token, password=PASSWORD)
        world.ids[role] = member["id"]
        world.tokens[role] = await world.service.sign_in(address(role))
    await _invite(world, "invitation", "member", "invited")
    await _invite(world, "invitation of another", "other member", "invited")


async def _invite(world: World, what: str, role: str, whom: str) -> None:
    entered = {"email": address(whom), "name": "Lou Gagnon"}
    made = await world.service.act("inviteMember", "... on MemberInvited { invitation { id } }", world.tokens[role], **entered)
    world.ids[what] = made["invitation"]["id"]


async def _candidacies(world: World) -> None:
    for what, entered in (("published candidacy", CANDIDACY), ("withdrawn candidacy", CANDIDACY), ("empty candidacy", {})):
        await world.make(what, "candidate", "createCandidacy", "Candidacy", entered)
    await world.do("published candidacy", "candidate", "publishCandidacy")
    await world.do("withdrawn candidacy", "candidate", "publishCandidacy")
    await world.do("withdrawn candidacy", "candidate", "withdrawCandidacy")
    for what, of in (("profile", "published candidacy"), ("profile of a draft", "draft of the candidate")):
        world.ids[what] = global_id("PublishedCandidacy", parts_of(world.ids[of])[1])


async def _offers(world: World) -> None:
    for what, changes in OFFERS.items():
        await world.make(what, "member", "createJobOffer", "JobOffer", {**OFFER, **changes})
    for what, request in ASKED_ABOUT.items():
        await world.do(what, "member", "publishJobOffer")
        await _request(world, request, what)
        await world.do(what, "member", "closeJobOffer")
    await world.do("accepted request", "candidate", "acceptContact")
    await _request_of_others(world)
    for role in ("other member", "suspended member"):
        await world.make(f"offer of the {role}", role, "createJobOffer", "JobOffer", OFFER)


async def _alerts(world: World) -> None:
    for name in ("alert", "paused alert", "deleted alert"):
        await world.make(name, "candidate", "createJobAlert", "JobAlert", {**ALERT, "name": name})
    await world.make("alert of another", "other candidate", "createJobAlert", "JobAlert", {**ALERT, "criteria": {"text": "x1"}})
    await world.do("paused alert", "candidate", "pauseJobAlert")
    await world.do("deleted alert", "candidate", "deleteJobAlert")
    for name in ("search", "paused search", "deleted search"):
        await world.make(name, "member", "saveCandidacySearch", "CandidacySearch", {**SEARCH, "name": name})
    narrow = {**SEARCH, "criteria": {"text": "x1"}}
    await world.make("search of another", "other member", "saveCandidacySearch", "CandidacySearch", narrow)
    await world.do("paused search", "member", "pauseCandidacySearch")
    await world.do("deleted search", "member", "deleteCandidacySearch")


async def _what_comes_of_them(world: World) -> None:
    """A consultation of the candidacy, and a notification of the offer."""
    number = world.numbers["published candidacy"]
    await world.service.ask("query($n: String!) { candidacy(number: $n) { id } }", world.tokens["member"], n=number)
    await world.do("published offer", "member", "publishJobOffer")
    await _applications(world)
    reported = {"jobOfferId": world.ids["published offer"], "reason": "OTHER", "comment": "Adresse inconnue."}
    await world.service.act("reportJobOffer", "", world.tokens["other candidate"], **reported)
    await world.service.work()
    told = await world.viewer("candidate", "... on Candidate { notifications { edges { node { id } } } }")
    world.ids["notification"] = told["notifications"]["edges"][0]["node"]["id"]


async def _applications(world: World) -> None:
    """To the published offer, one in each state from which something follows, and one between others."""
    other = "withdrawn candidacy of the other candidate"
    for what, candidacy, role in (
        ("application", "published candidacy", "candidate"),
        ("application under review", "draft of the other candidate", "other candidate"),
        ("application at interview", "withdrawn candidacy", "candidate"),
        ("application with an offer", other, "other candidate"),
    ):
        await _apply(world, what, role, candidacy, "published offer")
    world.ids["snapshot"] = global_id("PublishedCandidacy", world.key("application"))
    for what, acts in STEPS.items():
        for act in acts:
            await world.do(what, "member", act)


async def _apply(world: World, what: str, role: str, candidacy: str, offer: str) -> None:
    entered = {"candidacyId": world.ids[candidacy], "jobOfferId": world.ids[offer], "coverLetter": "Je suis prête."}
    await world.make(what, role, "applyToJobOffer", "Application", entered)


async def _request(world: World, what: str, offer: str, candidacy: str = "published candidacy", role: str = "member") -> None:
    entered = {"candidacyNumber": world.numbers[candidacy], "jobOfferId": world.ids[offer], "message": "Bonjour."}
    await world.make(what, role, "requestContact", "ContactRequest", entered)


async def _request_of_others(world: World) -> None:
    """Between people who have nothing else to do with the world."""
    offer, candidacy = "closed offer of the other member", "withdrawn candidacy of the other candidate"
    await world.make(offer, "other member", "createJobOffer", "JobOffer", OFFER)
    await world.make(candidacy, "other candidate", "createCandidacy", "Candidacy", CANDIDACY)
    await world.do(offer, "other member", "publishJobOffer")
    await world.do(candidacy, "other candidate", "publishCandidacy")
    await _request(world, "request of others", offer, candidacy, "other member")
    await _apply(world, "application of others", "other candidate", candidacy, offer)
    await world.do(offer, "other member", "closeJobOffer")
    await world.do(candidacy, "other candidate", "withdrawCandidacy")


async def _by_hand(world: World) -> None:
    """What no operation brings about yet, so that it can be seen whom it is hidden from."""
    async with world.service.resources.database.begin() as session:
        suspended = await session.get_one(Employer, world.key("employer of the suspended member"))
        suspended.status, suspended.status_reason = EmployerStatus.SUSPENDED, "Plainte."
        (await session.get_one(Employer, world.key("employer of the member"))).status_reason = "Une raison."
        (await session.get_one(JobOffer, world.key("published offer"))).removal_reason = "Une autre raison."


@pytest.fixture(scope="module", params=["sqlite and embedded", "postgresql and elasticsearch"])
def origin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a migrated, empty database comes from: the URL of one on SQLite, or the name of one on PostgreSQL to copy."""
    if request.param == "sqlite and embedded":
        path = tmp_path_factory.mktemp("database") / "placement.db"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        return f"{SQLITE}{path}"
    if not ELASTICSEARCH:
        pytest.skip(WITHOUT_ELASTICSEARCH)
    return str(request.getfixturevalue("postgresql_template"))


@pytest.fixture(scope="module")
async def world(origin: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The same for all the tests of a module, on each of the two pairs of database and search engine."""
    folder, clock, embedded = tmp_path_factory.mktemp("world"), Clock(), origin.startswith(SQLITE)
    async with AsyncExitStack() as stack:
        url = origin if embedded else await stack.enter_async_context(copy_of(origin))
        opening = open_service(url, EMBEDDED if embedded else ELASTIC, folder, clock)
        service = await stack.enter_async_context(opening)
        yield await build(service, clock)
        await service.discard_index()
