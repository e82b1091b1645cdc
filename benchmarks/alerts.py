"""One new offer against N alerts: the anchor table, against a loop of compiled matchers over all of them as the baseline; what it
costs to add, revise and remove an alert; and what it costs to record everybody who is told.

    python -m benchmarks.alerts --alerts 100000 --seed 1 [--database postgresql+asyncpg://…]

The database must be empty; without one, a SQLite file is made and thrown away. Both ways must find the same alerts. Beyond
200,000 alerts several people keep the same criteria."""

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete

from benchmarks.alert_rows import NOW, Population, TestOf, analyse, fill, offer_document, owner, store_offers
from benchmarks.measuring import load, opened, p50_p95
from models.anchor import anchors
from models.database import Database
from models.document import Document
from models.job_alert import JobAlert, JobAlertAnchor, JobAlertFrequency
from models.stored_criteria import from_json, to_json
from notifications.audience import OFFERS
from notifications.ledger import Telling, record
from notifications.matching import matching_alerts, matching_ids

WARM_UP = 20
CHANGED = 200
"""How many alerts are added, revised and removed."""
Times = list[float]


async def time_ids(database: Database, documents: Sequence[Document]) -> tuple[Times, list[set[UUID]]]:
    """Milliseconds for each offer, a transaction of its own for each, and the alerts found."""
    times, found = [], []
    for document in documents:
        started = time.perf_counter()
        async with database.read() as session:
            matching = await matching_ids(session, document)
        times.append((time.perf_counter() - started) * 1000)
        found.append(matching)
    return times, found


async def time_alerts(database: Database, documents: Sequence[Document]) -> Times:
    """The same with what the ledger wants to know of each alert."""
    times = []
    for document in documents:
        started = time.perf_counter()
        async with database.read() as session:
            await matching_alerts(session, document)
        times.append((time.perf_counter() - started) * 1000)
    return times


def time_loop(tests: Sequence[TestOf], documents: Sequence[Document]) -> tuple[Times, list[set[UUID]]]:
    times, found = [], []
    for document in documents:
        started = time.perf_counter()
        matches = {alert_id for alert_id, test in tests if test(document)}
        times.append((time.perf_counter() - started) * 1000)
        found.append(matches)
    return times, found


async def time_recording(database: Database, documents: Sequence[Document], offers: Sequence[UUID]) -> Times:
    """Milliseconds from an offer to the ledger that says who is told of it."""
    times = []
    for document, offer_id in zip(documents, offers, strict=True):
        started = time.perf_counter()
        async with database.read() as session:
            matches = await matching_alerts(session, document)
        await record(database, Telling(OFFERS, offer_id, NOW), matches)
        times.append((time.perf_counter() - started) * 1000)
    return times


async def time_changes(database: Database, population: Population) -> dict[str, Times]:
    """Milliseconds of one transaction each."""
    added = [(uuid4(), from_json(population.criteria(population.count + index))) for index in range(CHANGED)]

    async def add(index: int) -> None:
        id_, criteria = added[index]
        shared = {"status": "ON", "frequency": JobAlertFrequency.LIVE, "estimate_days": 30, "estimate_matches": 0, "version": 1}
        alert = JobAlert(id=id_, person_id=owner(0), name=id_.hex, criteria=to_json(criteria), **shared)
        alert.created_at = alert.started_at = NOW
        async with database.begin() as session:
            session.add(alert)
            await session.flush()
            session.add_all(anchors(id_, criteria))

    async def revise(index: int) -> None:
        id_, other = added[index][0], added[(index + 1) % CHANGED][1]
        async with database.begin() as session:
            alert = await session.get_one(JobAlert, id_)
            await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == id_))
            alert.criteria = to_json(other)
            session.add_all(anchors(id_, other))

    async def remove(index: int) -> None:
        async with database.begin() as session:
            await session.delete(await session.get_one(JobAlert, added[index][0]))

    return {name: await _each(act) for name, act in (("add", add), ("revise", revise), ("remove", remove))}


async def _each(act: Callable[[int], Awaitable[None]]) -> Times:
    times = []
    for index in range(CHANGED):
        started = time.perf_counter()
        await act(index)
        times.append((time.perf_counter() - started) * 1000)
    return times


async def run(options: argparse.Namespace) -> None:
    documents = [offer_document(options.seed + 1, index) for index in range(options.offers + WARM_UP)]
    population = Population(options.alerts, min(options.alerts, options.distinct), options.seed, options.broad)
    async with opened(options.database) as database:
        tests, stored = await fill(database, population)
        print(stored)
        await time_alerts(database, documents[:WARM_UP])
        measured = documents[WARM_UP:]
        for _ in range(options.repeat):
            table, found = await time_ids(database, measured)
            loop, expected = time_loop(tests, measured[: options.loop])
            report(loop, {"anchor table, ids": table, "with rows of alerts": await time_alerts(database, measured)})
            if found[: options.loop] != expected:
                raise SystemExit("the table and the loop do not find the same alerts")
        told = sorted(map(len, found))
        print(f"{len(told)} offers; alerts matched: median {told[len(told) // 2]:,}, mean {statistics.mean(told):,.0f}")
        offers = await store_offers(database, options.seed + 1, len(documents))
        await time_recording(database, documents[:WARM_UP], offers[:WARM_UP])  # into tables that have been empty
        await analyse(database)
        recorded = documents[WARM_UP : WARM_UP + options.recorded], offers[WARM_UP : WARM_UP + options.recorded]
        tell("an offer with its ledger rows", await time_recording(database, *recorded))
        for name, times in (await time_changes(database, population)).items():
            tell(f"{name} an alert, committed", times)


def report(loop: Times, ways: dict[str, Times]) -> None:
    baseline = p50_p95(loop)
    print(f"{'ms for one offer':<32}{'p50':>10}{'p95':>10}{'against the loop':>20}   {load()}")
    for name, times in {"loop of compiled matchers": loop, **ways}.items():
        p50, p95 = p50_p95(times)
        print(f"{name:<32}{p50:>10.2f}{p95:>10.2f}{baseline[0] / p50:>12.1f}x{baseline[1] / p95:>6.1f}x")


def tell(what: str, times: Times) -> None:
    p50, p95 = p50_p95(times)
    print(f"{what:<32}{p50:>10.2f}{p95:>10.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--distinct", type=int, default=200_000, help="how many different criteria there are at most")
    parser.add_argument("--broad", action="store_true", help="as the demonstration draws alerts: most look in every region")
    parser.add_argument("--offers", type=int, default=100, help="how many offers are matched, one after another")
    parser.add_argument("--loop", type=int, default=40, help="how many of them by the loop")
    parser.add_argument("--recorded", type=int, default=10, help="of how many the ledger is written")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="URL of an empty database; a SQLite file of its own without it")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
