"""Somebody who has left something in every table that can be about a candidate, and what such a person may do about it. Not a
test itself."""

import json

from sqlalchemy import select

from models.account import Account
from models.application_news import ApplicationMail
from tests.conftest import Clock
from tests.path.candidate_file import Person, candidate
from tests.service import PASSWORD, Data, Service
from tests.world import ALERT, CANDIDACY, OFFER

EXPORT = """mutation { exportMyData { __typename ... on PersonalData { json madeAt }
    ... on Refusal { code } ... on LimitReached { limit retryAfterSeconds } } }"""
ENTERED: Data = {
    "givenName": "Aminata-Zohra",
    "familyName": "Benkirane-Ouazzani",
    "telephone": "+212 5 22 98 76 54",
    "timeZone": "Africa/Casablanca",
    "fileNumber": "OK7Q8W9E0R",
    "individualReferenceNumber": "RT5Y6U7I8O",
    "issuedOn": "2025-06-03",
    "expiresOn": "2028-06-04",
}
CORRECTED: Data = {
    "fileNumber": "WAITA1S2D3F4",
    "individualReferenceNumber": "RG5H6J7K8L",
    "issuedOn": "2025-06-05",
    "expiresOn": "2028-06-06",
}
TEXTS: Data = {"title": {"fr": "Luthière de violes", "en": "Viol luthier"}, "experience": {"en": "Eleven years in Essaouira."}}
EMAIL, PURPOSE = "aminata.zohra@example.net", "Pour un atelier à Saguenay"


async def export(person: Person) -> Data:
    given = (await person.service.ask(EXPORT, await person.token()))["exportMyData"]
    assert given["__typename"] == "PersonalData", given
    return dict(json.loads(given["json"]))


async def lived(service: Service, clock: Clock) -> Person:
    """Somebody with something in every table that can be about a candidate."""
    person = await candidate(service, clock, EMAIL, idempotencyKey="registered once", **ENTERED)
    made = await person.act(
        "createCandidacy", "... on Candidacy { id number }", **{**CANDIDACY, **TEXTS}, idempotencyKey="made once"
    )
    assert await person.publish_again(made["id"]) != "DRAFT"
    await person.act("createJobAlert", **ALERT, idempotencyKey="alerted once")
    await service.work()
    agent = await service.agent()
    member = await service.employer("rh@example.org", "1143920115", agent, "Lutherie du Fjord")
    consulted = "query($n: String!, $p: String) { candidacy(number: $n, purpose: $p) { id } }"
    assert (await service.ask(consulted, member, n=made["number"], p=PURPOSE))["candidacy"]
    offer = await service.act("createJobOffer", "... on JobOffer { id }", member, **OFFER)
    assert "code" not in await service.act("publishJobOffer", "", member, id=offer["id"])
    wrong = {"jobOfferId": offer["id"], "reason": "MISLEADING", "comment": "Le salaire n’est pas le bon."}
    assert "code" not in await person.act("reportJobOffer", "", **wrong)
    asked = {"candidacyNumber": made["number"], "jobOfferId": offer["id"], "message": "Une viole à restaurer."}
    request = await service.act("requestContact", "... on ContactRequest { id }", member, **asked, idempotencyKey="asked once")
    assert "code" not in await person.act("acceptContact", id=request["id"], reply="Je connais Chamonal.")
    sent = {"candidacyId": made["id"], "jobOfferId": offer["id"], "coverLetter": "Mon archet est prêt."}
    assert "code" not in await person.act("applyToJobOffer", **sent, idempotencyKey="applied once")
    await _mail(person)
    await service.work()
    assert "code" not in await person.act("changeEmail", email="aminata.new@example.net", password=PASSWORD)
    await service.work()
    assert "code" not in await person.act("correctCertificate", certificate=CORRECTED)
    await person.act("hideFromEmployer", neq="8823456789")
    await person.act("declareResidence", country="CA", province="QC")
    return person


async def _mail(person: Person) -> None:
    """One that was begun, and goes when it is sent: nobody can say when that is."""
    async with person.service.resources.database.begin() as session:
        query = select(Account.id).where(Account.email == person.email)
        session.add(ApplicationMail(account_id=(await session.scalars(query)).one(), created_at=person.clock()))


async def erase(person: Person, password: str = PASSWORD) -> Data:
    return await person.act("eraseMyAccount", "... on AccountErased { at }", password=password)
