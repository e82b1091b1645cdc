"""What the benchmarks share: a database to fill, how times are summed up, and how busy the machine was beside."""

import os
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from migrations.running import migrate
from models.database import Database, open_database


@asynccontextmanager
async def opened(url: str | None) -> AsyncIterator[Database]:
    """The empty database at an address, migrated; without one, a SQLite file that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(url or f"sqlite+aiosqlite:///{Path(folder) / 'benchmark.db'}")
        await migrate(database)
        yield database
        await database.close()


def p50_p95(times: list[float]) -> tuple[float, float]:
    percentiles = statistics.quantiles(times, n=20, method="inclusive")
    return percentiles[9], percentiles[18]


def load() -> str:
    """How many processes waited for the machine on average, over one, five and fifteen minutes."""
    return "load " + " ".join(f"{each:.1f}" for each in os.getloadavg()) + f" on {os.cpu_count()} processors"
