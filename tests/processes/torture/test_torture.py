"""Alerts miss nothing and repeat nothing while everything is changed at random, mail goes wrong and processes are killed."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

import pytest

from models.database import Database
from tests.processes.client import Client, client_of, make_agent
from tests.processes.conftest import EMBEDDED, SERVERS
from tests.processes.crew import Crew
from tests.processes.running import Installation
from tests.processes.subscriber import Follower
from tests.processes.torture.book import Person, Posted
from tests.processes.torture.losses import come_to_rest, let_days_pass, lose
from tests.processes.torture.plan import Plan, planned
from tests.processes.torture.posters import Poster
from tests.processes.torture.proof import (
    require_delivered,
    require_mails,
    require_reconciled,
    require_rows,
    require_streamed,
)
from tests.processes.torture.seekers import Seeker
from tests.processes.torture.signed_in import SignedIn
from tests.processes.torture.unreliable import Unreliable
from tests.processes.writing import Author, Insistent, write_until

SEEKERS, ALERTS_AT_FIRST = 6, 2
NEQS = ("1143920115", "1160000007", "1160000015")
TROUBLE = 0.25
"""The share of conversations with the mail server that come to grief."""

LEAST = {
    "offers": 0.5,
    "acts of seekers": 0.5,
    "times told by mail": 0.5,
    "events of streams": 0.5,
    "connections of streams": 0.5,
    "troubles with mail": 0.1,
}
"""So much has gone through each second, on a busy machine too, that what held was put to the test."""


@dataclass
class Cast:
    api: Insistent
    seekers: list[Seeker]
    posters: list[Poster]
    followers: list[Follower]

    @property
    def people(self) -> list[Person]:
        return [seeker.book for seeker in self.seekers]

    @property
    def posted(self) -> list[Posted]:
        return [offer for poster in self.posters for offer in poster.posted]

    @property
    def acted(self) -> Counter[str]:
        return sum((seeker.acted for seeker in self.seekers), Counter[str]())

    @property
    def authors(self) -> list[tuple[Author, float]]:
        return [(seeker, 0.8) for seeker in self.seekers] + [(poster, 0.2) for poster in self.posters]


@pytest.mark.parametrize(
    ("pair", "workers"),
    [pytest.param(EMBEDDED, 1, id="sqlite and embedded"), pytest.param(SERVERS, 2, id="postgresql and elasticsearch")],
    indirect=["pair"],
)
async def test_alerts_stand_torture(installed: Installation, database: Database, mailbox: Unreliable, workers: int) -> None:
    plan, since = planned(), datetime.now(UTC)
    installed = replace(installed, settings={**installed.settings, "PLACEMENT_LIVE_MAIL_WAIT": "1"})
    crew = await Crew.hire(installed, workers)
    async with client_of(installed) as client:
        cast = await gather(installed, client, mailbox, Random(plan.seed))
        async with following(cast.followers):
            began = time.monotonic()
            await torment(crew, cast, database, mailbox, plan)
            lasted = time.monotonic() - began
            mailbox.trouble = 0.0
            await come_to_rest(database, installed)
            events = await require_streamed(database, cast.people, cast.followers, cast.posted)
    await require_rows(database, cast.people, cast.posted)
    reconciled = await require_reconciled(installed, since)
    told = require_mails(mailbox, cast.people, cast.posted, crew.kills["worker"])
    ends = await require_delivered(database, mailbox)
    connections = sum(follower.connections for follower in cast.followers)
    counted = {
        "offers": len(cast.posted),
        "acts of seekers": cast.acted.total(),
        "times told by mail": told,
        "events of streams": events,
        "connections of streams": connections,
        "troubles with mail": mailbox.troubles.total(),
    }
    print(f"{plan}: {lasted:.0f} s, {crew.kills} kills, {cast.api.broken} requests cut off")
    print(f"{counted}, {len(mailbox.letters())} mails, {mailbox.repeats()} of them repeated")
    print(dict(cast.acted), dict(mailbox.troubles), dict(ends), reconciled, sep="\n")
    assert sum(crew.kills.values()) == plan.kills
    assert {name for name, count in counted.items() if count < LEAST[name] * plan.seconds} == set()


async def gather(installed: Installation, client: Client, mailbox: Unreliable, random: Random) -> Cast:
    agent, api = await make_agent(installed, client), Insistent(client)
    emails = [f"seeker{number}@example.org" for number in range(SEEKERS)]
    tokens = await asyncio.gather(*(client.candidate(mailbox, email) for email in emails))
    followers = [Follower(installed.socket_url, token, stays=lambda: random.expovariate(1 / 3)) for token in tokens]
    seekers = [
        Seeker(SignedIn(api, email, token), Person(email), mailbox, NEQS, random)
        for email, token in zip(emails, tokens, strict=True)
    ]
    for seeker, follower in zip(seekers, followers, strict=True):
        seeker.person.tell = follower.renew
    employers = {neq: f"rh{neq}@example.org" for neq in NEQS}
    posters = [
        Poster(SignedIn(api, email, await client.employer(mailbox, agent, email, neq, f"Atelier {neq}")), neq, random)
        for neq, email in employers.items()
    ]
    return Cast(api, seekers, posters, followers)


@asynccontextmanager
async def following(followers: list[Follower]) -> AsyncIterator[None]:
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for follower in followers:
            tasks.create_task(follower.follow_until(stop))
        yield
        stop.set()


async def torment(crew: Crew, cast: Cast, database: Database, mailbox: Unreliable, plan: Plan) -> None:
    stop, random = asyncio.Event(), Random(plan.seed)
    for _ in range(ALERTS_AT_FIRST):
        await asyncio.gather(*(seeker.create() for seeker in cast.seekers))
    mailbox.trouble = TROUBLE
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write_until(stop, cast.authors, random))
        tasks.create_task(let_days_pass(database, random, stop))
        await asyncio.gather(lose(crew, cast.api, plan), asyncio.sleep(plan.seconds))
        stop.set()
