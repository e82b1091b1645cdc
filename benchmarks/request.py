"""The processor time of a whole GraphQL search request, against a bare Starlette route that runs the same search on the same
engine and answers the same JSON, in the same run.

    python -m benchmarks.request --documents 10000 --seed 1 [--requests 200]

Both are called in this process without a network between. The bare route knows nobody, checks nothing and reads no rows: what
it answers was made beforehand, and only written out as JSON anew."""

import argparse
import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from random import Random

import httpx
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tqdm import tqdm

from benchmarks.candidacies import EMBEDDED, NOW, fill, open_service
from benchmarks.measuring import load, p50_p95
from benchmarks.questions import ALL_FACETS, PAGE
from bootstrap import Resources
from config import Settings
from models.candidacy_criteria import CandidacyCriteria
from models.document import Kind
from search.engine import Order, SearchEngine, SearchRequest
from search.visibility import Visibility
from server import application
from tests.service import Service

QUERY = """query($text: String!) {
    candidacies(criteria: {text: $text}) { totalCount pageInfo { hasNextPage endCursor }
    edges { cursor score node { number title { fr en } regions { code } } } facets { name values { value count } } } }"""
GOAL = 5.0


def bare(engine: SearchEngine, answers: dict[str, object]) -> Starlette:
    async def search(request: Request) -> Response:
        text = orjson.loads(await request.body())["variables"]["text"]
        visible, wanted = Visibility(NOW.date()).clause(), CandidacyCriteria(text=text).clause
        await engine.search(SearchRequest(Kind.CANDIDACY, wanted, visible, Order.RELEVANCE, PAGE, None, ALL_FACETS))
        return Response(orjson.dumps(answers[text]), media_type="application/json")

    return Starlette(routes=[Route("/graphql", search, methods=["POST"])])


async def ask(client: httpx.AsyncClient, text: str) -> tuple[float, object]:
    """Milliseconds of the processor, whatever thread had it, and the answer."""
    started = time.process_time()
    response = await client.post("/graphql", json={"query": QUERY, "variables": {"text": text}})
    spent = 1e3 * (time.process_time() - started)
    answer = orjson.loads(response.content)
    if response.status_code != 200 or answer.get("errors"):
        raise SystemExit(f"{response.status_code}: {answer}")
    return spent, answer


async def compare(service: Service, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """The times of the whole request and of the bare one, for each text."""
    token = await service.employer("rh@example.org", "1143920115", await service.agent())
    headers = {"Authorization": f"Bearer {token}"}
    async with serving(service.resources) as served, client_of(served, headers) as whole:
        answers = {text: (await ask(whole, text))[1] for text in set(texts)}
        async with client_of(bare(service.resources.engine, answers), headers) as plain:
            times: tuple[list[float], list[float]] = ([], [])
            for text in tqdm(texts, unit=" requests", disable=None):
                for client, taken in zip((whole, plain), times, strict=True):
                    taken.append((await ask(client, text))[0])
    return times


@asynccontextmanager
async def serving(resources: Resources) -> AsyncIterator[Starlette]:
    """The application over those parts, without a worker."""

    @asynccontextmanager
    async def opened(settings: Settings) -> AsyncIterator[Resources]:
        yield resources

    app = application(replace(resources.settings, embedded_worker=False), opening=opened)
    async with app.router.lifespan_context(app):
        yield app


def client_of(app: Starlette, headers: dict[str, str]) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", headers=headers)


async def run(options: argparse.Namespace) -> None:
    async with open_service(EMBEDDED) as service:
        filled = await fill(service.resources, options.documents, options.seed)
        random = Random(options.seed)
        texts = [random.choice(filled.usual_words) for _ in range(options.requests)]
        whole, plain = await compare(service, texts)
    print(f"{options.documents:,} candidacies, {options.requests} requests, {load()}")
    print("ms of the processor      p50      p95")
    for name, times in (("the whole request", whole), ("the bare route", plain)):
        print(f"{name:20}{p50_p95(times)[0]:8.2f} {p50_p95(times)[1]:8.2f}")
    print(f"the whole request takes {sum(whole) / sum(plain):.2f} times the bare route; the goal is {GOAL:g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--requests", type=int, default=200)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
