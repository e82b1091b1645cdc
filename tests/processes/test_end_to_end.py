"""The main path over real processes, HTTP, WebSocket and mail: from a certificate to an employer's search, and from an alert
to the offer that it waited for."""

import re
import signal
import time
from dataclasses import dataclass
from email.message import EmailMessage

import pytest

from models.database import Database
from tests.processes.client import AGENT, Client, certificate_dates, client_of, confirmation_link, make_agent
from tests.processes.conftest import EMBEDDED, SERVERS
from tests.processes.mailbox import Mailbox, part
from tests.processes.rows import all_done
from tests.processes.running import Installation
from tests.processes.subscriber import MATCHES, Subscriber, subscriber
from tests.service import registration

CANDIDATE, EMPLOYER = "amina@example.org", "rh@example.org"
CANDIDACY = {
    "title": {"fr": "Infirmière clinicienne", "en": "Clinical nurse"},
    "summary": {"fr": "Dix ans en soins intensifs, sécurité des patients."},
    "occupations": ["31301"],
    "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 9}],
    "education": "BACHELOR",
    "yearsOfExperience": 10,
    "regions": ["06"],
}
TITLE = {"fr": "Infirmier ou infirmière de nuit", "en": "Night nurse"}
OFFER = {
    "title": TITLE,
    "description": {"fr": "Soins de nuit à l’hôpital."},
    "occupation": "31301",
    "region": "02",
    "contractType": "PERMANENT",
    "workMode": "ON_SITE",
}


@dataclass(frozen=True)
class Scene:
    installed: Installation
    mailbox: Mailbox
    client: Client
    database: Database


@pytest.mark.parametrize(
    ("pair", "workers"),
    [
        pytest.param(EMBEDDED, 0, id="sqlite and embedded, the worker in the api"),
        pytest.param(EMBEDDED, 1, id="sqlite and embedded, a worker apart"),
        pytest.param(SERVERS, 2, id="postgresql and elasticsearch, two workers"),
    ],
    indirect=["pair"],
)
async def test_from_a_certificate_to_an_alert_delivered(
    installed: Installation, mailbox: Mailbox, database: Database, workers: int
) -> None:
    api = await installed.start_api(worker_inside=not workers)
    for _ in range(workers):
        await installed.start("worker")
    await installed.wait_until_reached(api, "/readyz")
    async with client_of(installed) as client:
        scene = Scene(installed, mailbox, client, database)
        candidate = await register(scene)
        employer = await become_an_employer(scene)
        await be_found(scene, candidate, employer)
        await be_told(scene, candidate, employer)
    assert [await process.stop() for process in installed.processes] == [-signal.SIGTERM] + [0] * workers, installed.said()
    assert not re.search(r" (ERROR|CRITICAL) |Traceback", installed.said()), installed.said()


async def register(scene: Scene) -> str:
    """A file is opened with the four values of a certificate; the link in the mail shows a page, whose button confirms."""
    client = scene.client
    entered = registration(CANDIDATE, **certificate_dates())
    registered = await client.done("registerCandidate", "... on Candidate { registration { status } }", **entered)
    assert registered["registration"]["status"] == "ACTIVE"
    token = await client.sign_in(CANDIDATE)
    link = confirmation_link(part(await scene.mailbox.letter_to(CANDIDATE, "/confirm-email/"), "plain"))
    page = await client.http.get(link)
    assert (page.status_code, page.text.count("<button")) == (200, 1)
    assert not await confirmed(client, token)
    assert (await client.http.post(link)).status_code == 200
    assert await confirmed(client, token)
    return token


async def confirmed(client: Client, token: str) -> bool:
    return bool((await client.ask("{ viewer { emailConfirmed } }", token))["viewer"]["emailConfirmed"])


async def become_an_employer(scene: Scene) -> str:
    """Nothing can be searched before an agent of the service has authenticated the employer."""
    client = scene.client
    agent = await make_agent(scene.installed, client)
    assert (await client.ask("{ viewer { __typename email } }", agent))["viewer"] == {"__typename": "Agent", "email": AGENT}
    return await client.employer(scene.mailbox, agent, EMPLOYER, "1143920115", "Hôpital du Fjord")


async def be_found(scene: Scene, candidate: str, employer: str) -> None:
    client = scene.client
    draft = await client.done("createCandidacy", "... on Candidacy { id }", candidate, **CANDIDACY)
    published = await client.done("publishCandidacy", "... on Candidacy { number }", candidate, id=draft["id"])
    seconds = await seconds_until_found(client, employer, "infirmière", published["number"])
    print(f"a candidacy is found {seconds * 1000:.0f} ms after its publication")
    for text in ("infirmiere", "INFIRMIÈRES", "nurses", '"soins intensifs"', "securite", "infirm*", "nurse -cuisine"):
        assert await found(client, employer, text) == [published["number"]], text
    assert await found(client, employer, "soudeur") == []


async def found(client: Client, employer: str, text: str) -> list[str]:
    query = "query($text: String!) { candidacies(criteria: {text: $text}) { edges { node { number } } } }"
    answer = await client.ask(query, employer, text=text)
    return [edge["node"]["number"] for edge in answer["candidacies"]["edges"]]


async def seconds_until_found(client: Client, employer: str, text: str, number: str) -> float:
    began = time.monotonic()
    while number not in await found(client, employer, text):
        assert time.monotonic() - began < 30, f"{number} is not found by {text!r}"
    return time.monotonic() - began


async def be_told(scene: Scene, candidate: str, employer: str) -> None:
    """The stream, the mail, what was missed meanwhile, and the two ways to have it end."""
    client, url = scene.client, scene.installed.socket_url
    criteria = {"text": "infirmiere", "regions": ["02"]}
    alert = await client.done(
        "createJobAlert", "... on JobAlert { id }", candidate, name="Fjord", frequency="LIVE", criteria=criteria
    )
    async with subscriber(url, candidate) as stream:
        await stream.follow(MATCHES)
        cursor, heard, letter = await hear_of_an_offer(scene, employer, stream)
    missed = [await publish(client, employer), await publish(client, employer)]
    await publish(client, employer, region="06")
    await all_done(scene.database, scene.installed)
    async with subscriber(url, candidate, cursor) as stream:
        await stream.follow(MATCHES)
        events = [(await stream.event())["jobOfferMatches"] for _ in missed]
        assert [event["jobOffer"]["number"] for event in events] == missed
        await unsubscribe(scene, candidate, alert["id"], letter)
        await publish(client, employer)
        await all_done(scene.database, scene.installed)
        assert await stream.quiet(1.0), "an alert that was stopped told of an offer"
        assert sorted(offers_told(scene)) == sorted([heard, *missed])
        await client.ask("mutation { signOut { ... on SignedOut { at } } }", candidate)
        assert await stream.closed() == 4403


async def hear_of_an_offer(scene: Scene, employer: str, stream: Subscriber) -> tuple[str, str, EmailMessage]:
    """Gives the cursor of the event, the number of the offer, and the mail."""
    number = await publish(scene.client, employer)
    event = (await stream.event())["jobOfferMatches"]
    assert event["jobOffer"] == {"number": number, "title": {"fr": TITLE["fr"]}}
    assert event["alerts"] == [{"name": "Fjord"}]
    letter = await scene.mailbox.letter_to(CANDIDATE, number)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].startswith(f"<{scene.installed.url}/unsubscribe/")
    assert "Night nurse" in letter["Subject"]
    assert "Night nurse" in part(letter, "plain")
    assert "<html" in part(letter, "html")
    assert "Night nurse" in part(letter, "html")
    return event["cursor"], number, letter


async def publish(client: Client, employer: str, **changes: object) -> str:
    """The public number of a new offer that anybody may read."""
    draft = await client.done("createJobOffer", "... on JobOffer { id }", employer, **{**OFFER, **changes})
    published = await client.done("publishJobOffer", "... on JobOffer { number }", employer, id=draft["id"])
    return str(published["number"])


def offers_told(scene: Scene) -> list[str]:
    """The numbers of the offers in all the mails of alerts, one mail after another."""
    mails = scene.mailbox.letters(lambda letter: letter["List-Unsubscribe"] is not None)
    return [number for mail in mails for number in re.findall(r"/job-offers/(\S+)", part(mail, "plain"))]


async def unsubscribe(scene: Scene, candidate: str, alert_id: str, letter: EmailMessage) -> None:
    """By one click of a mail program, which posts. Whatever only looks at the link changes nothing."""
    link, http = letter["List-Unsubscribe"].strip("<>"), scene.client.http
    assert (await http.get(link)).status_code == 200
    assert await alert_status(scene.client, candidate, alert_id) == "ON"
    assert (await http.post(link, data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert await alert_status(scene.client, candidate, alert_id) == "PAUSED"


async def alert_status(client: Client, candidate: str, alert_id: str) -> str:
    query = "query($id: ID!) { node(id: $id) { ... on JobAlert { status } } }"
    return str((await client.ask(query, candidate, id=alert_id))["node"]["status"])
