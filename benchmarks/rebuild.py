"""The index of N synthetic candidacies built anew from the database, against bare Tantivy with its own analysis filled from the
same rows, each in a process of its own.

    python -m benchmarks.rebuild --documents 100000 --seed 1

Tells the time of each and the most memory that it had. Both must hold every candidacy at the end."""

import argparse
import asyncio
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import orjson
import tantivy

from benchmarks.candidacies import EMBEDDED, NOW, fill, open_service, settings_of
from benchmarks.measuring import load
from bootstrap import open_resources, spare_the_collector
from models.document import Kind
from search.embedded_writer import BUILDING_MEMORY
from search.rebuilding import rebuild

TEXTS = [f"{name}_{language}" for name in ("title", "summary", "experience") for language in ("fr", "en")]
CODES = ("occupations", "skills", "languages", "regions", "work_modes")
COLUMNS = ("rowid", "years_of_experience", "education", *CODES, *TEXTS)
OURS, BARE = "ours", "bare"


async def rebuild_ours(folder: Path) -> int:
    spare_the_collector()
    settings = replace(settings_of(folder, EMBEDDED), search_url=f"embedded:{folder}/anew")
    async with open_resources(settings, lambda: NOW) as resources:
        await rebuild(resources.engine, resources.database, Kind.CANDIDACY, NOW, lambda done, total: None)
        return len(await resources.engine.stamps(Kind.CANDIDACY))


def build_bare(folder: Path) -> int:
    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("rowid", indexed=True, fast=True)
    schema.add_integer_field("years_of_experience", indexed=True, fast=True)
    for name in ("education", *CODES):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in TEXTS:
        schema.add_text_field(name, tokenizer_name="french" if name.endswith("fr") else "en_stem")
    built = schema.build()
    (folder / BARE).mkdir()
    index = tantivy.Index(built, path=str(folder / BARE))
    stemmed = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    index.register_tokenizer("french", stemmed.filter(tantivy.Filter.stemmer("french")).build())
    writer = index.writer(BUILDING_MEMORY, 1)
    for row in sqlite3.connect(folder / "placement.db").execute(f"SELECT {', '.join(COLUMNS)} FROM candidacy"):
        fields = dict(zip(COLUMNS, row, strict=True))
        fields |= {name: orjson.loads(fields[name]) for name in CODES}
        writer.add_document(tantivy.Document.from_dict({k: v for k, v in fields.items() if v not in (None, [])}, built))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return int(index.searcher().num_docs)


def measure(way: str, folder: Path) -> None:
    """In the process that was started for it: prints the seconds, the megabytes and how many candidacies there are."""
    started = time.perf_counter()
    held = asyncio.run(rebuild_ours(folder)) if way == OURS else build_bare(folder)
    seconds = time.perf_counter() - started
    print(orjson.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, held]).decode())


def started(way: str, folder: Path) -> tuple[float, float, int]:
    command = [sys.executable, "-m", "benchmarks.rebuild", "--way", way, "--folder", str(folder)]
    seconds, megabytes, held = orjson.loads(subprocess.run(command, check=True, capture_output=True).stdout.splitlines()[-1])
    return seconds, megabytes, held


async def run(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with open_service(EMBEDDED) as service:
            await fill(service.resources, options.documents, options.seed)
            database = Path(service.resources.database.engine.url.database or "")
            sqlite3.connect(database).execute("VACUUM INTO ?", (str(folder / "placement.db"),))
        bare, ours = started(BARE, folder), started(OURS, folder)
    if {bare[2], ours[2]} != {options.documents}:
        raise SystemExit(f"bare Tantivy holds {bare[2]:,}, ours {ours[2]:,}")
    print(f"{options.documents:,} candidacies, {load()}")
    for way, (seconds, megabytes, _) in ((BARE, bare), (OURS, ours)):
        print(f"{way}: {seconds:6.1f} s, {seconds / bare[0]:5.2f} x bare Tantivy, at most {megabytes:,.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", choices=(OURS, BARE), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        measure(options.way, options.folder)
    else:
        asyncio.run(run(options))


if __name__ == "__main__":
    main()
