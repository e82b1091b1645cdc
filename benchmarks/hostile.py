"""Hostile texts as searches over N synthetic candidacies, through the resolver and with facets, against the median of an ordinary
keyword in the same run.

    python -m benchmarks.hostile --documents 100000 --seed 1 [--engine embedded|http://127.0.0.1:9200/benchmark]

Whatever is slower than the goal is asked twice more, and the fastest counts: others work on the machine. The exit code is 1
when one misses the goal. An engine at a URL loses its indexes of that prefix."""

import argparse
import asyncio
import statistics
import sys
import time
from dataclasses import dataclass

from tqdm import tqdm

from benchmarks.candidacies import EMBEDDED, Filled, fill, open_service
from benchmarks.measuring import load, p50_p95
from benchmarks.questions import questions
from benchmarks.search import employer
from errors import Invalid
from models.candidacy_criteria import CandidacyCriteria
from resolvers import candidacy_search
from resolvers.context import Context
from resolvers.orders import CandidacyOrder
from resolvers.pages import PageRequest
from tests.search.hostile_texts import hostile_texts

GOAL = 250.0
"""Milliseconds."""
ORDINARY = 100
WORST = 8


@dataclass(frozen=True)
class Answered:
    text: str
    milliseconds: float
    total: int | None
    """None where the text was refused."""


async def answered(context: Context, text: str) -> Answered:
    started, total = time.perf_counter(), None
    try:
        order = CandidacyOrder.RELEVANCE
        total = (await candidacy_search.find(context, CandidacyCriteria(text=text), order, PageRequest())).total
    except Invalid:
        pass
    return Answered(text, 1e3 * (time.perf_counter() - started), total)


async def at_best(context: Context, text: str) -> Answered:
    best = await answered(context, text)
    for _ in range(2):
        if best.milliseconds > GOAL:
            best = min(best, await answered(context, text), key=lambda each: each.milliseconds)
    return best


async def ordinary(context: Context, filled: Filled, seed: int) -> float:
    """The median of searches for one word each."""
    words = [each.criteria.text or "" for each in questions(filled, ORDINARY, seed) if each.name == "keyword"]
    return statistics.median([(await answered(context, word)).milliseconds for word in words])


def report(found: list[Answered], usual: float) -> None:
    refused = sum(each.total is None for each in found)
    median, high = p50_p95([each.milliseconds for each in found if each.total is not None])
    print(f"{len(found):,} texts, {refused:,} of them refused; an ordinary keyword takes {usual:.1f} ms at the median")
    print(f"searched: p50 {median:.1f} ms, p95 {high:.1f} ms; the slowest:")
    for each in sorted(found, key=lambda each: -each.milliseconds)[:WORST]:
        shown = ascii(each.text[:70])
        print(f"{each.milliseconds:8.1f} ms {each.milliseconds / usual:6.1f} x {each.total or 0:9,} found  {shown}")


async def run(options: argparse.Namespace) -> bool:
    async with open_service(options.engine) as service:
        filled = await fill(service.resources, options.documents, options.seed)
        context = await employer(service)
        texts = list(hostile_texts(options.seed, options.texts // 5))
        await ordinary(context, filled, options.seed)
        found = [await at_best(context, text) for text in tqdm(texts, unit=" texts", disable=None)]
        usual = await ordinary(context, filled, options.seed)
    print(f"{options.documents:,} candidacies, {options.engine}, {load()}")
    report(found, usual)
    return max(each.milliseconds for each in found) <= GOAL


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--texts", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default=EMBEDDED, help="embedded, or the URL of a server with an index prefix")
    sys.exit(not asyncio.run(run(parser.parse_args())))


if __name__ == "__main__":
    main()
