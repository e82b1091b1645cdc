"""Alerts in their thousands, for the benchmarks of alerts: drawn, stored with their anchors, and compiled for the baseline."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text
from tqdm import tqdm

from auth.keys import Keys
from auth.vault import Vault
from benchmarks.compiled import Test, compiled
from commands.demo.draw import Draw
from commands.demo.job_alert import job_alert
from commands.demo.job_offer import job_offer
from commands.demo.labour_market import market
from commands.demo.objects import CriteriaValue
from commands.sandbox import Person, Sandbox
from commands.seed_rows import job_offer_row, key
from commands.sowing import sow_job_offers
from models.anchor import ANYTHING, VERSION, anchored
from models.bulk import insert_rows
from models.database import Database
from models.document import Document, Kind
from models.job_alert import JobAlert, JobAlertAnchor
from models.job_offer_document import job_offer_document
from models.stored_clause import clause_to_json
from models.stored_criteria import from_json, to_json

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
SECRET = "a secret that only measurements know of"
SANDBOX = Sandbox(Vault(Keys([SECRET])), "", NOW)
ALERTS_OF_A_PERSON = 20
BATCH = 2_000
"""A multiple of the alerts of a person, so that nobody is stored twice."""
TestOf = tuple[UUID, Test]


@dataclass(frozen=True)
class Population:
    """So many alerts, of so many different criteria. Unless it is `broad` everybody looks in one or two regions: as the
    demonstration draws alerts, fewer than half name any, and each offer is told to two of a hundred."""

    count: int
    distinct: int
    seed: int
    broad: bool = False

    def criteria(self, index: int) -> dict[str, CriteriaValue]:
        drawn = dict(job_alert(self.seed, index).criteria)
        if not self.broad:
            draw = Draw(self.seed, f"regions/{index}")
            drawn["regions"] = sorted(draw.some(market().regions, draw.between(1, 2)))
        return drawn


@dataclass(frozen=True)
class Kept:
    """What is stored of one alert, and of each other one with the same criteria."""

    alert: dict[str, Any]
    anchors: list[dict[str, Any]]
    test: Test


@dataclass
class Stored:
    alerts: int = 0
    anchors: int = 0
    anchored_nowhere: int = 0
    with_words: int = 0

    def __str__(self) -> str:
        share = 100 * self.with_words / max(self.alerts, 1)
        return f"{self.alerts:,} alerts, {share:.0f} % of them with words, {self.anchors:,} anchors, {self.anchored_nowhere:,} *"


def offer_document(seed: int, index: int) -> Document:
    made = job_offer(seed, index)
    row = job_offer_row(seed, index, made, key(made.employer.external_id), NOW)
    row.version = 1
    return job_offer_document(row, made.employer.name)


async def store_offers(database: Database, seed: int, count: int, now: datetime = NOW) -> list[UUID]:
    """The offers of those documents, published lately."""
    made = [(index, job_offer(seed, index)) for index in range(count)]
    async with database.begin() as session:
        await sow_job_offers(session, replace(SANDBOX, now=now), seed, made)
    return [key(f"job-offer/{seed}/{index}") for index in range(count)]


def kept(population: Population, index: int) -> Kept:
    drawn = job_alert(population.seed, index)
    criteria = from_json(population.criteria(index))
    split = anchored(criteria.clause)
    remainder = None if split.remainder is None else clause_to_json(split.remainder)
    shared = {"remainder": remainder, "version": VERSION, **split.bounds}
    alert = {
        "frequency": drawn.frequency,
        "criteria": to_json(criteria),
        "estimate_days": 30,
        "estimate_matches": 0,
        "created_at": NOW,
        "started_at": NOW,
        "status": "ON",
        "version": 1,
    }
    return Kept(alert, [{"token": token, **shared} for token in split.tokens], compiled(criteria.clause))


async def fill(database: Database, population: Population) -> tuple[list[TestOf], Stored]:
    """Stores the alerts with their anchors, some to each person. Answers the same alerts compiled, and what was stored."""
    tests: list[TestOf] = []
    stored = Stored()
    known = cache(lambda index: kept(population, index))
    with tqdm(total=population.count, unit=" alerts", disable=None) as bar:
        for indexes in _batches(population.count):
            some = {key(f"alert/{index}"): known(index % population.distinct) for index in indexes}
            await _store(database, indexes, some)
            tests += [(id_, each.test) for id_, each in some.items()]
            _count(stored, some)
            bar.update(len(indexes))
    await analyse(database)
    return tests, stored


async def analyse(database: Database) -> None:
    """As databases do by themselves after a while."""
    async with database.engine.begin() as connection:
        await connection.execute(text("ANALYZE"))


def _count(stored: Stored, some: dict[UUID, Kept]) -> None:
    stored.alerts += len(some)
    stored.anchors += sum(len(each.anchors) for each in some.values())
    stored.anchored_nowhere += sum(row["token"] == ANYTHING for each in some.values() for row in each.anchors)
    stored.with_words += sum("text" in each.alert["criteria"] for each in some.values())


def _batches(count: int) -> Iterator[range]:
    for start in range(0, count, BATCH):
        yield range(start, min(start + BATCH, count))


async def _store(database: Database, indexes: range, some: dict[UUID, Kept]) -> None:
    owners = [owner(index) for index in indexes[::ALERTS_OF_A_PERSON]]
    people = [Person(each, f"{each.hex}@example.org", "Awa", "Diop", "SN") for each in owners]
    alerts = [
        {"id": id_, "kind": Kind.JOB_OFFER, "person_id": owner(index), "name": f"{index}", **each.alert}
        for index, (id_, each) in zip(indexes, some.items(), strict=True)
    ]
    async with database.begin() as session:
        await insert_rows(session, [SANDBOX.account(each) for each in people])
        await insert_rows(session, [SANDBOX.candidate(each) for each in people])
        await session.execute(insert(JobAlert.__table__), alerts)  # type: ignore[arg-type]
        for columns in {tuple(sorted(row)) for each in some.values() for row in each.anchors}:
            rows = [
                row | {"alert_id": id_} for id_, each in some.items() for row in each.anchors if tuple(sorted(row)) == columns
            ]
            await session.execute(insert(JobAlertAnchor.__table__), rows)  # type: ignore[arg-type]


def owner(index: int) -> UUID:
    return key(f"owner {index // ALERTS_OF_A_PERSON}")
