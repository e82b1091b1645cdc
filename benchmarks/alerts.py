"""One new offer against N alerts: the anchor table, against a loop of compiled matchers over all of them as the baseline.

    python -m benchmarks.alerts --alerts 100000 --seed 1 [--database postgresql+asyncpg://…]

The database must be empty; without one, a SQLite file is made and thrown away. Both ways must find the same alerts."""

import argparse
import asyncio
import statistics
import time
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import text
from tqdm import tqdm

from auth.keys import Keys
from auth.vault import Vault
from benchmarks.compiled import Test, compiled
from benchmarks.measuring import opened, p50_p95
from commands.demo.job_alert import job_alert
from commands.demo.job_offer import job_offer
from commands.sandbox import Person, Sandbox
from commands.seed_rows import job_alert_row, job_offer_row, key
from models.anchor import ANYTHING, anchors
from models.bulk import insert_rows
from models.database import Database
from models.document import Document
from models.job_alert import JobAlert, JobAlertAnchor
from models.job_offer_document import job_offer_document
from models.stored_criteria import from_json
from notifications.matching import matching_alerts

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
SANDBOX = Sandbox(Vault(Keys(["of nobody"])), "", NOW)
ALERTS_OF_A_PERSON = 5
BATCH = 2_000
"""A multiple of the alerts of a person, so that nobody is stored twice."""
WARM_UP = 10


def offer_document(seed: int, index: int) -> Document:
    made = job_offer(seed, index)
    row = job_offer_row(seed, index, made, key(made.employer.external_id), NOW)
    row.version = 1
    return job_offer_document(row, made.employer.name)


def alert_row(seed: int, index: int) -> JobAlert:
    return job_alert_row(seed, index, job_alert(seed, index), key(f"owner {index // ALERTS_OF_A_PERSON}"), NOW)


async def fill(database: Database, count: int, seed: int) -> tuple[list[tuple[UUID, Test]], dict[str, int]]:
    """Stores the alerts with their anchors, some to each person. Answers the same alerts compiled, and what was stored."""
    tests: list[tuple[UUID, Test]] = []
    stored = {"alerts": 0, "anchors": 0, "anchored nowhere": 0}
    with tqdm(total=count, unit=" alerts", disable=None) as bar:
        for start in range(0, count, BATCH):
            alerts = [alert_row(seed, index) for index in range(start, min(start + BATCH, count))]
            criteria = {alert.id: from_json(alert.criteria) for alert in alerts}
            anchored = [row for id_, each in criteria.items() for row in anchors(id_, each)]
            await _store(database, alerts, anchored)
            tests += [(id_, compiled(each.clause)) for id_, each in criteria.items()]
            stored["alerts"] += len(alerts)
            stored["anchors"] += len(anchored)
            stored["anchored nowhere"] += sum(row.token == ANYTHING for row in anchored)
            bar.update(len(alerts))
    return tests, stored


async def _store(database: Database, alerts: list[JobAlert], anchored: list[JobAlertAnchor]) -> None:
    owners = [Person(each, f"{each.hex}@example.org", "Awa", "Diop", "SN") for each in {row.candidate_id: None for row in alerts}]
    async with database.begin() as session:
        await insert_rows(session, [SANDBOX.account(owner) for owner in owners])
        await insert_rows(session, [SANDBOX.candidate(owner) for owner in owners])
        await insert_rows(session, alerts)
        await insert_rows(session, anchored)


async def time_table(database: Database, documents: list[Document]) -> tuple[list[float], list[set[UUID]]]:
    """Milliseconds for each offer, a transaction of its own for each, and the alerts found."""
    times, found = [], []
    for document in documents:
        started = time.perf_counter()
        async with database.read() as session:
            matches = await matching_alerts(session, document)
        times.append((time.perf_counter() - started) * 1000)
        found.append({match.alert_id for match in matches})
    return times, found


def time_loop(tests: list[tuple[UUID, Test]], documents: list[Document]) -> tuple[list[float], list[set[UUID]]]:
    times, found = [], []
    for document in documents:
        started = time.perf_counter()
        matches = {alert_id for alert_id, test in tests if test(document)}
        times.append((time.perf_counter() - started) * 1000)
        found.append(matches)
    return times, found


async def run(options: argparse.Namespace) -> None:
    documents = [offer_document(options.seed + 1, index) for index in range(options.offers + WARM_UP)]
    async with opened(options.database) as database:
        tests, stored = await fill(database, options.alerts, options.seed)
        async with database.engine.begin() as connection:
            await connection.execute(text("ANALYZE"))
        await time_table(database, documents[:WARM_UP])
        measured = documents[WARM_UP:]
        table, found = await time_table(database, measured)
        loop, expected = time_loop(tests, measured)
    print(", ".join(f"{count:,} {name}" for name, count in stored.items()))
    print(f"{len(measured)} offers, {statistics.mean(map(len, found)):.1f} alerts matched by each")
    report(table, loop)
    if found != expected:
        raise SystemExit("the table and the loop do not find the same alerts")


def report(table: list[float], loop: list[float]) -> None:
    baseline = p50_p95(loop)
    print(f"{'ms for one offer':<32}{'p50':>10}{'p95':>10}{'against the loop':>20}")
    for name, times in (("loop of compiled matchers", loop), ("anchor table", table)):
        p50, p95 = p50_p95(times)
        print(f"{name:<32}{p50:>10.2f}{p95:>10.2f}{baseline[0] / p50:>12.1f}x{baseline[1] / p95:>6.1f}x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--offers", type=int, default=100, help="how many offers are matched, one after another")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="URL of an empty database; a SQLite file of its own without it")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
