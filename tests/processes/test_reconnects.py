"""Whoever follows the stream of matches and loses the connection again and again misses nothing and hears nothing twice."""

import asyncio
import json
import os
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Protocol

import pytest

from tests.processes.client import client_of, make_agent
from tests.processes.mailbox import Mailbox
from tests.processes.running import Installation
from tests.processes.subscriber import MATCHES, Data, Follower
from tests.processes.writing import Insistent, Recruiter
from tests.real_parts import LONG

RECONNECTS, OFFERS = (100, 120) if LONG else (15, 20)
LONGEST_STAY = 0.12
"""Seconds until a connection is cut, on the average half of it."""
LONGEST = 120.0
PACKAGES = ("graphql-ws@6.4.2", "graphql@16", "ws@8")
SCRIPT = Path(__file__).with_name("reconnects.mjs")


class Listener(Protocol):
    @property
    def events(self) -> list[Data]: ...
    @property
    def connections(self) -> int: ...


@pytest.fixture(scope="session")
async def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script and what it imports."""
    folder = tmp_path_factory.mktemp("npm")
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("there is no node with npm here")
    options = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefix", str(folder))
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(npm, "install", *options, *PACKAGES, stdout=pipe, stderr=pipe)
    _, said = await child.communicate()
    if child.returncode != 0:
        pytest.skip(f"npm cannot install {PACKAGES[0]}: {said.decode()[-300:]}")
    shutil.copy(SCRIPT, folder)
    return folder


@pytest.mark.parametrize("pair", ["sqlite and embedded"], indirect=True)
async def test_a_python_client_misses_nothing_over_reconnects_at_random_moments(
    installed: Installation, mailbox: Mailbox
) -> None:
    random = Random(3)

    def stays() -> float:
        return random.uniform(0, LONGEST_STAY) if follower.connections <= RECONNECTS else LONGEST

    async with people(installed, mailbox) as (recruiter, token):
        follower = Follower(installed.socket_url, token, stays=stays)
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(follower.follow_until(stop))
            await post_while_connections_break(recruiter, follower)
            stop.set()
    require_each_once(recruiter, follower)


@pytest.mark.parametrize("pair", ["sqlite and embedded"], indirect=True)
async def test_the_client_of_web_applications_misses_nothing_over_them_either(
    installed: Installation, mailbox: Mailbox, packages: Path
) -> None:
    async with people(installed, mailbox) as (recruiter, token), web_application(installed, token, packages) as follower:
        await post_while_connections_break(recruiter, follower)
    require_each_once(recruiter, follower)


@asynccontextmanager
async def people(installed: Installation, mailbox: Mailbox) -> AsyncIterator[tuple[Recruiter, str]]:
    """A recruiter, and the token of a candidate whose alert asks for whatever is posted."""
    await installed.start_api(worker_inside=True)
    async with client_of(installed) as client:
        agent = await make_agent(installed, client)
        employer = await client.employer(mailbox, agent, "rh@example.org", "1143920115", "Hôpital du Fjord")
        token = await client.candidate(mailbox, "amina@example.org")
        await client.done("createJobAlert", "", token, name="Soins", frequency="DAILY", criteria={"text": "infirmiere"})
        yield Recruiter(Insistent(client), employer, Random(4)), token


async def post_while_connections_break(recruiter: Recruiter, follower: Listener) -> None:
    """Goes on until there were enough of both, and all has been heard of."""
    deadline = time.monotonic() + LONGEST
    while len(recruiter.kept) < OFFERS or follower.connections <= RECONNECTS:
        assert time.monotonic() < deadline, f"{follower.connections} connections"
        await recruiter.post("02")
        await asyncio.sleep(recruiter.random.uniform(0, 0.05))
    while len({event["jobOffer"]["number"] for event in follower.events}) < len(recruiter.kept):
        assert time.monotonic() < deadline, f"{len(follower.events)} of {len(recruiter.kept)} were heard of"
        await asyncio.sleep(0.05)
    await asyncio.sleep(1)  # for what would come twice


def require_each_once(recruiter: Recruiter, follower: Listener) -> None:
    heard = [event["jobOffer"]["number"] for event in follower.events]
    assert sorted(heard) == sorted(offer.number for offer in recruiter.kept)
    positions = [int(event["cursor"]) for event in follower.events]
    assert positions == list(range(1, len(recruiter.kept) + 1))
    print(f"{follower.connections} connections, {len(heard)} offers, each heard of once")
    assert follower.connections > RECONNECTS


class WebApplication:
    """What the script in a process of its own has printed so far."""

    def __init__(self) -> None:
        self.events: list[Data] = []
        self.connections = 0

    async def read(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            said = json.loads(line)
            self.connections = said.get("connections", self.connections)
            self.events += [said["event"]] if "event" in said else []


@asynccontextmanager
async def web_application(installed: Installation, token: str, packages: Path) -> AsyncIterator[WebApplication]:
    entered = (installed.socket_url, str(RECONNECTS), str(1000 * LONGEST_STAY), MATCHES)
    child = await asyncio.create_subprocess_exec(
        "node", SCRIPT.name, *entered, cwd=packages, env=os.environ | {"TOKEN": token}, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout
    follower = WebApplication()
    reading = asyncio.create_task(follower.read(child.stdout))
    try:
        yield follower
        assert child.returncode is None, "the client gave up"
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()
        await reading
