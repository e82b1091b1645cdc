"""How long the answer to a registration takes: with an address and a certificate that nobody has, as the baseline, with a
certificate that serves another file, and with an address that has an account. The time must not tell one from the other.

    python -m benchmarks.registration --rounds 100 [--database postgresql+asyncpg://…]

The database must be empty and migrated; without one, a SQLite file is made and thrown away. The kinds take turns."""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import update
from tqdm import tqdm

import config
from bootstrap import Resources, open_resources
from migrations.running import migrate
from models.account import Account
from models.certificate import Certificate
from models.language import Language
from resolvers.registration import Registration, register
from server import context

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
WARM_UP = 5
NEW, USED_CERTIFICATE, KNOWN_ADDRESS = "new", "used certificate", "known address"


class Clock:
    """Each registration has an hour of its own: the limits on registrations are not what is measured."""

    def __init__(self) -> None:
        self.instant = NOW

    def __call__(self) -> datetime:
        return self.instant


def entered(name: str, certificate: str) -> Registration:
    return Registration(
        email=f"{name}@example.org",
        password="correct horse battery staple",
        given_name="Amina",
        family_name="Benali",
        telephone=None,
        language=Language.FR,
        time_zone="Africa/Casablanca",
        country_of_residence="MA",
        province_of_residence=None,
        certificate=Certificate(f"OK{certificate}", f"R{certificate}", date(2025, 6, 1), date(2028, 6, 1)),
    )


async def timed(resources: Resources, clock: Clock, registration: Registration) -> float:
    """Milliseconds until the answer is there."""
    clock.instant += timedelta(hours=2)
    asking = context(resources, address="203.0.113.7")
    began = time.perf_counter()
    await register(asking, registration)
    return (time.perf_counter() - began) * 1000


async def measure(resources: Resources, clock: Clock, rounds: int) -> dict[str, list[float]]:
    await timed(resources, clock, entered("first", "000000"))
    async with resources.database.begin() as session:
        await session.execute(update(Account).values(email_confirmed_at=clock()))
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for number in tqdm(range(rounds + WARM_UP), disable=None):
        kinds = {
            NEW: entered(f"new{number}", f"1{number:06}"),
            USED_CERTIFICATE: entered(f"used{number}", "000000"),
            KNOWN_ADDRESS: entered("first", f"2{number:06}"),
        }
        for kind in sorted(kinds, key=lambda each: hash((each, number)) % 7):
            taken[kind].append(await timed(resources, clock, kinds[kind]))
    return {kind: times[WARM_UP:] for kind, times in taken.items()}


async def main(rounds: int, database: str | None) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(
            config.read({}),
            database_url=database or f"sqlite+aiosqlite:///{folder}/placement.db",
            search_url=f"embedded:{folder}/search",
            mail_url=f"file:{Path(folder) / 'mail'}",
            secret_key="a secret of this measurement alone",
        )
        async with open_resources(settings, clock) as resources:
            await migrate(resources.database)
            taken = await measure(resources, clock, rounds)
    baseline = statistics.median(taken[NEW])
    for kind, times in sorted(taken.items()):
        ordered = sorted(times)
        p50, p95 = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        print(f"{kind:18} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   {p50 / baseline:.3f} times a new one")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--database")
    arguments = parser.parse_args()
    asyncio.run(main(arguments.rounds, arguments.database))
