"""What every list of the API costs: SQL statements and milliseconds of a page of ten and of one of a hundred, with all that can
be asked of what is listed; a hundred against the ten of the same run.

    python -m benchmarks.queries [--rows 100] [--times 5] [--database postgresql+asyncpg://…]

The lists are those of tests/connections.py, which a test holds against the schema. The first reading of each is not counted. The
exit code is 1 when a long page costs more than a few statements more than a short one. The database must be empty; without one, a
SQLite file is made and thrown away."""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measuring import load, opened
from schema.schema import schema
from tests.conftest import Clock
from tests.connections import CONNECTIONS, Listing, read_page
from tests.crowd import Crowd, gather
from tests.service import EMBEDDED, open_service

SHORT = 10
BY_CHANCE = 10
"""Statements that a page may cost more than another: what siblings ask at two moments is read twice or once, as it happens."""


@dataclass(frozen=True)
class Cost:
    """Of a page: the most statements that it took, and the median of the milliseconds."""

    rows: int
    statements: int
    milliseconds: float


async def cost(crowd: Crowd, connection: str, listing: Listing, first: int, times: int) -> Cost:
    token = await crowd.token(listing.role)
    taken: list[float] = []
    asked, rows = 0, 0
    for _ in range(times + 1):
        started = time.perf_counter()
        page = await read_page(crowd, connection, listing, token, first)
        taken.append(1e3 * (time.perf_counter() - started))
        asked, rows = max(asked, len(page.statements)), len(page.edges)
    return Cost(rows, asked, statistics.median(taken[1:]))


async def run(options: argparse.Namespace) -> bool:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        async with opened(options.database) as database:
            url = database.engine.url.render_as_string(hide_password=False)
            async with open_service(url, EMBEDDED, Path(folder), clock) as service:
                unlimited = replace(service, schema=schema)  # as served it would be too dear to ask for all
                return await compare_all(await gather(unlimited, clock, options.rows), options)


async def compare_all(crowd: Crowd, options: argparse.Namespace) -> bool:
    print(f"{'':34} {'':9} {'statements':>17} {'ms':>19} {'ms, times':>10} {'rows, times':>12}")
    return all([await compare(crowd, name, each, options) for name in CONNECTIONS for each in CONNECTIONS[name]])


async def compare(crowd: Crowd, connection: str, listing: Listing, options: argparse.Namespace) -> bool:
    short = await cost(crowd, connection, listing, SHORT, options.times)
    long = await cost(crowd, connection, listing, options.rows, options.times)
    figures = f"{short.statements:>8} {long.statements:>8} {short.milliseconds:>9.1f} {long.milliseconds:>9.1f}"
    ratios = f"{long.milliseconds / short.milliseconds:>10.1f} {long.rows / short.rows:>12.1f}"
    met = long.statements <= short.statements + BY_CHANCE
    print(f"{connection:34} {listing.role:9} {figures} {ratios}{'' if met else '   MORE STATEMENTS'}", flush=True)
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--rows", type=int, default=100, help="of each list, at most 100")
    parser.add_argument("--times", type=int, default=5, help="that each page is read")
    parser.add_argument("--database", help="URL of an empty database; a SQLite file when left out")
    met = asyncio.run(run(parser.parse_args()))
    print(load())
    sys.exit(not met)


if __name__ == "__main__":
    main()
