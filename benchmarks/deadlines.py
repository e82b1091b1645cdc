"""The legal clock with a million deadlines to come, against ten thousand as the baseline: what it takes to find those that are
due, to claim one of them, and to plan those of a candidacy anew.

    python -m benchmarks.deadlines --future 1000000 --seed 1 [--database postgresql+asyncpg://…]

The database must be empty; without one, a SQLite file is made and thrown away. Nothing is analysed: statistics are what the
database keeps of itself. Every deadline that is due must be claimed once."""

import argparse
import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncSession
from tqdm import tqdm

from benchmarks.measuring import opened, p50_p95
from models.database import Database
from models.deadline import Deadline, DeadlineKind, cancel, deadline
from models.deadline_claim import LOOKED_AT_ONCE, Act, Acts, find_due, meet

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
OF_A_CANDIDACY = (DeadlineKind.CANDIDACY_ENDING, DeadlineKind.CANDIDACY_EXPIRES, DeadlineKind.CANDIDACY_ENDED)
YEARS = timedelta(days=3 * 365)
BATCH = 9_999
"""Whole candidacies."""
WARM_UP = 20
TARGET = 5.0
"""Milliseconds, at p95."""


@dataclass
class Times:
    """Milliseconds of each kind of work, as often as it was done."""

    of: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def measure(self, work: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.of.setdefault(work, []).append((time.perf_counter() - started) * 1000)


class Clock:
    """Makes deadlines, each time other ones."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def subject(self) -> UUID:
        return UUID(int=self._random.getrandbits(128))

    def to_come(self) -> datetime:
        return NOW + timedelta(hours=1) + YEARS * self._random.random()

    def of_candidacies(self, count: int) -> list[dict[str, Any]]:
        """Rows of so many deadlines to come, some of each candidacy."""
        some = [(self.subject(), self.to_come()) for _ in range(-(-count // len(OF_A_CANDIDACY)))]
        return [_row(kind, subject, at) for subject, at in some for kind in OF_A_CANDIDACY][:count]

    def due(self, count: int) -> list[dict[str, Any]]:
        instants = [NOW - timedelta(days=1) * self._random.random() for _ in range(count)]
        return [_row(DeadlineKind.CANDIDACY_EXPIRES, self.subject(), at) for at in instants]


def _row(kind: DeadlineKind, subject: UUID, at: datetime) -> dict[str, Any]:
    return {"kind": kind.value, "subject": subject, "due_at": at, "next_try_at": at, "attempts": 0}


async def store(database: Database, rows: list[dict[str, Any]]) -> None:
    table = Deadline.__table__
    assert isinstance(table, Table)
    async with database.begin() as session:
        await session.execute(insert(table), rows)


async def fill(database: Database, clock: Clock, count: int) -> None:
    with tqdm(total=count, unit=" deadlines", disable=None) as bar:
        for start in range(0, count, BATCH):
            rows = clock.of_candidacies(min(BATCH, count - start))
            await store(database, rows)
            bar.update(len(rows))


async def _itself(session: AsyncSession, subject: UUID) -> UUID:
    return subject


async def _nothing(session: AsyncSession, subject: UUID, now: datetime) -> None:
    return None


ACTS: Acts = {kind: Act(_itself, _nothing) for kind in DeadlineKind}


async def work(database: Database, clock: Clock, rounds: int) -> Times:
    """All of it, one after another, until nothing is due any more. Raises SystemExit when one is not claimed once."""
    times, claimed = Times(), set[UUID]()
    await store(database, clock.due(rounds))
    for _ in range(rounds):
        with times.measure("find and claim one"):
            with times.measure(f"find {LOOKED_AT_ONCE} that are due"):
                kind, subject = (await find_due(database, ACTS, NOW, LOOKED_AT_ONCE))[0]
            with times.measure("claim one"):
                if await meet(database, ACTS, DeadlineKind(kind), subject, NOW):
                    claimed.add(subject)
    if len(claimed) != rounds:
        raise SystemExit(f"{rounds} were due, {len(claimed)} were claimed")
    for _ in range(rounds):
        with times.measure("find that none is due"):
            assert not await find_due(database, ACTS, NOW, LOOKED_AT_ONCE)
        with times.measure("plan three anew"):
            await plan_anew(database, clock)
    return times


async def plan_anew(database: Database, clock: Clock) -> None:
    """As when a candidacy is published again: whatever it had is cancelled."""
    subject, at = clock.subject(), clock.to_come()
    async with database.begin() as session:
        await cancel(session, [subject])
        session.add_all(deadline(kind, subject, at) for kind in OF_A_CANDIDACY)


async def run(options: argparse.Namespace) -> None:
    clock, measured = Clock(options.seed), dict[int, Times]()
    async with opened(options.database) as database:
        stored = 0
        for size in (options.baseline, options.future):
            await fill(database, clock, size - stored)
            stored = size
            await work(database, clock, WARM_UP)
            measured[size] = await work(database, clock, options.rounds)
        kind = database.engine.dialect.name
    print(f"{kind}, {options.rounds} times each")
    report(measured)


def report(measured: Mapping[int, Times]) -> None:
    (few, baseline), (many, full) = measured.items()
    print(f"{'ms':<24}{f'{few:,} to come':>24}{f'{many:,} to come':>24}{f'{many:,} : {few:,}':>22}")
    print(f"{'':<24}{'p50':>14}{'p95':>10}{'p50':>14}{'p95':>10}{'p50':>13}{'p95':>9}")
    for name, times in full.of.items():
        (p50, p95), (base50, base95) = p50_p95(times), p50_p95(baseline.of[name])
        ratios = f"{p50 / base50:>13.2f}{p95 / base95:>9.2f}"
        above = "" if p95 < TARGET else f"   above {TARGET:g} ms"
        print(f"{name:<24}{base50:>14.2f}{base95:>10.2f}{p50:>14.2f}{p95:>10.2f}{ratios}{above}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--future", type=int, default=1_000_000, help="how many deadlines are to come")
    parser.add_argument("--baseline", type=int, default=10_000, help="how many are stored when it is measured first")
    parser.add_argument("--rounds", type=int, default=500, help="how often each kind of work is measured")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="URL of an empty database; a SQLite file of its own without it")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
