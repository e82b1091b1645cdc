"""Searches over N synthetic candidacies on an engine, against SQLite FTS5 doing the same work in the same run; on Elasticsearch
against the official client with bodies made by hand as well.

    python -m benchmarks.search --documents 100000 --seed 1 [--engine embedded|http://127.0.0.1:9200/benchmark]

All must find the same number of documents for every question. The engine is called as the service calls it, and what goes to
rows through the resolver; FTS5 is called directly, in this thread, and answers row numbers, or whole rows where ours does. An
engine at a URL loses its indexes of that prefix."""

import argparse
import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tqdm import tqdm

from benchmarks.candidacies import EMBEDDED, fill, open_service
from benchmarks.elastic_baseline import ElasticBaseline, can_ask
from benchmarks.full_text_baseline import Baseline
from benchmarks.measuring import load, p50_p95
from benchmarks.questions import PAGE, Question, questions, turned_to
from resolvers import candidacy_search
from resolvers.context import Context
from resolvers.orders import CandidacyOrder
from resolvers.pages import PageRequest
from search.elastic import ElasticEngine
from tests.service import Service

Counts = Mapping[str, Mapping[str, int]]


@dataclass
class Times:
    """Milliseconds of one kind of question, one of each for every question asked."""

    engine: list[float] = field(default_factory=list)
    full_text: list[float] = field(default_factory=list)
    hand_made: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Contest:
    """Who answers the same questions. `context` is an employer's."""

    context: Context
    full_text: Baseline
    elastic: ElasticBaseline | None

    async def ask(self, question: Question, times: Times) -> None:
        """Raises SystemExit when they do not find the same."""
        started = time.perf_counter()
        total, facets = await self._ours(question)
        times.engine.append(1e3 * (time.perf_counter() - started))
        started = time.perf_counter()
        theirs = self.full_text.search(question)
        times.full_text.append(1e3 * (time.perf_counter() - started))
        if (total, facets) != (theirs[0], facets if question.resolved else theirs[1]):
            raise SystemExit(f"{question}: the engine found {total}, the baseline {theirs[0]}")
        if self.elastic and can_ask(question):
            started = time.perf_counter()
            total_by_hand = await self.elastic.search(question)
            times.hand_made.append(1e3 * (time.perf_counter() - started))
            assert total_by_hand == total, question

    async def _ours(self, question: Question) -> tuple[int, Counts]:
        if question.resolved:
            page, order = PageRequest(PAGE), CandidacyOrder(question.order.value)
            answer = await candidacy_search.find(self.context, question.criteria, order, page)
            return answer.total, {}
        found = await self.context.engine.search(question.request)
        return found.total, {name: dict(counts) for name, counts in found.facets.items()}


async def measure(contest: Contest, asked: Sequence[Question], taken: Mapping[str, Times]) -> None:
    for question in tqdm(asked, unit=" searches", disable=None):
        await contest.ask(question, taken[question.name])


def report(taken: Mapping[str, Times]) -> None:
    print(
        f"{'ms, p50 / p95':30}{'engine':>18}{'SQLite FTS5':>20}{'times faster':>18}{'made by hand':>18}{'engine : by hand':>18}"
    )
    for name, times in taken.items():
        ours, full_text = p50_p95(times.engine), p50_p95(times.full_text)
        row = f"{name:30}{_pair(ours):>18}{_pair(full_text):>20}{_ratios(full_text, ours):>18}"
        if times.hand_made:
            by_hand = p50_p95(times.hand_made)
            row += f"{_pair(by_hand):>18}{_ratios(ours, by_hand):>18}"
        print(row)
    for first, deep in (("newest, first page", "newest, page at"), ("broad words, first page", "broad words, page at")):
        [name] = [name for name in taken if name.startswith(deep)]
        ratios = _ratios(p50_p95(taken[name].engine), p50_p95(taken[first].engine))
        print(f"{name}: {ratios} times the first page")


def _pair(times: tuple[float, float]) -> str:
    return f"{times[0]:.2f} / {times[1]:.2f}"


def _ratios(these: tuple[float, float], those: tuple[float, float]) -> str:
    return f"{these[0] / those[0]:.2f} / {these[1] / those[1]:.2f}"


async def run(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        full_text = Baseline(sqlite3.connect(f"{folder}/baseline.db"))
        async with open_service(options.engine) as service:
            engine = service.resources.engine
            filled = await fill(service.resources, options.documents, options.seed, full_text.write)
            full_text.finish()
            full_text.attach(service.resources.database.engine.url.database or "")
            print(f"{filled.count:,} into the engine, made beforehand: {filled.count / filled.engine_seconds:,.0f} a second")
            elastic = ElasticBaseline(engine) if isinstance(engine, ElasticEngine) else None
            contest = Contest(await employer(service), full_text, elastic)
            asked = [await turned_to(engine, each) for each in questions(filled, options.searches, options.seed)]
            taken = {each.name: Times() for each in asked}
            random.Random(options.seed).shuffle(asked)
            await measure(contest, asked[: len(asked) // 10], {each.name: Times() for each in asked})
            await measure(contest, asked, taken)
    print(f"{options.documents:,} candidacies, {options.searches} searches of each kind, {options.engine}, {load()}")
    report(taken)


async def employer(service: Service) -> Context:
    token = await service.employer("rh@example.org", "1143920115", await service.agent())
    return await service.asking(token)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--searches", type=int, default=200, help="of each kind")
    parser.add_argument("--engine", default=EMBEDDED, help="embedded, or the URL of a server with an index prefix")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
