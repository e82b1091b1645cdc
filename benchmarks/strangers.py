"""Whether the time of an answer tells that something is there: what is a stranger's against what never was, through `node` and
through every mutation that takes an id.

    python -m benchmarks.strangers [--samples 200] [--only node] [--database postgresql+asyncpg://…]

The two are asked in turn, in this process, and their medians compared: the goal is a ratio from 0.9 to 1.1. The baseline is what
never was asked for against itself, which says how much of a ratio is chance. The exit code is 1 when a ratio is missed. The
questions are those of tests/strangers.py."""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import load, opened
from schema.schema import schema
from tests.conftest import Clock
from tests.service import EMBEDDED, Data, Service, open_service
from tests.strangers import Question, questions
from tests.world import World, build

LEAST, MOST = 0.9, 1.1


async def taken(service: Service, question: Question, token: str | None, entered: Data) -> float:
    """Microseconds."""
    context = await service.asking(token)
    started = time.perf_counter()
    await schema.execute(question.text, entered, context)
    return 1e6 * (time.perf_counter() - started)


async def compare(world: World, question: Question, samples: int) -> bool:
    token = world.tokens[question.role]
    asked = {"hidden": question.hidden, "unknown": question.unknown, "again": question.unknown}
    times: dict[str, list[float]] = {name: [] for name in asked}
    names = list(asked)
    for turn in range(samples):
        for name in names[turn % 3 :] + names[: turn % 3]:  # none of them always follows the same other
            times[name].append(await taken(world.service, question, token, asked[name]))
    hidden, unknown, again = (statistics.median(times[name]) for name in names)
    met = LEAST <= hidden / unknown <= MOST
    figures = f"{hidden:>9.0f} {unknown:>9.0f} {hidden / unknown:>7.2f} {again / unknown:>9.2f}"
    print(f"{question.name:34} {question.role:16} {figures}   {LEAST}-{MOST}{'' if met else '   MISSED'}", flush=True)
    return met


async def run(options: argparse.Namespace) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(options.database) as database:
            url, clock = database.engine.url.render_as_string(hide_password=False), Clock()
            async with open_service(url, EMBEDDED, Path(folder), clock) as service:
                world = await build(service, clock)
                print(f"{'µs':34} {'':16} {'hidden':>9} {'unknown':>9} {'ratio':>7} {'by chance':>9}   goal")
                return all(
                    [await compare(world, each, options.samples) for each in questions(world) if options.only in each.name]
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--samples", type=int, default=200, help="of each")
    parser.add_argument("--only", default="", help="what has this in its name")
    parser.add_argument("--database", help="URL of an empty database; a SQLite file when left out")
    met = asyncio.run(run(parser.parse_args()))
    print(load())
    sys.exit(not met)


if __name__ == "__main__":
    main()
