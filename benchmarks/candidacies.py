"""The candidacies that searches are measured over: rows in a database of the run's own, the documents of them in an index, and
the words that stand in them. All by one seed."""

import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

import config
from bootstrap import Resources, connect, open_resources
from commands.seed_rows import candidacy_row
from commands.synthetic import candidacies
from config import Settings
from migrations.running import migrate
from models.bulk import insert_rows
from models.candidacy import Candidacy
from models.candidacy_document import candidacy_document
from models.candidate import Candidate
from models.document import Document, Kind
from search.elastic import ElasticEngine
from search.engine import Rebuild
from tests.notifications.rows import add_person
from tests.service import Service

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
EMBEDDED = "embedded"
SECRET = "a secret that only measurements know of"
BATCH = 500
Also = Callable[[Sequence[Document]], None]


@dataclass
class Filled:
    """What is there: how often each word stands in a document, and the seconds that the engine took for all of them, made
    beforehand."""

    count: int = 0
    words: Counter[str] = field(default_factory=Counter)
    engine_seconds: float = 0.0

    @property
    def usual_words(self) -> list[str]:
        """Of some length, and neither rare nor everywhere."""
        few, many = self.count / 500, self.count / 5
        return sorted(word for word, often in self.words.items() if len(word) > 3 and few < often < many)

    @property
    def frequent_words(self) -> list[str]:
        return [word for word, _ in self.words.most_common(100) if len(word) > 3][:20]


@asynccontextmanager
async def open_service(engine: str, now: Callable[[], datetime] = lambda: NOW) -> AsyncIterator[Service]:
    """A service without anybody in it, on a SQLite file that is thrown away, and on an embedded engine or the one at a URL,
    which loses its indexes of that prefix."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder), engine)
        database = connect(settings)
        await migrate(database)
        await database.close()
        async with open_resources(settings, now) as resources:
            yield Service(resources, Path(folder) / "mail")
            if isinstance(resources.engine, ElasticEngine):
                await resources.engine.delete_indexes()


def settings_of(folder: Path, engine: str) -> Settings:
    return replace(
        config.read({}),
        database_url=f"sqlite+aiosqlite:///{folder}/placement.db",
        search_url=f"embedded:{folder}/search" if engine == EMBEDDED else engine,
        mail_url=f"file:{folder}/mail",
        secret_key=SECRET,
    )


async def fill(resources: Resources, count: int, seed: int, also: Also = lambda documents: None) -> Filled:
    """Writes so many published candidacies of one person and their documents, and hands the documents to `also`."""
    async with resources.database.begin() as session:
        person = add_person(session)
        await session.flush()
        holder = await session.get_one(Candidate, person.id)
    filled = Filled()
    async with resources.engine.rebuild(Kind.CANDIDACY) as building:
        with tqdm(total=count, unit=" candidacies", disable=None) as bar:
            for rows in _batches(count, seed, holder):
                await _write(resources, building, rows, filled, also)
                bar.update(len(rows))
        started = time.perf_counter()
    filled.engine_seconds += time.perf_counter() - started
    async with resources.engine.rebuild(Kind.JOB_OFFER):
        pass
    return filled


def _batches(count: int, seed: int, holder: Candidate) -> Iterator[list[Candidacy]]:
    rows: list[Candidacy] = []
    for index, made in enumerate(candidacies(count, seed)):
        rows.append(candidacy_row(seed, index, made, holder, NOW))
        rows[-1].version = 1
        if len(rows) == BATCH or index == count - 1:
            yield rows
            rows = []


async def _write(resources: Resources, building: Rebuild, rows: Sequence[Candidacy], filled: Filled, also: Also) -> None:
    documents = [candidacy_document(row, "SN") for row in rows]
    async with resources.database.begin() as session:
        await insert_rows(session, rows)
    started = time.perf_counter()
    await building.write(documents)
    filled.engine_seconds += time.perf_counter() - started
    filled.count += len(documents)
    filled.words.update(word for each in documents for word in each.keywords["words"])
    also(documents)
