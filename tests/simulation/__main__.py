"""Simulates more than a test has the time for, one seed after another, and prints what was covered. Not a test itself."""

import argparse
import asyncio
import logging
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from argon2 import PasswordHasher

from migrations.running import migrate
from models.database import open_database
from tests.simulation.coverage import told
from tests.simulation.years import Plan, simulate


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=5, help="how many, one after another")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--days", type=int, default=Plan(0).days)
    return parser.parse_args()


async def once(plan: Plan) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/placement.db"
        database = open_database(url)
        await migrate(database)
        await database.close()
        return await simulate(url, Path(folder), plan)


async def main(wanted: argparse.Namespace) -> None:
    total: Counter[str] = Counter()
    for seed in range(wanted.seed, wanted.seed + wanted.seeds):
        total += await once(Plan(seed, wanted.people, wanted.days))
        print(f"seed {seed}: nothing that the rules do not have", flush=True)
    print(told(total))


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # outages are part of these lives
    with patch("auth.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)):  # as in tests
        asyncio.run(main(asked()))
