"""The order of the match among N synthetic candidacies, for different offers: a first page, pages further on, and what is
recommended.

    python -m benchmarks.match --documents 100000 --seed 1 [--engine embedded|http://127.0.0.1:9200/benchmark]

An engine at a URL loses its indexes of that prefix."""

import argparse
import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from tqdm import tqdm

from benchmarks.candidacies import EMBEDDED, NOW, fill, open_service
from benchmarks.measuring import p50_p95
from benchmarks.questions import PAGE, further
from commands.seed_rows import job_offer_row
from commands.synthetic import job_offers
from models.clause import Between, Everything
from models.document import Kind
from models.match_clauses import related_to_offer, wanted_by_offer
from search.engine import Order, SearchEngine, SearchRequest

STANDING = Between("ends_on", least=NOW.date().toordinal())


def requests(offers: int, seed: int) -> Iterator[tuple[SearchRequest, SearchRequest]]:
    """For each offer: all candidacies by the match, and those that are recommended."""
    for index, made in enumerate(job_offers(offers, seed)):
        offer = job_offer_row(seed, index, made, UUID(int=1), NOW)
        weights = wanted_by_offer(offer)
        everything = SearchRequest(Kind.CANDIDACY, Everything(), STANDING, Order.MATCH, PAGE, weights=weights)
        yield everything, replace(everything, clause=related_to_offer(offer), first=10)


async def measure(engine: SearchEngine, offers: int, seed: int, count: int) -> dict[str, list[float]]:
    """Milliseconds that each kind of search took."""
    taken: dict[str, list[float]] = defaultdict(list)
    for everything, recommended in tqdm(requests(offers, seed), total=offers, unit=" offers", disable=None):
        depths = [count // 10, count // 2, count - PAGE]
        asked = {"first page": everything, "recommended": recommended}
        asked |= {f"after {depth:,}": await further(engine, everything, depth) for depth in depths}
        for name, request in asked.items():
            started = time.perf_counter()
            await engine.search(request)
            taken[name].append(1e3 * (time.perf_counter() - started))
    return taken


async def run(arguments: argparse.Namespace) -> None:
    async with open_service(arguments.engine) as service:
        engine = service.resources.engine
        await fill(service.resources, arguments.documents, arguments.seed)
        await measure(engine, 3, arguments.seed + 1, arguments.documents)
        for name, times in (await measure(engine, arguments.offers, arguments.seed, arguments.documents)).items():
            print(f"{name:16} ms, p50 / p95: {' / '.join(f'{each:.1f}' for each in p50_p95(times))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--offers", type=int, default=50)
    parser.add_argument("--engine", default=EMBEDDED, help="embedded, or the URL of a server with an index prefix")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
