"""Processes that are killed without warning, at any moment, lose nothing that was accepted: neither rows, nor the index's
agreement with them, nor mail."""

import asyncio
import re
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from random import Random

import pytest
from sqlalchemy import select

from models.candidacy import Candidacy
from models.database import Database
from models.job_offer import JobOffer
from notifications.feed import LOOKS_EVERY
from tests.processes.client import Client, client_of, make_agent
from tests.processes.conftest import EMBEDDED, SERVERS
from tests.processes.crew import Crew
from tests.processes.mailbox import Mailbox, part, recipient
from tests.processes.rows import all_done, rows
from tests.processes.running import Installation
from tests.processes.subscriber import Follower
from tests.processes.writing import REGIONS, Author, Insistent, JobSeeker, Kept, Newcomers, Recruiter, title, write_until
from tests.real_parts import LONG

SEED, OUTAGE = 20, 4.0
FORCED, WORKERS, APIS = (10, 10, 12) if LONG else (2, 3, 3)
"""How many are killed: workers between commit and index, then workers at any moment; in all of it APIs with requests in hand."""
ALERTS: dict[str, dict[str, object]] = {
    "seeker0@example.org": {"text": "infirmiere"},
    "seeker1@example.org": {"text": "nurse", "regions": ["06"]},
}
WANTED_REGIONS = {"seeker0@example.org": REGIONS, "seeker1@example.org": ("06",)}
NEQS = ("1143920115", "1160000007")
CONFIRMATION = "confirmation"
NUMBER = re.compile(r"\b[2-9B-Z]{4}-[2-9B-Z]{4}\b")
ALL_OFFERS = re.compile(r"http\S+/alert-mails/\S+")


@dataclass
class People:
    """Everybody who writes, each with a book of what was acknowledged."""

    api: Insistent
    seekers: list[JobSeeker]
    recruiters: list[Recruiter]
    newcomers: Newcomers
    followers: list[Follower]
    """The seekers again, as they follow what their alerts tell of."""

    @property
    def candidacies(self) -> list[Kept]:
        return [each for seeker in self.seekers for each in seeker.kept]

    @property
    def offers(self) -> list[Kept]:
        return [each for recruiter in self.recruiters for each in recruiter.kept]


@pytest.mark.parametrize(
    ("pair", "workers"),
    [pytest.param(EMBEDDED, 1, id="sqlite and embedded"), pytest.param(SERVERS, 2, id="postgresql and elasticsearch")],
    indirect=["pair"],
)
async def test_nothing_accepted_is_lost_to_kills(
    installed: Installation, database: Database, mailbox: Mailbox, workers: int
) -> None:
    random, began = Random(SEED), time.monotonic()
    mailbox.hesitation = 0.05
    crew = await Crew.hire(installed, workers)
    async with client_of(installed) as client:
        people = await gather_people(installed, client, mailbox, random)
        while crew.kills["worker"] < FORCED:
            await all_done(database, installed)
            await die_between_commit_and_index(crew, people, client, random)
        await die_between_mail_and_mark(crew, people.recruiters[0], mailbox)
        async with following(people.followers):
            await write_while_all_is_killed(crew, people, mailbox, random)
            await all_done(database, installed)
            await require_told(people)
        await require_rows(database, people)
        await require_found(client, people)
        await require_verified(installed, people)
        owed = await require_mail(people, mailbox, client, crew.kills["worker"] + 1)
    print(
        f"{crew.kills} kills in {time.monotonic() - began:.0f} s, {FORCED} of workers between commit and index; "
        f"{people.api.broken} requests cut off; "
        f"{len(people.candidacies)} candidacies, {len(people.offers)} offers, {len(people.newcomers.registered)} newcomers; "
        f"{owed} mails owed, {len(mailbox.letters())} received, {mailbox.repeats()} of them twice"
    )
    assert crew.kills["serve"] == APIS
    assert crew.kills["worker"] > FORCED + WORKERS
    assert people.api.broken >= APIS / 2


async def gather_people(installed: Installation, client: Client, mailbox: Mailbox, random: Random) -> People:
    agent, api = await make_agent(installed, client), Insistent(client)
    seekers = [JobSeeker(api, await client.candidate(mailbox, email), random) for email in ALERTS]
    for seeker, criteria in zip(seekers, ALERTS.values(), strict=True):
        await client.done("createJobAlert", "", seeker.token, name="Soins", frequency="LIVE", criteria=criteria)
    recruiters = [
        Recruiter(api, await client.employer(mailbox, agent, f"rh{neq}@example.org", neq, f"Hôpital {neq}"), random)
        for neq in NEQS
    ]
    followers = [Follower(installed.socket_url, seeker.token) for seeker in seekers]
    return People(api, seekers, recruiters, Newcomers(api), followers)


async def die_between_commit_and_index(crew: Crew, people: People, client: Client, random: Random) -> None:
    """The worker, which has nothing to do, stands still while an offer is published: it cannot have indexed it when it dies.
    The API dies at the same moment, in the middle of another mutation."""
    stop, recruiter = asyncio.Event(), people.recruiters[0]
    crew.freeze_workers()
    offer = await recruiter.post("06")
    assert await found(client, recruiter.token, "jobOffers", [offer.word]) == [[]]
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write_until(stop, [(people.seekers[0], 0.0)], random))
        await people.api.until_busy(random)
        await crew.replace_all()
        stop.set()


async def die_between_mail_and_mark(crew: Crew, recruiter: Recruiter, mailbox: Mailbox) -> None:
    """The mail server has the message and does not say so before the worker dies: the message must come once more."""
    mailbox.silent = True
    await recruiter.post("06")
    assert await asyncio.to_thread(mailbox.unanswered.wait, 30), "no mail was sent"
    replacing = asyncio.create_task(crew.replace_workers())
    await asyncio.sleep(0.5)
    mailbox.silent = False
    await replacing


async def write_while_all_is_killed(crew: Crew, people: People, mailbox: Mailbox, random: Random) -> None:
    stop = asyncio.Event()
    pace: list[tuple[Author, float]] = [(people.newcomers, 2.0)]
    pace += [(seeker, 0.1) for seeker in people.seekers]
    pace += [(recruiter, 0.1) for recruiter in people.recruiters]
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write_until(stop, pace, random))
        async with asyncio.TaskGroup() as losses:
            losses.create_task(suspend(mailbox, random))
            losses.create_task(crew.lose_workers(WORKERS, random))
            losses.create_task(crew.lose_apis(APIS - crew.kills["serve"], random, partial(people.api.until_busy, random)))
        stop.set()


async def suspend(mailbox: Mailbox, random: Random) -> None:
    """The mail server is away for a while, too."""
    await asyncio.sleep(random.uniform(5, 10))
    await asyncio.to_thread(mailbox.close)
    await asyncio.sleep(OUTAGE)
    await asyncio.to_thread(mailbox.open)


async def require_rows(database: Database, people: People) -> None:
    """Every acknowledged write is in the database as it was acknowledged, and nothing was made twice."""
    for table, kept in ((Candidacy, people.candidacies), (JobOffer, people.offers)):
        shown = await rows(database, select(table.number, table.status, table.title_fr))
        assert sorted(shown) == sorted((each.number, each.status, title(each.word)["fr"]) for each in kept)


async def require_found(client: Client, people: People) -> None:
    """By the word of its last title, whatever is published, and by no word what is not."""
    token = people.recruiters[0].token
    for field, kept in (("candidacies", people.candidacies), ("jobOffers", people.offers)):
        numbers = await found(client, token, field, [each.word for each in kept])
        assert numbers == [[each.number] if each.published else [] for each in kept], field


async def found(client: Client, token: str, field: str, words: Sequence[str]) -> list[list[str]]:
    """The public numbers that each word finds."""
    numbers = []
    for start in range(0, len(words), 10):
        some = words[start : start + 10]
        asked = " ".join(f'a{at}: {field}(criteria: {{text: "{word}"}}, first: 2) {{ ...N }}' for at, word in enumerate(some))
        connection = {"candidacies": "PublishedCandidacyConnection", "jobOffers": "JobOfferConnection"}[field]
        answer = await client.ask(f"{{ {asked} }} fragment N on {connection} {{ edges {{ node {{ number }} }} }}", token)
        numbers += [[edge["node"]["number"] for edge in answer[f"a{at}"]["edges"]] for at in range(len(some))]
    return numbers


async def require_verified(installed: Installation, people: People) -> None:
    output = await installed.do("verify")
    for kind, kept in (("candidacies", people.candidacies), ("job-offers", people.offers)):
        published = sum(each.published for each in kept)
        told = f"{kind}: {published:,} in the database, {published:,} in the index, 0 missing, 0 stale, 0 surplus"
        assert told in output.splitlines(), (told, output)


@asynccontextmanager
async def following(followers: Sequence[Follower]) -> AsyncIterator[None]:
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for follower in followers:
            tasks.create_task(follower.follow_until(stop))
        yield
        stop.set()


async def require_told(people: People) -> None:
    """Each stream tells of every offer that its reader waited for, and of none twice, however often it broke off."""
    for follower, regions in zip(people.followers, WANTED_REGIONS.values(), strict=True):
        wanted = {offer.number: offer for offer in people.offers if offer.region in regions}
        owed = {number for number, offer in wanted.items() if offer.published}
        deadline = time.monotonic() + 15
        while not owed <= set(follower.numbers):
            assert time.monotonic() < deadline, f"the stream never told of {owed - set(follower.numbers)}"
            await asyncio.sleep(LOOKS_EVERY)
        await asyncio.sleep(LOOKS_EVERY)
        assert set(follower.numbers) <= wanted.keys()
        assert len(follower.numbers) == len(set(follower.numbers))
        assert follower.connections > 1


async def require_mail(people: People, mailbox: Mailbox, client: Client, interruptions: int) -> int:
    """Whatever was owed arrived, at most once more for each interruption, and then under the same Message-ID. Gives how
    many mails were owed."""
    arrived: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for letter in mailbox.letters():
        for matter in await matters(letter, client):
            arrived[recipient(letter), matter][letter["Message-ID"]] += 1
    wanted = {(email, each.number): each for email in ALERTS for each in people.offers if each.region in WANTED_REGIONS[email]}
    owed = {key for key, offer in wanted.items() if offer.published}
    owed |= {(email, CONFIRMATION) for email in (*ALERTS, *people.newcomers.registered)}
    assert owed <= arrived.keys(), owed - arrived.keys()
    told = {key for key in arrived if NUMBER.fullmatch(key[1])}
    assert told <= wanted.keys(), told - wanted.keys()
    assert [messages for messages in arrived.values() if len(messages) > 1] == []
    assert 1 <= mailbox.repeats() <= interruptions
    return len(owed)


async def matters(letter: EmailMessage, client: Client) -> set[str]:
    """What a letter is about: the numbers of offers, those of its whole list too; the confirmation of an address; or else what
    its subject says."""
    text = part(letter, "plain")
    if "/confirm-email/" in text:
        return {CONFIRMATION}
    if (link := ALL_OFFERS.search(text)) is not None:
        text += (await client.http.get(link[0])).text
    return set(NUMBER.findall(text)) or {str(letter["Subject"])}
