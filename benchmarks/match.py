"""The order of the match among N synthetic candidacies, for different offers: a first page, pages further on, and what is
recommended.

    python -m benchmarks.match --documents 100000 --seed 1 [--engine embedded|http://127.0.0.1:9200/benchmark]

An engine at a URL loses its indexes of that prefix."""

import argparse
import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from tqdm import tqdm

from benchmarks.measuring import p50_p95
from benchmarks.search import BATCH, NOW, PAGE, documents
from commands.seed_rows import job_offer_row
from commands.synthetic import job_offers
from models.clause import Between, Everything
from models.document import Document, Kind
from models.match_clauses import related_to_offer, wanted_by_offer
from search.elastic import ElasticEngine
from search.engine import Order, SearchEngine, SearchRequest
from search.opening import open_engine

STANDING = Between("ends_on", least=NOW.date().toordinal())
MOST_HITS = 9_999
"""A server gives no more at once."""


async def fill(engine: SearchEngine, count: int, seed: int) -> None:
    batch: list[Document] = []
    async with engine.rebuild(Kind.CANDIDACY) as building:
        for document in tqdm(documents(count, seed), total=count, unit=" documents", disable=None):
            batch.append(document)
            if len(batch) == BATCH:
                await building.write(batch)
                batch = []
        await building.write(batch)


def requests(offers: int, seed: int) -> Iterator[tuple[SearchRequest, SearchRequest]]:
    """For each offer: all candidacies by the match, and those that are recommended."""
    for index, made in enumerate(job_offers(offers, seed)):
        offer = job_offer_row(seed, index, made, UUID(int=1), NOW)
        weights = wanted_by_offer(offer)
        everything = SearchRequest(Kind.CANDIDACY, Everything(), STANDING, Order.MATCH, PAGE, weights=weights)
        yield everything, replace(everything, clause=related_to_offer(offer), first=10)


async def further(engine: SearchEngine, request: SearchRequest, depth: int) -> SearchRequest:
    """The page that follows so many hits."""
    while depth:
        step = min(depth, MOST_HITS)
        page = await engine.search(replace(request, first=step))
        request, depth = replace(request, after=page.hits[-1].cursor), depth - step
    return request


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
    with tempfile.TemporaryDirectory() as folder:
        engine = await open_engine(f"embedded:{folder}/search" if arguments.engine == "embedded" else arguments.engine)
        await fill(engine, arguments.documents, arguments.seed)
        await measure(engine, 3, arguments.seed + 1, arguments.documents)
        for name, times in (await measure(engine, arguments.offers, arguments.seed, arguments.documents)).items():
            print(f"{name:16} ms, p50 / p95: {' / '.join(f'{each:.1f}' for each in p50_p95(times))}")
        if isinstance(engine, ElasticEngine):
            await engine.delete_indexes()
        await engine.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--offers", type=int, default=50)
    parser.add_argument("--engine", default="embedded", help="embedded, or the URL of a server with an index prefix")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
