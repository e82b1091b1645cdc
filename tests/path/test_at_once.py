"""The same thing done several times at once: it is done once, and whoever came too late hears why."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from models.account import Account
from models.base import Base
from models.candidacy import Candidacy
from models.candidate import Candidate, RegistrationStatus
from models.employer import Employer
from models.job_alert import JobAlert
from models.job_offer import JobOffer
from tests.path.test_main_path import OFFER, TITLE
from tests.service import PASSWORD, Data, Service, plain, registration

AT_ONCE = 6
ID = "... on Node { id }"


def outcomes(answers: Iterable[Data]) -> dict[tuple[str, str], int]:
    """How many answers there are of each kind: the type, and the code of a refusal."""
    return dict(Counter((each["__typename"], each.get("code", "")) for each in answers))


async def together(service: Service, act: str, token: str | None, inputs: Iterable[Data]) -> list[Data]:
    selection = "" if act in ("deleteJobAlert", "confirmEmail") else ID
    return list(await asyncio.gather(*(service.act(act, selection, token, **entered) for entered in inputs)))


async def several(service: Service, act: str, token: str | None, /, **entered: Any) -> dict[tuple[str, str], int]:
    """The outcomes of one act that comes six times at once."""
    return outcomes(await together(service, act, token, [entered] * AT_ONCE))


async def count(service: Service, of: type[Base]) -> int:
    async with service.resources.database.read() as session:
        return await session.scalar(select(func.count()).select_from(of)) or 0


def once(success: str, refusal: str, code: str) -> dict[tuple[str, str], int]:
    return {(success, ""): 1, (refusal, code): AT_ONCE - 1}


async def draft(service: Service, token: str) -> str:
    made = await service.act("createCandidacy", ID, token, title=TITLE, occupations=["31301"])
    return str(made["id"])


async def test_a_candidacy_is_published_withdrawn_and_revised_once(service: Service) -> None:
    token = await service.candidate("amina@example.org")
    made = await draft(service, token)
    assert await several(service, "publishCandidacy", token, id=made) == once("Candidacy", "Conflict", "ALREADY_PUBLISHED")
    revised = await several(service, "reviseCandidacy", token, id=made, yearsOfExperience=3, version=2)
    assert revised == once("Candidacy", "Conflict", "STALE_VERSION")
    assert await several(service, "withdrawCandidacy", token, id=made) == once("Candidacy", "Conflict", "NOT_PUBLISHED")
    assert await several(service, "deleteCandidacy", token, id=made) == once("Candidacy", "NotFound", "NOT_FOUND")


async def test_an_offer_is_published_revised_and_closed_once(service: Service) -> None:
    token = await service.employer("rh@example.org", "1143920115", await service.agent())
    made = (await service.act("createJobOffer", ID, token, **OFFER))["id"]
    assert await several(service, "publishJobOffer", token, id=made) == once("JobOffer", "Conflict", "ALREADY_PUBLISHED")
    revised = await several(service, "reviseJobOffer", token, id=made, openings=3, version=2)
    assert revised == once("JobOffer", "Conflict", "STALE_VERSION")
    assert await several(service, "closeJobOffer", token, id=made) == once("JobOffer", "Conflict", "NOT_PUBLISHED")
    history = await service.ask("query($id: ID!) { node(id: $id) { ... on JobOffer { history { status } } } }", token, id=made)
    assert [step["status"] for step in history["node"]["history"]] == ["DRAFT", "PUBLISHED", "PUBLISHED", "CLOSED"]


async def test_a_certificate_opens_one_file(service: Service) -> None:
    numbers = {"fileNumber": "OK123456", "individualReferenceNumber": "R123456"}
    inputs = [registration(f"person{number}@example.org", **numbers) for number in range(AT_ONCE)]
    answers = await together(service, "registerCandidate", None, inputs)
    assert outcomes(answers) == {("Candidate", ""): AT_ONCE}, "who else holds the certificate is told to nobody"
    async with service.resources.database.read() as session:
        holding = select(func.count()).where(Candidate.registration_status == RegistrationStatus.ACTIVE)
        assert await session.scalar(holding) == 1
        assert await session.scalar(select(func.count(Candidate.certificate_fingerprint))) == 1


async def test_whoever_gives_an_address_has_an_account_and_one_is_confirmed(service: Service) -> None:
    answers = await together(service, "registerCandidate", None, [registration("amina@example.org") for _ in range(AT_ONCE)])
    assert outcomes(answers) == {("Candidate", ""): AT_ONCE}
    assert (await count(service, Candidate), await count(service, Account)) == (AT_ONCE, AT_ONCE)
    await service.work()
    letters = service.letters()
    assert {str(letter["To"]) for letter in letters} == {"amina@example.org"}
    tokens = [plain(letter).split("/confirm-email/")[1].split()[0] for letter in letters]
    confirmed = await together(service, "confirmEmail", None, [{"token": token} for token in tokens])
    assert outcomes(confirmed) == once("EmailConfirmed", "NotEligible", "LINK_INVALID")


async def test_of_those_that_register_with_one_neq_one_is_authenticated(service: Service) -> None:
    agent = await service.agent()
    entered = {"password": PASSWORD, "name": "Max", "employerName": "Boulangerie", "neq": "1140000000"}
    inputs = [{**entered, "email": f"max{number}@example.org"} for number in range(AT_ONCE)]
    selection = "... on EmployerMember { employer { id } }"
    made = await asyncio.gather(*(service.act("registerEmployer", selection, **each) for each in inputs))
    for each in inputs:
        await service.confirm(each["email"])
    answers = await together(service, "authenticateEmployer", agent, [{"employerId": each["employer"]["id"]} for each in made])
    assert outcomes(answers) == once("Employer", "Conflict", "NEQ_TAKEN")
    assert await count(service, Employer) == AT_ONCE


async def test_an_employer_is_authenticated_or_refused_once(service: Service) -> None:
    agent = await service.agent()
    entered = {"email": "max@example.org", "password": PASSWORD, "name": "Max", "employerName": "Boulangerie"}
    member = await service.act("registerEmployer", "... on EmployerMember { employer { id } }", **entered, neq="1140000000")
    employer = member["employer"]["id"]
    await service.confirm("max@example.org")
    refused = await several(service, "refuseEmployer", agent, employerId=employer, reason="Inconnu.")
    assert refused == once("Employer", "Conflict", "NOT_PENDING")
    authenticated = await several(service, "authenticateEmployer", agent, employerId=employer)
    assert authenticated == once("Employer", "Conflict", "ALREADY_AUTHENTICATED")


async def test_the_last_place_for_a_candidacy_is_given_once(service: Service) -> None:
    token = await service.candidate("amina@example.org")
    for _ in range(19):
        await draft(service, token)
    assert await several(service, "createCandidacy", token) == once("Candidacy", "LimitReached", "TOO_MANY_CANDIDACIES")
    assert await count(service, Candidacy) == 20


ALERT: Data = {"frequency": "LIVE", "criteria": {"text": "infirmière"}}


async def test_the_last_place_for_an_alert_is_given_once(service: Service) -> None:
    token = await service.candidate("amina@example.org")
    for number in range(49):
        await service.act("createJobAlert", ID, token, name=f"Alerte {number}", **ALERT)
    answers = await together(service, "createJobAlert", token, [{"name": f"Une {n}", **ALERT} for n in range(AT_ONCE)])
    assert outcomes(answers) == once("JobAlert", "LimitReached", "TOO_MANY_ALERTS")
    assert await count(service, JobAlert) == 50


async def test_a_name_is_given_to_one_alert(service: Service) -> None:
    token = await service.candidate("amina@example.org")
    made = await several(service, "createJobAlert", token, name="Infirmière", **ALERT)
    assert made == once("JobAlert", "InvalidInput", "INVALID_INPUT")
    others = await together(service, "createJobAlert", token, [{"name": f"Une {n}", **ALERT} for n in range(AT_ONCE)])
    renamed = await together(service, "reviseJobAlert", token, [{"id": each["id"], "name": "La même"} for each in others])
    assert outcomes(renamed) == once("JobAlert", "InvalidInput", "INVALID_INPUT")


async def test_an_alert_is_paused_resumed_and_deleted_once(service: Service) -> None:
    token = await service.candidate("amina@example.org")
    made = (await service.act("createJobAlert", ID, token, name="Infirmière", **ALERT))["id"]
    assert await several(service, "pauseJobAlert", token, id=made) == once("JobAlert", "Conflict", "ALREADY_PAUSED")
    assert await several(service, "resumeJobAlert", token, id=made) == once("JobAlert", "Conflict", "ALREADY_ON")
    revised = await several(service, "reviseJobAlert", token, id=made, criteria={"text": "soudeur"}, version=3)
    assert revised == once("JobAlert", "Conflict", "STALE_VERSION")
    assert await several(service, "deleteJobAlert", token, id=made) == once("JobAlertDeleted", "NotFound", "NOT_FOUND")


async def test_one_request_that_comes_often_makes_one_thing(service: Service) -> None:
    candidate = await service.candidate("amina@example.org")
    member = await service.employer("rh@example.org", "1143920115", await service.agent())
    for name, token, entered, of in (
        ("createCandidacy", candidate, {"title": TITLE}, Candidacy),
        ("createJobAlert", candidate, {"name": "Infirmière", **ALERT}, JobAlert),
        ("createJobOffer", member, OFFER, JobOffer),
    ):
        answers = await together(service, name, token, [{**entered, "idempotencyKey": name}] * AT_ONCE)
        assert len({each["id"] for each in answers}) == 1, outcomes(answers)
        assert await count(service, of) == 1
