"""What is refused because of what happened before: an address or a certificate in use, a request that came already, a limit
that was reached, a day that has passed, a standing that has changed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from models.candidate import Candidate
from models.employer import Employer, EmployerStatus
from models.job_offer import JobOffer, JobOfferStatus
from models.language import Language
from schema.node import parts_of
from tests.acts import new_candidate, new_employer
from tests.conftest import Clock
from tests.path.refused_accounts import certificate
from tests.path.test_main_path import OFFER, TITLE, publish_candidacy, publish_offer
from tests.service import PASSWORD, Data, Service, addresses, plain, registration
from texts.catalogue import text

ID = "... on Node { id }"
FILE = """... on Candidate { id email language timeZone emailConfirmed givenName familyName telephone countryOfResidence { code }
    registration { status certificate { fileNumber individualReferenceNumber issuedOn expiresOn validatedAt }
        notice { code } deadline } candidacies { id } jobAlerts { id } consultations { totalCount }
    notifications { totalCount } }"""


@pytest.mark.parametrize("number", ["OK1234567", "WAIT1234567"])
async def test_a_known_address_is_answered_like_a_new_one_and_gets_one_letter(service: Service, number: str) -> None:
    await service.candidate("known@example.org")
    entered = {"certificate": certificate(fileNumber=number)}
    other = {"certificate": certificate(fileNumber=f"{number}8")}
    known = await service.act("registerCandidate", FILE, **registration("known@example.org", **entered, password="x" * 12))
    new = await service.act("registerCandidate", FILE, **registration("new@example.org", **other, password="x" * 12))
    new["registration"]["certificate"] = known["registration"]["certificate"]
    assert {**known, "id": 0, "email": 0} == {**new, "id": 0, "email": 0}
    assert len(known["id"]) == len(new["id"])
    await service.work()
    letters = [letter for letter in service.letters() if "known@example.org" in letter["To"]]
    (told,) = [letter for letter in letters if letter["Subject"] == text("mail.used.subject", Language.EN)]
    assert text("mail.used.body", Language.EN) in " ".join(plain(told).split())
    assert sum("/confirm-email/" in plain(letter) for letter in letters) == 1  # of the one account
    assert await service.sign_in("known@example.org")


async def test_nothing_that_comes_after_a_registration_tells_whether_the_address_was_known(service: Service) -> None:
    await service.candidate("known@example.org")
    for position, email in enumerate(("known@example.org", "new@example.org")):
        neq = f"114000000{position}"
        registered = {**new_employer(), "email": email, "neq": neq, "idempotencyKey": "first try", "password": "y" * 12}
        told = [await service.act("registerEmployer", "... on EmployerMember { id }", **registered) for _ in range(2)]
        assert told[0] == told[1]
        session = await service.act("signIn", "... on Session { account { emailConfirmed } }", email=email, password="y" * 12)
        assert session["account"] == {"emailConfirmed": False}


async def test_an_account_is_confirmed_by_the_letter_about_it_and_by_no_other(service: Service, clock: Clock) -> None:
    """Somebody registers a stranger's address first, and waits for the stranger to confirm it for them."""
    address = "amina@example.org"
    await service.act("registerCandidate", "", **registration(address, password="password of a thief"))
    await service.work()
    clock.move(minutes=1)
    await service.act("registerCandidate", "", **registration(address))
    await service.confirm(address)
    assert await service.sign_in(address)
    session = "... on Session { account { emailConfirmed } }"
    stolen = await service.act("signIn", session, email=address, password="password of a thief")
    assert stolen["account"] == {"emailConfirmed": False}


async def test_a_certificate_that_waits_for_an_answer_serves_nobody_yet(service: Service) -> None:
    waiting = certificate(fileNumber="WAIT1234567")
    assert (await service.act("registerCandidate", "", **registration("a@example.org", certificate=waiting)))["__typename"]
    second = "... on Candidate { registration { status } }"
    answer = await service.act("registerCandidate", second, **registration("b@example.org", certificate=waiting))
    assert answer == {"__typename": "Candidate", "registration": {"status": "PENDING"}}, "the answer tells nothing"
    async with service.resources.database.read() as session:
        holding = await session.scalars(select(Candidate.certificate_fingerprint))
        assert set(holding) == {None}, "nobody is known to hold it"


async def test_of_two_files_with_one_certificate_the_second_is_closed_and_told_in_writing(service: Service, clock: Clock) -> None:
    used = certificate(fileNumber="OK123456789")
    await service.candidate("a@example.org", **used)
    status = "... on Candidate { registration { status } }"
    answer = await service.act("registerCandidate", status, **registration("b@example.org", certificate=used))
    assert answer["registration"]["status"] == "PENDING"
    await service.confirm("b@example.org")
    clock.move(hours=1)
    await service.work()
    token = await service.sign_in("b@example.org")
    told = "{ viewer { ... on Candidate { registration { status notice { code } } } } }"
    closed = {"status": "CLOSED", "notice": {"code": "CERTIFICATE_ALREADY_USED"}}
    assert (await service.ask(told, token))["viewer"]["registration"] == closed
    theirs = [" ".join(plain(each).split()) for each in service.letters() if addresses(each) == ["b@example.org"]]
    assert sum("already used by another file" in each for each in theirs) == 1


async def test_of_a_certificate_in_use_an_account_tells_nothing_until_its_address_is_confirmed(
    service: Service, clock: Clock
) -> None:
    used = certificate(fileNumber="OK123456789")
    await service.candidate("a@example.org", **used)
    await service.act("registerCandidate", "", **registration("b@example.org", certificate=used))
    for _ in range(3):
        await service.work()
        clock.move(hours=2)
    token = await service.sign_in("b@example.org")
    told = (
        await service.ask(
            "{ viewer { ... on Candidate { registration { status notice { code } registryQuestions { accepted "
            "refusal { code } nextAttemptAt attempts { verdict } } } } } }",
            token,
        )
    )["viewer"]["registration"]
    assert (told["status"], told["notice"]["code"]) == ("PENDING", "REGISTRATION_PENDING")
    (question,) = told["registryQuestions"]
    assert question == {"accepted": None, "refusal": None, "nextAttemptAt": None, "attempts": []}


async def test_who_waits_with_a_certificate_does_not_keep_its_holder_out(service: Service, clock: Clock) -> None:
    """Somebody has the numbers and not the dates: the registry does not answer, and then it answers the holder."""
    service.resources.registry.away = True  # type: ignore[attr-defined]
    numbers = {"fileNumber": "OK123456789", "individualReferenceNumber": "R1234567"}
    await service.act("registerCandidate", "", **registration("a@example.org", **numbers))
    service.resources.registry.away = False  # type: ignore[attr-defined]
    status = "... on Candidate { registration { status } }"
    holder = await service.act("registerCandidate", status, **registration("b@example.org", **numbers))
    assert holder["registration"]["status"] == "ACTIVE"


async def test_a_request_that_comes_again_is_answered_alike_and_another_with_its_key_refused(service: Service) -> None:
    candidate = await service.candidate("amina@example.org")
    member = await service.employer("rh@example.org", "1143920115", await service.agent())
    alert = {"name": "Nuit", "frequency": "LIVE", "criteria": {"text": "nuit"}}
    reused = "IDEMPOTENCY_KEY_REUSED"
    for act, token, entered, change, code in (
        ("registerCandidate", None, new_candidate(), {"givenName": "Another"}, ""),
        ("registerCandidate", None, new_candidate(), {"password": "another password"}, reused),
        ("registerEmployer", None, new_employer(), {"city": "Alma"}, ""),
        ("registerEmployer", None, new_employer(), {"password": "another password"}, reused),
        ("createCandidacy", candidate, {"title": TITLE}, {"yearsOfExperience": 3}, reused),
        ("createJobAlert", candidate, alert, {"criteria": {"text": "jour"}}, reused),
        ("createJobOffer", member, OFFER, {"openings": 7}, reused),
    ):
        keyed = {**entered, "idempotencyKey": f"key of {act}"}
        first, again = [await service.act(act, ID, token, **keyed) for _ in range(2)]
        assert first["id"] == again["id"], act
        refused = await service.act(act, "", token, **{**keyed, **change})
        assert refused.get("code", "") == code, act  # else another registration: who is not signed in has no keys


async def test_a_limit_is_told_with_its_figures(service: Service) -> None:
    token = await service.candidate("amina@example.org")
    figures = "... on LimitReached { limit current retryAfterSeconds }"
    for _ in range(20):
        await service.act("createCandidacy", ID, token)
    refused = await service.act("createCandidacy", figures, token)
    assert (refused["code"], refused["limit"], refused["current"]) == ("TOO_MANY_CANDIDACIES", 20, 20)
    assert refused["message"] == "You have reached the limit of 20 candidacies."


async def test_an_alert_that_would_tell_too_much_is_refused_with_the_figure(service: Service) -> None:
    token = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    made = await service.act("createJobOffer", ID, employer, **OFFER)
    await _copies(service, parts_of(made["id"])[1], 901)
    alert: Data = {"name": "Tout", "frequency": "LIVE", "criteria": {"regions": ["02"]}}
    figures = "... on LimitReached { limit current }"
    refused = await service.act("createJobAlert", figures, token, **alert)
    assert (refused["code"], refused["limit"], refused["current"]) == ("TOO_BROAD", 30, 30.03)
    assert "30.03" in refused["message"]
    narrow = await service.act("createJobAlert", ID, token, **{**alert, "criteria": {"regions": ["03"]}})
    revised = await service.act("reviseJobAlert", figures, token, id=narrow["id"], criteria={"regions": ["02"]})
    assert (revised["code"], revised["current"]) == ("TOO_BROAD", 30.03)


async def _copies(service: Service, offer_id: UUID, number: int) -> None:
    """As many offers like that one, published an hour ago."""
    async with service.resources.database.begin() as session:
        offer = await session.get_one(JobOffer, offer_id)
        own = {"id", "number", "status", "published_at", "announced_at", "ends_on", "version", "sketch_fr", "sketch_en"}
        alike = {each.name: getattr(offer, each.name) for each in JobOffer.__table__.columns if each.name not in own}
        at = service.resources.now() - timedelta(hours=1)
        published = {**alike, "status": JobOfferStatus.PUBLISHED, "published_at": at, "announced_at": at, "ends_on": at.date()}
        session.add_all(JobOffer(**published) for _ in range(number))


async def refusal(service: Service, act: str, token: str, **entered: Any) -> tuple[str, str]:
    answer = await service.act(act, "", token, **entered)
    return answer["__typename"], answer.get("code", "")


async def test_an_offer_whose_last_day_has_passed_can_only_be_closed(service: Service, clock: Clock) -> None:
    await service.employer("rh@example.org", "1143920115", await service.agent())
    token = await service.sign_in("rh@example.org")
    await publish_offer(service, token)
    own = "{ jobOffers { edges { node { id } } } }"
    await service.work()
    offer = (await service.ask(own))["jobOffers"]["edges"][0]["node"]["id"]
    clock.move(days=31)
    token = await service.sign_in("rh@example.org")
    assert (await service.ask(own))["jobOffers"]["edges"] == []
    assert await refusal(service, "reviseJobOffer", token, id=offer, openings=2) == ("Conflict", "NOT_EDITABLE")
    assert await refusal(service, "publishJobOffer", token, id=offer) == ("Conflict", "ALREADY_PUBLISHED")
    await service.work()
    assert await refusal(service, "publishJobOffer", token, id=offer) == ("Conflict", "NOT_A_DRAFT")
    assert await refusal(service, "reviseJobOffer", token, id=offer, openings=2) == ("Conflict", "NOT_EDITABLE")
    assert "code" not in await service.act("closeJobOffer", "", token, id=offer)
    assert await refusal(service, "closeJobOffer", token, id=offer) == ("Conflict", "NOT_PUBLISHED")


async def test_a_candidacy_is_published_again_until_the_certificate_expires(service: Service, clock: Clock) -> None:
    dates = {"issuedOn": "2025-06-01", "expiresOn": "2026-12-31"}
    await publish_candidacy(service, await service.candidate("amina@example.org", **dates))
    ends: list[str] = []
    for days in (0, 90, 300):  # within the first period, in the second, and after the certificate
        clock.move(days=days)
        await service.work()
        token = await service.sign_in("amina@example.org")
        own = (await service.ask("{ viewer { ... on Candidate { candidacies { id } } } }", token))["viewer"]["candidacies"]
        tried = await service.act("publishCandidacy", "... on Candidacy { publicationEndsOn }", token, id=own[0]["id"])
        ends.append(tried.get("publicationEndsOn") or tried["code"])
    assert ends == ["ALREADY_PUBLISHED", "2026-12-31", "CERTIFICATE_EXPIRED"]


async def test_the_standing_of_an_employer_is_read_at_each_request(service: Service) -> None:
    agent = await service.agent()
    token = await service.employer("rh@example.org", "1143920115", agent)
    await publish_offer(service, token)
    await service.work()
    async with service.resources.database.begin() as session:
        employer = await session.scalar(select(Employer))
        assert employer is not None
        employer.status, employer.status_reason = EmployerStatus.SUSPENDED, "Plainte."
    refused = await service.act("createJobOffer", "", token, **OFFER)
    assert (refused["code"], "Plainte." in refused["message"]) == ("EMPLOYER_SUSPENDED", True)
    (error,) = (await service.run("{ candidacies { totalCount } }", token)).errors
    assert error.original_error.code == "EMPLOYER_SUSPENDED"
    assert (await service.ask("{ jobOffers { edges { node { id } } } }"))["jobOffers"]["edges"] == []


async def test_a_refused_employer_reads_why_until_it_is_authenticated_after_all(service: Service) -> None:
    agent = await service.agent()
    entered = {"email": "rh@example.org", "password": PASSWORD, "name": "Max", "employerName": "Boulangerie"}
    made = await service.act("registerEmployer", "... on EmployerMember { employer { id } }", **entered, neq="1140000000")
    token, employer = await service.sign_in("rh@example.org"), made["employer"]["id"]
    assert await refusal(service, "createJobOffer", token, **OFFER) == ("NotEligible", "EMPLOYER_NOT_AUTHENTICATED")
    await service.act("refuseEmployer", "", agent, employerId=employer, reason=" Inconnu au registre. ")
    refused = await service.act("createJobOffer", "", token, **OFFER)
    assert refused["message"].endswith("Reason given: Inconnu au registre.")
    await service.confirm("rh@example.org")
    await service.act("authenticateEmployer", "", agent, employerId=employer)
    assert await refusal(service, "createJobOffer", token, **OFFER) == ("JobOffer", "")
