"""One new offer against N alerts: the anchor table, against a loop of compiled matchers over all of them as the baseline.

    python -m benchmarks.alerts --alerts 100000 --seed 1 [--database postgresql+asyncpg://…]

The database must be empty; without one, a SQLite file is made and thrown away. Both ways must find the same alerts."""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert, text
from tqdm import tqdm

from commands.synthetic import SyntheticJobOffer, job_alerts, job_offers
from migrations.running import migrate
from models.account import Account, Role
from models.anchor import ANYTHING, anchors
from models.candidate import Candidate, RegistrationStatus
from models.clause import (
    Adjacent,
    AllOf,
    AnyOf,
    Between,
    Clause,
    Everything,
    HasAny,
    Not,
    Nothing,
    StartsWith,
)
from models.database import Database, open_database
from models.document import Document
from models.job_alert import JobAlert, JobAlertAnchor, JobAlertFrequency, JobAlertStatus
from models.job_offer import JobOffer
from models.job_offer_criteria import JobOfferCriteria
from models.job_offer_document import job_offer_document
from models.language import Language, LocalizedText
from models.profile import LanguageLevel
from models.stored_criteria import from_json, to_json
from notifications.matching import matching_alerts

NAMESPACE = UUID("6f9d2a54-7a2e-4b43-9d53-0f6a6f0c2a11")
NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
ALERTS_OF_A_PERSON = 5
BATCH = 2_000
WARM_UP = 10

Test = Callable[[Document], bool]


@dataclass(frozen=True)
class Alert:
    id: UUID
    criteria: JobOfferCriteria


def compiled(clause: Clause) -> Test:
    """The clause as nested functions: as fast as a loop over all alerts gets in this language."""
    match clause:
        case Everything():
            return lambda document: True
        case Nothing():
            return lambda document: False
        case HasAny(field, values):
            return lambda document: not values.isdisjoint(document.values(field))
        case Adjacent(field, words):
            first = words[0]
            return lambda document: first in document.values(field) and document.has_run(field, words)
        case StartsWith(field, prefix):
            return lambda document: any(value.startswith(prefix) for value in document.values(field))
        case Between(field, least, most):
            low, high = (float("-inf") if least is None else least), (float("inf") if most is None else most)
            return lambda document: (number := document.numbers.get(field)) is not None and low <= number <= high
        case Not(part):
            inner = compiled(part)
            return lambda document: not inner(document)
        case AllOf(parts):
            return _every([compiled(part) for part in parts])
        case AnyOf(parts):
            return _some([compiled(part) for part in parts])


def _every(tests: list[Test]) -> Test:
    def holds(document: Document) -> bool:
        for test in tests:  # noqa: SIM110 - a generator would cost a frame for each alert
            if not test(document):
                return False
        return True

    return holds


def _some(tests: list[Test]) -> Test:
    def holds(document: Document) -> bool:
        for test in tests:  # noqa: SIM110
            if test(document):
                return True
        return False

    return holds


def alerts_of(count: int, seed: int) -> Iterator[Alert]:
    for made in job_alerts(count, seed):
        yield Alert(uuid5(NAMESPACE, made.external_id), from_json(made.criteria))


def offer_document(made: SyntheticJobOffer) -> Document:
    low, high, period = made.salary or (None, None, None)
    row = JobOffer(
        id=uuid5(NAMESPACE, made.external_id),
        employer_id=uuid5(NAMESPACE, made.employer.external_id),
        number="BCDF-2345",
        title=made.title,
        description=made.description,
        how_to_apply=made.how_to_apply or LocalizedText(),
        occupation=made.occupation,
        skills=list(made.skills),
        region=made.region,
        city=made.city,
        contract_type=made.contract_type,
        work_mode=made.work_mode,
        hours_per_week=made.hours_per_week,
        salary_minimum=low,
        salary_maximum=high,
        salary_period=period,
        education=made.education,
        years_of_experience=made.years_of_experience,
        languages=[str(LanguageLevel(*level)) for level in made.languages],
        accepts_online_applications=made.accepts_online_applications,
        published_at=NOW,
        ends_on=(NOW + timedelta(days=30)).date(),
        version=1,
    )
    return job_offer_document(row, made.employer.name)


async def fill(database: Database, count: int, seed: int) -> dict[str, int]:
    """Stores the alerts with their anchors, some to each person; answers what was stored."""
    stored = {"alerts": 0, "anchors": 0, "anchored nowhere": 0}
    made = alerts_of(count, seed)
    with tqdm(total=count, unit=" alerts", disable=None) as bar:
        while batch := list(islice(made, BATCH)):
            anchored = [row for alert in batch for row in anchors(alert.id, alert.criteria)]
            await _store(database, batch, anchored)
            stored["alerts"] += len(batch)
            stored["anchors"] += len(anchored)
            stored["anchored nowhere"] += sum(row.token == ANYTHING for row in anchored)
            bar.update(len(batch))
    return stored


async def _store(database: Database, batch: list[Alert], anchored: list[JobAlertAnchor]) -> None:
    owners = [uuid5(NAMESPACE, f"{batch[0].id} {number}") for number in range(-(-len(batch) // ALERTS_OF_A_PERSON))]
    columns = JobAlertAnchor.__table__.columns.keys()
    async with database.begin() as session:
        await session.execute(insert(Account), [_account(owner) for owner in owners])
        await session.execute(insert(Candidate), [_candidate(owner) for owner in owners])
        rows = [_alert(alert, owners[number // ALERTS_OF_A_PERSON]) for number, alert in enumerate(batch)]
        await session.execute(insert(JobAlert), rows)
        await session.execute(insert(JobAlertAnchor), [{name: getattr(row, name) for name in columns} for row in anchored])


def _account(owner: UUID) -> dict[str, Any]:
    return {
        "id": owner,
        "role": Role.CANDIDATE,
        "email": f"{owner.hex}@example.org",
        "password_hash": "",
        "language": Language.FR,
        "created_at": NOW,
    }


def _candidate(owner: UUID) -> dict[str, Any]:
    return {
        "id": owner,
        "given_name": "Awa",
        "family_name": "Diop",
        "country_of_residence": "SN",
        "registration_status": RegistrationStatus.ACTIVE,
        "sealed_file_number": b"",
        "sealed_individual_reference_number": b"",
        "certificate_issued_on": date(2025, 6, 1),
        "certificate_expires_on": date(2028, 6, 1),
    }


def _alert(alert: Alert, owner: UUID) -> dict[str, Any]:
    return {
        "id": alert.id,
        "candidate_id": owner,
        "name": alert.id.hex,
        "status": JobAlertStatus.ON,
        "frequency": JobAlertFrequency.LIVE,
        "criteria": to_json(alert.criteria),
        "estimate_days": 30,
        "estimate_matches": 0,
        "created_at": NOW,
        "started_at": NOW,
    }


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


def p50_p95(times: list[float]) -> tuple[float, float]:
    percentiles = statistics.quantiles(times, n=20, method="inclusive")
    return percentiles[9], percentiles[18]


@asynccontextmanager
async def opened(url: str | None) -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(url or f"sqlite+aiosqlite:///{Path(folder) / 'alerts.db'}")
        await migrate(database)
        yield database
        await database.close()


async def run(options: argparse.Namespace) -> None:
    documents = [offer_document(made) for made in job_offers(options.offers + WARM_UP, options.seed + 1)]
    async with opened(options.database) as database:
        stored = await fill(database, options.alerts, options.seed)
        async with database.engine.begin() as connection:
            await connection.execute(text("ANALYZE"))
        tests = [(alert.id, compiled(alert.criteria.clause)) for alert in alerts_of(options.alerts, options.seed)]
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
