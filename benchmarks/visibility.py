"""From the publication of an offer until a search finds it, through the real API and a real worker, against the bare engine
writing and finding the same offers in the same run.

    python -m benchmarks.visibility --publications 200 --seed 1 [--among 10000] [--at-once 1]
        [--database postgresql+asyncpg://…] [--engine embedded|http://127.0.0.1:9200/benchmark]

The database must be empty; without one, a SQLite file is made and thrown away. An engine at a URL loses its indexes of that
prefix. The promise is a second."""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from uuid import uuid4

from tqdm import tqdm

from commands.demo.job_offer import job_offer
from commands.seed_accounts import EMPLOYER, PASSWORD
from commands.seed_rows import job_offer_row
from models.clause import has
from models.document import Document, Kind
from models.job_offer_document import job_offer_document
from search.elastic import ElasticEngine
from search.engine import SearchEngine, SearchRequest
from search.opening import open_engine
from tests.processes.client import Client, client_of
from tests.processes.running import installation

LONGEST_PAUSE = 0.2
"""Seconds between two publications, at random: the worker must not be met at the same point of its round each time."""
BETWEEN_LOOKS = 0.002
PROMISED = 1.0


@dataclass(frozen=True)
class Publication:
    """Seconds: the mutation, from its answer until the offer was found, and the search that found it."""

    answered: float
    found: float
    search: float


async def publish(client: Client, token: str, seed: int, index: int) -> Publication:
    word = f"q{uuid4().hex[:10]}7"
    draft = await client.done("createJobOffer", "... on JobOffer { id number }", token, **entered(seed, index, word))
    started = time.perf_counter()
    await client.done("publishJobOffer", "", token, id=draft["id"])
    answered = time.perf_counter()
    query = "query($text: String!) { jobOffers(criteria: {text: $text}, first: 1) { edges { node { number } } } }"
    while True:
        asked = time.perf_counter()
        if (await client.ask(query, text=word))["jobOffers"]["edges"]:
            found = time.perf_counter()
            return Publication(answered - started, found - answered, found - asked)
        await asyncio.sleep(BETWEEN_LOOKS)


def entered(seed: int, index: int, word: str) -> dict[str, object]:
    """What a client sends to make the synthetic offer of that place, with a word in its title that no other has."""
    made = job_offer(seed, index)
    return {
        "title": {"fr": f"{made.title.fr} {word}", "en": made.title.en},
        "description": {"fr": made.description.fr, "en": made.description.en},
        "occupation": made.occupation,
        "region": made.region,
        "contractType": made.contract_type,
        "workMode": made.work_mode,
    }


async def measure_service(arguments: argparse.Namespace, folder: Path) -> list[Publication]:
    settings = {"PLACEMENT_SEARCH_URL": arguments.engine, "PLACEMENT_EMBEDDED_WORKER": "no", "PLACEMENT_MAIL_URL": "file:./mail"}
    if arguments.database:
        settings["PLACEMENT_DATABASE_URL"] = arguments.database
    async with installation(folder, settings) as installed:
        await installed.do("migrate")
        await installed.do("seed", "--offers", f"{arguments.among}")
        api = await installed.start_api()
        await installed.start("worker")
        await installed.wait_until_reached(api, "/readyz")
        await installed.do("verify", "--wait", "600")
        async with client_of(installed) as client:
            entering = {"email": EMPLOYER, "password": PASSWORD}
            session = await client.done("signIn", "... on Session { accessToken }", **entering)
            return await measure_publications(client, session["accessToken"], arguments)


async def measure_publications(client: Client, token: str, arguments: argparse.Namespace) -> list[Publication]:
    places, random = count(arguments.among), Random(arguments.seed)
    taken: list[Publication] = []
    with tqdm(total=arguments.publications, unit=" publications", disable=None) as bar:

        async def keep_publishing() -> None:
            while (index := next(places)) < arguments.among + arguments.publications:
                await asyncio.sleep(random.uniform(0, LONGEST_PAUSE))
                taken.append(await publish(client, token, arguments.seed, index))
                bar.update()

        await asyncio.gather(*(keep_publishing() for _ in range(arguments.at_once)))
    return taken


async def measure_engine(engine: SearchEngine, documents: Sequence[Document]) -> list[float]:
    """Seconds until each document, written by itself, is found."""
    taken = []
    for document in documents:
        started = time.perf_counter()
        await engine.write([document])
        page = await engine.search(SearchRequest(Kind.JOB_OFFER, has("number", next(iter(document.keywords["number"])))))
        taken.append(time.perf_counter() - started)
        assert [hit.id for hit in page.hits] == [document.id]
    return taken


def documents(first: int, number: int, seed: int) -> list[Document]:
    now = datetime.now(UTC)
    rows = [job_offer_row(seed, index, job_offer(seed, index), uuid4(), now) for index in range(first, first + number)]
    for row in rows:
        row.version = 1
    return [job_offer_document(row, "Hôpital du Fjord") for row in rows]


@asynccontextmanager
async def engine_for(url: str, folder: Path) -> AsyncIterator[SearchEngine]:
    """An engine of the same kind, empty before and after."""
    engine = await open_engine(f"embedded:{folder}/bare" if url.startswith("embedded") else url)
    yield engine
    if isinstance(engine, ElasticEngine):
        await engine.delete_indexes()
    await engine.close()


async def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        publications = await measure_service(arguments, folder)
        async with engine_for(arguments.engine, folder) as engine:
            if isinstance(engine, ElasticEngine):
                await engine.delete_indexes()
            bare = await measure_engine(engine, documents(arguments.among, len(publications), arguments.seed))
    report(bare, publications)


def report(bare: Sequence[float], publications: Sequence[Publication]) -> None:
    base = _quantiles(bare)
    print(f"{'ms':42} {'p50':>8} {'p99':>8} {'times the bare engine':>23}")
    for name, seconds in {
        "bare engine: write one, find it": bare,
        "publishJobOffer": [each.answered for each in publications],
        "the search that finds it": [each.search for each in publications],
        "from the answer until it is found": [each.found for each in publications],
        "from the request until it is found": [each.answered + each.found for each in publications],
    }.items():
        low, high = _quantiles(seconds)
        print(f"{name:42} {low:8.1f} {high:8.1f} {f'{low / base[0]:.1f} / {high / base[1]:.1f}':>23}")
    late = sum(each.found > PROMISED for each in publications)
    print(f"found later than a second after the answer: {late} of {len(publications)}")


def _quantiles(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p99, in milliseconds."""
    return 1e3 * statistics.median(seconds), 1e3 * statistics.quantiles(seconds, n=100, method="inclusive")[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--publications", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--among", type=int, default=1_000, help="offers that are there already, besides the demonstration's")
    parser.add_argument("--at-once", type=int, default=1, help="how many publish at the same time")
    parser.add_argument("--database", help="URL of an empty database; a SQLite file when left out")
    parser.add_argument("--engine", default="embedded:./search", help="embedded:…, or the URL of a server with an index prefix")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
