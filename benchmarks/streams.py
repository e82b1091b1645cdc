"""Many sockets on one process of the API: how long it takes from an offer's publication to the events of those who follow, and
what sockets cost on which nothing comes.

    python -m benchmarks.streams --alerts 100000 --sockets 1000 --offers 40
    python -m benchmarks.streams --alerts 0 --sockets 10000

The API, the worker and every 2,500 clients are processes of their own, on a SQLite file that is thrown away. The goals: 99 of 100
events within 3 seconds; 40 KiB for each socket."""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from uuid import UUID, uuid4

import uvicorn
from sqlalchemy import update
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

import config
import server
from auth.keys import Keys
from auth.tokens import Tokens
from benchmarks.alert_rows import ALERTS_OF_A_PERSON, SANDBOX, SECRET, Population, fill, owner, store_offers
from benchmarks.measuring import load, p50_p95
from bootstrap import spare_the_collector
from commands.sandbox import Person
from migrations.running import migrate
from models.bulk import insert_rows
from models.database import Database, open_database
from models.job_offer import JobOffer
from models.outbox import emit
from models.sign_in_session import SignInSession
from tests.processes.running import Installation, free_port

CLIENTS_OF_A_PROCESS = 2_500
AT_ONCE = 20
"""Sockets that a process opens at a time."""
AT_REST = 20.0
"""Seconds over which the processor's time is taken."""
QUERY = "subscription { jobOfferMatches { ... on JobOfferMatched { cursor jobOffer { number title { fr } } alerts { name } } } }"


async def people(database: Database, tokens: Tokens, count: int, alerts: int) -> list[str]:
    """The tokens of that many people who are signed in; the first are those who keep alerts."""
    kept = alerts // ALERTS_OF_A_PERSON
    ids = [owner(index * ALERTS_OF_A_PERSON) if index < kept else uuid4() for index in range(count)]
    others = [Person(each, f"{each.hex}@example.org", "Awa", "Diop", "SN") for each in ids[kept:]]
    now = datetime.now(UTC)
    sessions = [SignInSession(id=uuid4(), account_id=each, created_at=now) for each in ids]
    async with database.begin() as session:
        await insert_rows(session, [SANDBOX.account(each) for each in others])
        await insert_rows(session, [SANDBOX.candidate(each) for each in others])
        await insert_rows(session, sessions)
    return [tokens.issue_access(each.account_id, each.id, now)[0] for each in sessions]


async def follow(url: str, token: str, ready: asyncio.Semaphore) -> None:
    """Prints when each event came."""
    async with AsyncExitStack() as stack:
        async with ready:
            opening = connect(url, subprotocols=[Subprotocol("graphql-transport-ws")], ping_interval=None, open_timeout=120)
            socket = await stack.enter_async_context(opening)
            await socket.send(json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
            await socket.recv()
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": QUERY}}))
        print("open", flush=True)
        async for message in socket:
            said = json.loads(message)
            print("event", said["payload"]["data"]["jobOfferMatches"]["jobOffer"]["number"], time.time(), flush=True)


async def follow_all(url: str, tokens: Sequence[str]) -> None:
    ready = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as tasks:
        for token in tokens:
            tasks.create_task(follow(url, token, ready))


class Clients:
    """What the processes of the clients have printed so far."""

    def __init__(self) -> None:
        self.open = 0
        self.events: list[tuple[str, float]] = []
        self._processes: list[asyncio.subprocess.Process] = []
        self._reading: set[asyncio.Task[None]] = set()

    async def start(self, url: str, tokens: Sequence[str]) -> None:
        for at in range(0, len(tokens), CLIENTS_OF_A_PROCESS):
            pipe, wanted = asyncio.subprocess.PIPE, self.open + min(CLIENTS_OF_A_PROCESS, len(tokens) - at)
            command = (sys.executable, "-m", "benchmarks.streams", "--follow", url)
            child = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
            assert child.stdin
            assert child.stdout
            child.stdin.write("\n".join(tokens[at : at + CLIENTS_OF_A_PROCESS]).encode())
            child.stdin.close()
            self._processes.append(child)
            self._reading.add(asyncio.create_task(self._read(child.stdout)))
            await self._opened(wanted)

    async def _opened(self, wanted: int) -> None:
        """One process after another: together they would open more sockets at a time than was said."""
        while self.open < wanted:
            assert all(child.returncode is None for child in self._processes), f"clients broke off at {self.open} sockets"
            await asyncio.sleep(0.5)

    async def _read(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            what, *rest = line.decode().split()
            if what == "open":
                self.open += 1
            else:
                self.events.append((rest[0], float(rest[1])))

    def end(self) -> None:
        for child in self._processes:
            if child.returncode is None:
                child.kill()


async def announce(database: Database, offer_ids: Sequence[UUID]) -> dict[str, float]:
    """Publishes the offers, which are stored, one in a second. Gives when each was committed."""
    committed: dict[str, float] = {}
    for offer_id in offer_ids:
        now = datetime.now(UTC)
        async with database.begin() as session:
            await session.execute(update(JobOffer).where(JobOffer.id == offer_id).values(announced_at=now))
            emit(session, "job_offer.announced", offer_id, now)
            number = (await session.get_one(JobOffer, offer_id)).number
        committed[number] = time.time()
        await asyncio.sleep(1)
    return committed


def resident(pid: int) -> int:
    """Bytes of memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def processor_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def run(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        url = f"sqlite+aiosqlite:///{folder}/placement.db"
        database = open_database(url)
        await migrate(database)
        if options.alerts:
            await fill(database, Population(options.alerts, min(options.alerts, 100_000), options.seed))
        offers = await store_offers(database, options.seed + 1, options.offers, datetime.now(UTC)) if options.alerts else []
        settings = {
            "PLACEMENT_DATABASE_URL": url,
            "PLACEMENT_SEARCH_URL": f"embedded:{folder}/search",
            "PLACEMENT_MAIL_URL": f"file:{folder}/mail",
            "PLACEMENT_SECRET_KEY": SECRET,
            "PLACEMENT_PORT": str(port),
            "PLACEMENT_EMBEDDED_WORKER": "no",
            "PLACEMENT_MAX_SOCKETS": str(options.sockets + 100),
        }
        tokens = Tokens(Keys([SECRET]), f"http://127.0.0.1:{port}")
        signed_in = await people(database, tokens, options.sockets, options.alerts)
        try:
            await measure(Installation(folder, port, settings), database, signed_in, offers)
        finally:
            await database.close()


async def measure(installed: Installation, database: Database, tokens: Sequence[str], offers: Sequence[UUID]) -> None:
    clients = Clients()
    api = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.streams", "--serve"), env=os.environ | dict(installed.settings)
    )
    try:
        await asyncio.sleep(5)
        if offers:
            await installed.wait_until_said(await installed.start("worker"), "at work")
        await clients.start(installed.socket_url, tokens[:100])  # what the first ones cost is not theirs alone
        before, opened = resident(api.pid), time.monotonic()
        await clients.start(installed.socket_url, tokens[100:])
        each, took = (resident(api.pid) - before) / (len(tokens) - 100), time.monotonic() - opened
        print(f"{len(tokens):,} sockets in {took:.0f} s: {each / 1024:.1f} KiB each, {load()}")
        spent = processor_seconds(api.pid)
        await asyncio.sleep(AT_REST)
        print(f"at rest {100 * (processor_seconds(api.pid) - spent) / AT_REST:.1f} % of a processor")
        if offers:
            tell(await announce(database, offers), await heard(clients))
    finally:
        clients.end()
        api.kill()
        await installed.end()


async def heard(clients: Clients) -> list[tuple[str, float]]:
    """All events, once none has come for a while."""
    count = -1
    while len(clients.events) > count:
        count = len(clients.events)
        await asyncio.sleep(5)
    return clients.events


def tell(committed: dict[str, float], events: Sequence[tuple[str, float]]) -> None:
    waits = sorted(at - committed[number] for number, at in events)
    p50, p95 = p50_p95(waits)
    p99 = waits[ceil(0.99 * len(waits)) - 1]
    print(f"{len(committed)} offers, {len(waits):,} events: p50 {p50:.2f} s, p95 {p95:.2f} s, p99 {p99:.2f} s, {load()}")


def serve() -> None:
    """As `placement serve`, with room for all that connect at once."""
    settings = config.read()
    spare_the_collector()
    served = server.configuration(server.application(settings), settings)
    served.backlog = settings.max_sockets
    uvicorn.Server(served).run()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--sockets", type=int, default=1_000)
    parser.add_argument("--offers", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--follow", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve()
    elif options.follow:
        asyncio.run(follow_all(options.follow, sys.stdin.read().split()))
    else:
        asyncio.run(run(options))


if __name__ == "__main__":
    main()
