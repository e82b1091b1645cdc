"""The index is rebuilt while people write and search: nobody ever finds less than before."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import pytest

from models.database import Database
from tests.processes.client import Client, client_of
from tests.processes.conftest import EMBEDDED, SERVERS
from tests.processes.crew import Crew
from tests.processes.mailbox import Mailbox
from tests.processes.rows import all_done
from tests.processes.running import Installation
from tests.processes.writing import Author, Insistent, JobSeeker, Recruiter, write_until
from tests.real_parts import LONG

VOLUME, PAUSE = 500 if LONG else 80, 0.02
DEMO_PASSWORD = "placement-demo"
COUNTS = """{
    allOffers: jobOffers { totalCount }
    nurses: jobOffers(criteria: {text: "infirmiere"}) { totalCount }
    montreal: jobOffers(criteria: {regions: ["06"]}) { totalCount }
    allCandidacies: candidacies { totalCount }
    inMontreal: candidacies(criteria: {regions: ["06"]}) { totalCount }
}"""


@dataclass
class Reader:
    """Searches all the time. What it found once it must go on finding, since nothing is taken back meanwhile."""

    client: Client
    token: str
    most: dict[str, int] = field(default_factory=dict)
    reads: int = 0
    slowest: float = 0.0

    async def read_until(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            began = time.monotonic()
            seen = await self.counts()
            self.slowest = max(self.slowest, time.monotonic() - began)
            assert all(count >= self.most.get(name, 0) for name, count in seen.items()), (self.most, seen)
            self.most, self.reads = dict(seen), self.reads + 1
            await asyncio.sleep(PAUSE)

    async def counts(self) -> Mapping[str, int]:
        return {name: found["totalCount"] for name, found in (await self.client.ask(COUNTS, self.token)).items()}


@pytest.mark.parametrize(
    ("pair", "workers"),
    [pytest.param(EMBEDDED, 1, id="sqlite and embedded"), pytest.param(SERVERS, 2, id="postgresql and elasticsearch")],
    indirect=["pair"],
)
async def test_readers_never_find_less_during_a_rebuild(
    installed: Installation, database: Database, mailbox: Mailbox, workers: int
) -> None:
    await installed.do("seed", "--candidacies", f"{VOLUME}", "--offers", f"{VOLUME}")
    crew = await Crew.hire(installed, workers)
    await all_done(database, installed)
    async with client_of(installed) as client:
        reader = Reader(client, await sign_in(client, "employer@example.org"))
        before = await reader.counts()
        authors = await people(client, reader.token)
        await rebuild_meanwhile(crew, reader, authors)
        await all_done(database, installed)
        after = await reader.counts()
    output = await installed.do("verify")
    print(f"{reader.reads} searches, the slowest {reader.slowest * 1000:.0f} ms; {before} became {after}\n{output}")
    assert before["allOffers"] >= VOLUME
    assert after["allOffers"] == before["allOffers"] + len(authors[0].kept)
    assert after["allCandidacies"] == before["allCandidacies"] + len(authors[1].kept)


async def people(client: Client, employer: str) -> tuple[Recruiter, JobSeeker]:
    api, random = Insistent(client), Random(7)
    candidate = await sign_in(client, "candidate@example.org")
    return Recruiter(api, employer, random, closing=False), JobSeeker(api, candidate, random, withdrawing=False)


async def sign_in(client: Client, email: str) -> str:
    session = await client.done("signIn", "... on Session { accessToken }", email=email, password=DEMO_PASSWORD)
    return str(session["accessToken"])


async def rebuild_meanwhile(crew: Crew, reader: Reader, authors: tuple[Recruiter, JobSeeker]) -> None:
    """Once in vain, as the rebuild is killed half-way, and once to the end."""
    stop = asyncio.Event()
    pace: list[tuple[Author, float]] = [(author, 0.1) for author in authors]
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write_until(stop, pace, Random(7)))
        tasks.create_task(reader.read_until(stop))
        await lose_a_rebuild(crew.installed)
        await crew.installed.do("reindex")
        await asyncio.sleep(0.5)
        stop.set()


async def lose_a_rebuild(installed: Installation) -> None:
    """Between the end of the first index and that of the second. One that was too fast for that is followed by another."""
    for pause in (0.1, 0.05, 0.0, 0.0):
        process = await installed.start("reindex")
        await installed.wait_until_said(process, "candidacies: ")
        await asyncio.sleep(pause)
        await process.kill()
        if "job-offers: " not in process.said():
            return
    raise AssertionError("every one of them was killed too late")
