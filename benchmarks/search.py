"""Searches over N synthetic candidacies on an engine, against SQLite FTS5 doing the same work in the same run.

    python -m benchmarks.search --documents 100000 --seed 1 [--engine embedded|http://127.0.0.1:9200/benchmark]

Both must find the same number of documents for every query. The engine is called as the service calls it; the baseline
is called directly, in this thread, and answers row numbers. An engine at a URL loses its indexes of that prefix."""

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from tqdm import tqdm

from benchmarks.full_text_baseline import Baseline
from commands.seed_rows import candidacy_row
from commands.synthetic import candidacies
from models.candidacy_document import candidacy_document
from models.candidate import Candidate
from models.clause import Between, Clause, Everything, HasAny, StartsWith, all_of, any_of, has
from models.document import Document, Kind
from models.language import Language
from models.text import stem
from search.elastic import ElasticEngine
from search.engine import Order, SearchEngine, SearchRequest
from search.opening import open_engine

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
BATCH = 500
FACETS = ("occupation_group", "regions", "education", "experience")
PAGE = 20


@dataclass(frozen=True)
class Question:
    """The same search for both. `facets` counts over everything found."""

    name: str
    clause: Clause
    order: Order
    facets: Sequence[str] = ()

    def request(self) -> SearchRequest:
        return SearchRequest(Kind.CANDIDACY, self.clause, Everything(), self.order, PAGE, None, self.facets)


def documents(count: int, seed: int) -> Iterator[Document]:
    holder = Candidate(id=UUID(int=1), certificate_issued_on=date(2026, 1, 5), certificate_expires_on=date(2030, 1, 5))
    for index, made in enumerate(candidacies(count, seed)):
        row = candidacy_row(seed, index, made, holder, NOW)
        row.version = 1
        yield candidacy_document(row, made.person.country_of_residence)


async def fill(engine: SearchEngine, baseline: Baseline, count: int, seed: int) -> list[str]:
    """Fills both, and answers words that stand in the documents: each as often as it is found."""
    spent: Counter[str] = Counter()
    words: Counter[str] = Counter()
    batch: list[Document] = []
    async with engine.rebuild(Kind.CANDIDACY) as building:
        for document in tqdm(documents(count, seed), total=count, unit=" documents", disable=None):
            batch.append(document)
            if len(batch) == BATCH or words.total() == 0:
                words.update(word for each in batch for word in each.keywords["words"])
                started = time.perf_counter()
                await building.write(batch)
                spent["engine"] += int(1e9 * (time.perf_counter() - started))
                baseline.write(batch)
                batch = []
        await building.write(batch)
        baseline.write(batch)
        started = time.perf_counter()
    spent["engine"] += int(1e9 * (time.perf_counter() - started))
    baseline.finish()
    print(f"{count:,} documents into the engine, made beforehand: {count / (spent['engine'] / 1e9):,.0f} a second")
    return sorted(word for word, often in words.items() if len(word) > 3 and count / 500 < often < count / 5)


def questions(words: Sequence[str], how_many: int, seed: int) -> Iterator[Question]:
    random = Random(seed)
    for _ in range(how_many):
        word = random.choice(words)
        keyword = any_of(has(f"text_{each.lower()}", stem(word, each)) for each in Language)
        regions = frozenset(random.sample([f"{number:02}" for number in range(1, 18)], 4))
        filters = (HasAny("regions", regions), Between("education_rank", least=3), has("work_modes", "ON_SITE"))
        yield Question("keyword", keyword, Order.RELEVANCE)
        yield Question("keyword, 3 filters", all_of((keyword, *filters)), Order.RELEVANCE)
        yield Question("keyword, 3 filters, 4 facets", all_of((keyword, *filters)), Order.RELEVANCE, FACETS)
        yield Question("facets over everything", Between("ends_on", least=1), Order.PUBLISHED_AT, FACETS)
        yield Question("prefix", StartsWith("words", word[:4]), Order.PUBLISHED_AT)


async def measure(engine: SearchEngine, baseline: Baseline, asked: Sequence[Question]) -> dict[str, list[tuple[float, float]]]:
    """Seconds that the engine and the baseline took for each question, by its name."""
    taken: dict[str, list[tuple[float, float]]] = {}
    for question in tqdm(asked, unit=" searches", disable=None):
        started = time.perf_counter()
        page = await engine.search(question.request())
        between = time.perf_counter()
        total, facets = baseline.search(question.clause, question.order, question.facets, PAGE)
        ended = time.perf_counter()
        if (page.total, {name: dict(counts) for name, counts in page.facets.items()}) != (total, facets):
            raise SystemExit(f"{question}: the engine found {page.total}, the baseline {total}")
        taken.setdefault(question.name, []).append((between - started, ended - between))
    return taken


def report(taken: dict[str, list[tuple[float, float]]]) -> None:
    print(f"{'ms, p50 / p95':30} {'engine':>16} {'SQLite FTS5':>16} {'times faster':>16}")
    for name, pairs in taken.items():
        (low, high), (base_low, base_high) = (_quantiles([pair[side] for pair in pairs]) for side in (0, 1))
        ratios = f"{base_low / low:.1f} / {base_high / high:.1f}"
        print(f"{name:30} {f'{low:.2f} / {high:.2f}':>16} {f'{base_low:.2f} / {base_high:.2f}':>16} {ratios:>16}")


def _quantiles(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p95, in milliseconds."""
    return 1e3 * statistics.median(seconds), 1e3 * statistics.quantiles(seconds, n=20)[-1]


async def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        embedded = arguments.engine == "embedded"
        engine = await open_engine(f"embedded:{folder}/search" if embedded else arguments.engine)
        baseline = Baseline(sqlite3.connect(f"{folder}/baseline.db"))
        words = await fill(engine, baseline, arguments.documents, arguments.seed)
        asked = list(questions(words, arguments.searches, arguments.seed))
        await measure(engine, baseline, asked[: len(asked) // 10])
        report(await measure(engine, baseline, asked))
        if isinstance(engine, ElasticEngine):
            await engine.delete_indexes()
        await engine.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--searches", type=int, default=200, help="of each kind")
    parser.add_argument("--engine", default="embedded", help="embedded, or the URL of a server with an index prefix")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
