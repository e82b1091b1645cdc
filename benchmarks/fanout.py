"""An offer that one person waits for, published while another is told to N people: how long until the one is in the ledger, and
what the worker holds in memory meanwhile. The baseline is the same offer alone.

    python -m benchmarks.fanout --people 10000 [--database postgresql+asyncpg://…]

The database must be empty; without one, a SQLite file is made and thrown away."""

import argparse
import asyncio
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

import worker
from benchmarks.measuring import load, opened
from models.database import Database
from models.job_offer_criteria import JobOfferCriteria
from models.notification import Notification
from models.outbox import OutboxEntry, emit
from notifications.audience import OFFERS
from notifications.ledger import LIVE_WAIT
from tests.conftest import Clock
from tests.notifications.rows import Rows, add_alert, add_employer, add_offer, add_person
from tests.service import EMBEDDED, Service, open_service

AT_ONCE = 5_000
NURSES = "31301"
SMALL_OFFERS = 10


async def wait_for(database: Database, criteria: JobOfferCriteria, people: int) -> None:
    for start in range(0, people, AT_ONCE):
        rows = Rows()
        for _ in range(min(AT_ONCE, people - start)):
            add_alert(rows, add_person(rows), criteria)
        await rows.write(database)


async def announce(service: Service, title: str, occupation: str = "72106") -> UUID:
    async with service.resources.database.begin() as session:
        offer = add_offer(session, add_employer(session), title_fr=title, occupation=occupation)
        emit(session, OFFERS.announced, offer.id, service.resources.now())
        return offer.id


async def heard(database: Database, offer_id: UUID) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).where(Notification.job_offer_id == offer_id)) or 0


async def until(so: Callable[[], Awaitable[int]]) -> None:
    while not await so():  # noqa: ASYNC110 - what is looked for is in the database
        await asyncio.sleep(0.02)


def resident() -> float:
    """MiB that this process had in memory at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def all_told(database: Database) -> bool:
    async with database.read() as session:
        return not await session.scalar(select(func.count()).where(OutboxEntry.kind.in_((OFFERS.announced, OFFERS.partly_told))))


async def seconds_until_heard(service: Service) -> list[float]:
    """Of small offers, one after another."""
    times = []
    for _ in range(SMALL_OFFERS):
        started = time.perf_counter()
        offer_id = await announce(service, "Infirmière ou infirmier", NURSES)
        await until(partial(heard, service.resources.database, offer_id))
        times.append(time.perf_counter() - started)
    return times


async def measure(service: Service, people: int) -> None:
    database = service.resources.database
    started = time.perf_counter()
    await wait_for(database, JobOfferCriteria(text="soudeur"), people)
    print(f"people made in {time.perf_counter() - started:.1f} s", flush=True)
    await wait_for(database, JobOfferCriteria(text="infirmier"), 1)
    running = asyncio.create_task(worker.run(service.resources, asyncio.Event()))
    alone = await seconds_until_heard(service)
    before, started = resident(), time.perf_counter()
    large = await announce(service, "Soudeuse ou soudeur")
    await until(partial(heard, database, large))
    beside = await seconds_until_heard(service)
    meanwhile = await heard(database, large)
    await until(partial(all_told, database))
    whole, peak = time.perf_counter() - started, resident()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    told = await heard(database, large)
    print(f"{told:,} of {people:,} told in {whole:.1f} s; memory at most {peak - before:.1f} MiB above what it ever was")
    print(f"one match alone    ms: p50 {1e3 * sorted(alone)[SMALL_OFFERS // 2]:.0f}, worst {1e3 * max(alone):.0f}")
    print(f"one match meanwhile ms: p50 {1e3 * sorted(beside)[SMALL_OFFERS // 2]:.0f}, worst {1e3 * max(beside):.0f}")
    print(f"ratio of the worst {max(beside) / max(alone):.1f}; {meanwhile:,} had been told when the last small one was")
    print(load())


async def run(options: argparse.Namespace) -> None:
    async with opened(options.database) as database:
        url = database.engine.url.render_as_string(hide_password=False)
        with tempfile.TemporaryDirectory() as folder:
            async with open_service(url, EMBEDDED, Path(folder), Clock()) as service:
                settings = replace(service.resources.settings, live_mail_wait=LIVE_WAIT)  # as ever: no mail is due meanwhile
                service.resources = replace(service.resources, settings=settings)
                await measure(service, options.people)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--database", help="URL of an empty database; a SQLite file of its own without it")
    asyncio.run(run(parser.parse_args()))
