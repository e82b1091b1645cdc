"""A storm of updates while searches go on: rows are changed in one process, the worker's index lane follows through the outbox in
another, and searches run in a third, against the same searches without the storm in the same run.

    python -m benchmarks.storm --documents 100000 --seed 1 [--updates 1000] [--seconds 60] [--engine embedded|http://…/benchmark]

One update of a batch bears a word of its own, and is looked for until it is found. The goals: visible within a second,
ninety-nine times of a hundred; searches at p95 at most twice as long as without. The exit code is 1 when one is missed. An
engine at a URL loses its indexes of that prefix."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from random import Random
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

import config
import worker
from benchmarks.candidacies import EMBEDDED, NOW, SECRET, fill, open_service
from benchmarks.measuring import load, p50_p95
from benchmarks.questions import questions
from bootstrap import Resources, open_resources, spare_the_collector
from lane import work_once
from models.bulk import insert_rows
from models.candidacy import Candidacy
from models.candidacy_criteria import CandidacyCriteria
from models.clause import Everything
from models.document import Kind
from models.outbox import OutboxEntry
from search.engine import SearchEngine, SearchRequest

BATCH = 100
"""Rows in one transaction."""
CALM = 15
"""Seconds of searching before the storm."""
PAUSE = 0.02
"""Seconds between two searches, and between two looks for an update."""
LONGEST = 60.0
"""Seconds that an update is looked for."""
VISIBLE_GOAL, SLOWER_GOAL = 1.0, 2.0
END, CHURN, INDEX = "end", "churn", "index"
NOT_SYNCHRONISED = {"synchronize_session": False}


@dataclass
class Weather:
    """Milliseconds that searches took, seconds until updates were visible, and what the other process said at its end."""

    searches: list[float]
    visible: list[float]
    said: str


def word_of(number: int) -> str:
    return f"tempete{number}"


async def work_in_process(work: str, database_url: str, search_url: str, options: argparse.Namespace) -> None:
    """What the process does that was started for that work."""
    settings = replace(config.read({}), database_url=database_url, search_url=search_url, secret_key=SECRET)
    async with open_resources(settings, lambda: NOW) as resources:
        await (churn(resources, options) if work == CHURN else keep_indexing(resources))


async def churn(resources: Resources, options: argparse.Namespace) -> None:
    """Changes rows as fast as it is told to. Prints when each batch was committed, and at the end how many updates a second it
    made, and how many are still owed."""
    async with resources.database.read() as session:
        ids = list(await session.scalars(select(Candidacy.id)))
    random, started, number = Random(options.seed), time.monotonic(), 0
    while time.monotonic() < started + options.seconds:
        async with resources.database.begin() as session:
            await change(session, random.sample(ids, BATCH), number)
        print(number, time.time(), flush=True)
        number += 1
        await asyncio.sleep(max(0.0, started + number * BATCH / options.updates - time.monotonic()))
    rate = number * BATCH / (time.monotonic() - started)
    async with resources.database.read() as session:
        owed = await session.scalar(select(func.count()).select_from(OutboxEntry))
    print(END, rate, owed, flush=True)


async def keep_indexing(resources: Resources) -> None:
    spare_the_collector()
    lane = worker.LANES["index"]
    while True:
        if await work_once(resources, lane) < lane.group:
            await asyncio.sleep(lane.pause)


async def change(session: AsyncSession, ids: Sequence[UUID], number: int) -> None:
    """Other years of experience for each; the first gets a word that no other has."""
    version = Candidacy.version + 1
    rows = update(Candidacy).where(Candidacy.id.in_(ids)).values(years_of_experience=number % 60, version=version)
    marked = update(Candidacy).where(Candidacy.id == ids[0]).values(summary_fr=word_of(number), version=version)
    for statement in (rows, marked):
        await session.execute(statement, execution_options=NOT_SYNCHRONISED)
    await insert_rows(session, [OutboxEntry(kind="candidacy.changed", subject=each, due_at=NOW) for each in ids])


async def search_until(engine: SearchEngine, asked: Sequence[SearchRequest], over: asyncio.Event) -> list[float]:
    """Milliseconds of one search after another."""
    taken: list[float] = []
    while not over.is_set():
        started = time.perf_counter()
        await engine.search(asked[len(taken) % len(asked)])
        taken.append(1e3 * (time.perf_counter() - started))
        await asyncio.sleep(PAUSE)
    return taken


async def seen_after(engine: SearchEngine, number: int, committed_at: float) -> float:
    """Seconds from the commit until a search finds it."""
    request = SearchRequest(Kind.CANDIDACY, CandidacyCriteria(text=word_of(number)).clause, Everything(), first=1)
    while time.time() < committed_at + LONGEST:
        if (await engine.search(request)).hits:
            break
        await asyncio.sleep(PAUSE)
    return time.time() - committed_at


async def watch(engine: SearchEngine, lines: asyncio.StreamReader, over: asyncio.Event) -> tuple[list[float], str]:
    """Seconds until updates were visible: of those that there was time to look for, one after another."""
    visible: list[float] = []
    looking: asyncio.Task[float] | None = None
    async for line in lines:
        first, *rest = line.decode().split()
        if first == END:
            over.set()
            visible += [await looking] if looking else []
            return visible, f"{float(rest[0]):,.0f} updates a second, {int(rest[1]):,} still owed at the end"
        if looking is None or looking.done():
            visible += [looking.result()] if looking else []
            looking = asyncio.create_task(seen_after(engine, int(first), float(rest[0])))
    raise SystemExit("the other process broke off")


async def storm(resources: Resources, asked: Sequence[SearchRequest], options: argparse.Namespace) -> Weather:
    indexing = await started(INDEX, resources, options)
    churning = await started(CHURN, resources, options)
    assert churning.stdout
    over = asyncio.Event()
    searching, watching = search_until(resources.engine, asked, over), watch(resources.engine, churning.stdout, over)
    searches, (visible, said) = await asyncio.gather(searching, watching)
    indexing.kill()
    await asyncio.gather(indexing.wait(), churning.wait())
    return Weather(searches, visible, said)


async def started(work: str, resources: Resources, options: argparse.Namespace) -> asyncio.subprocess.Process:
    settings = resources.settings
    command = [sys.executable, "-m", "benchmarks.storm", "--work", work, settings.database_url, settings.search_url]
    command += ["--updates", str(options.updates), "--seconds", str(options.seconds), "--seed", str(options.seed)]
    return await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)


async def calm(engine: SearchEngine, asked: Sequence[SearchRequest], seconds: float) -> list[float]:
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    return await search_until(engine, asked, over)


async def run(options: argparse.Namespace) -> bool:
    async with open_service(options.engine) as service:
        filled = await fill(service.resources, options.documents, options.seed)
        asked = [each.request for each in questions(filled, 20, options.seed) if each.name.startswith("keyword")]
        await calm(service.resources.engine, asked, 3)
        before = await calm(service.resources.engine, asked, CALM)
        weather = await storm(service.resources, asked, options)
    visible = sorted(weather.visible)[ceil(0.99 * len(weather.visible)) - 1]
    (_, calm_p95), (_, storm_p95) = p50_p95(before), p50_p95(weather.searches)
    print(f"{options.documents:,} candidacies, {options.engine}, {weather.said}, {load()}")
    print(f"visible after: p50 {p50_p95(weather.visible)[0]:.2f} s, p99 {visible:.2f} s, of {len(weather.visible)} looked for")
    print(f"searches: p95 {calm_p95:.1f} ms before, {storm_p95:.1f} ms in the storm: {storm_p95 / calm_p95:.2f} times")
    return visible <= VISIBLE_GOAL and storm_p95 <= SLOWER_GOAL * calm_p95


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--updates", type=int, default=1_000, help="a second")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default=EMBEDDED, help="embedded, or the URL of a server with an index prefix")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work, database_url, search_url = options.work
        asyncio.run(work_in_process(work, database_url, search_url, options))
    else:
        sys.exit(not asyncio.run(run(options)))


if __name__ == "__main__":
    main()
