"""How well `suggestOccupations` finds what experts say a job title means, beside a plain search for the text and plain BM25.

    python -m benchmarks.relevance [FOLDER]

The folder holds occupations with their labels and titles in both languages (`esco_occupations.csv.gz`), job titles
(`occupation_queries.csv`) and the one occupation that each means (`occupation_qrels.csv`). The occupations are imported, as
an operator imports them, into a database that is thrown away. Success@n: the share of titles whose occupation is among the
first n. MRR: the mean of 1/place."""

import argparse
import asyncio
import csv
import math
import os
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cli
from benchmarks.measuring import p50_p95
from models import occupation
from models.catalogue import ListName, as_shipped
from models.code_entry import kept_in_step
from models.code_list import Entry
from models.database import open_database
from models.language import Language

FOLDER = Path("../shared/data")
OCCUPATIONS, QUERIES, ANSWERS = "esco_occupations.csv.gz", "occupation_queries.csv", "occupation_qrels.csv"
LOOKED_AT = 50
"""Places of a ranking that count: as many as a client may ask for."""

Ranking = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Query:
    text: str
    language: str
    code: str


class Substring:
    """The text somewhere in a label or title, letter for letter but for capitals; the shortest first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        texts = ((text.casefold(), entry.code) for entry in entries for text in texts_of(entry))
        self._texts = sorted(texts, key=lambda each: (len(each[0]), each))

    def __call__(self, query: str) -> list[str]:
        return list(dict.fromkeys(code for text, code in self._texts if query.casefold() in text))


class BM25:
    """Okapi BM25 with its usual settings; a document is all that an occupation is called, words are runs of letters."""

    K1, B = 1.2, 0.75

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._lengths: dict[str, int] = {}
        for entry in entries:
            words = [word for text in texts_of(entry) for word in self._words(text)]
            self._lengths[entry.code] = len(words)
            for word, times in Counter(words).items():
                self._postings[word][entry.code] = times
        self._average = sum(self._lengths.values()) / len(self._lengths)

    def __call__(self, query: str) -> list[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for word in set(self._words(query)):
            found = self._postings.get(word, {})
            rarity = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for code, times in found.items():
                length = 1 - self.B + self.B * self._lengths[code] / self._average
                scores[code] += rarity * times * (self.K1 + 1) / (times + self.K1 * length)
        return sorted(scores, key=lambda code: (-scores[code], code))

    def _words(self, text: str) -> list[str]:
        return re.findall(r"\w+", text.casefold())


def suggested(query: str) -> list[str]:
    """What the service suggests, but for what ships with it: no title of the queries means that."""
    shipped = as_shipped(ListName.OCCUPATION).entries
    return [code for code in occupation.suggest(query, LOOKED_AT + len(shipped), {}) if code not in shipped]


def texts_of(entry: Entry) -> list[str]:
    labels = [label for language in Language if (label := entry.labels.within(language))]
    return [*labels, *entry.titles.fr, *entry.titles.en]


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def figures(rank: Ranking, queries: Sequence[Query], typed: Callable[[str], str]) -> tuple[float, float, float, float]:
    """Success@1, Success@5, MRR, and the median of the milliseconds that a query took."""
    places, times = [], []
    for query in queries:
        start = time.perf_counter()
        ranked = rank(typed(query.text))[:LOOKED_AT]
        times.append(1000 * (time.perf_counter() - start))
        places.append(ranked.index(query.code) + 1 if query.code in ranked else math.inf)
    mean = [sum(place <= most for place in places) / len(places) for most in (1, 5)]
    return mean[0], mean[1], sum(1 / place for place in places) / len(places), p50_p95(times)[0]


def read_queries(folder: Path) -> list[Query]:
    means = {row["query_id"]: row["esco_id"] for row in _rows(folder / ANSWERS)}
    return [Query(row["query"], row["lang"], means[row["query_id"]]) for row in _rows(folder / QUERIES)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def print_table(rankings: Mapping[str, Ranking], queries: Sequence[Query]) -> None:
    spellings: Mapping[str, Callable[[str], str]] = {"as typed": str, "no accents": without_accents}
    print(f"\n{'language':9} {'spelling':11} {'ranking':18} {'titles':>6} {'S@1':>6} {'S@5':>6} {'MRR':>6} {'ms p50':>7}")
    for language in sorted({query.language for query in queries}):
        asked = [query for query in queries if query.language == language]
        for spelling, typed in spellings.items():
            for name, rank in rankings.items():
                first, five, mean, took = figures(rank, asked, typed)
                print(f"{language:9} {spelling:11} {name:18} {len(asked):6} {first:6.3f} {five:6.3f} {mean:6.3f} {took:7.2f}")


async def compare(url: str, queries: Sequence[Query]) -> None:
    database = open_database(url)
    async with kept_in_step(database):
        shipped = as_shipped(ListName.OCCUPATION).entries
        entries = [entry for code, entry in occupation.occupations().items() if code not in shipped]
        suggested(queries[0].text)  # what is made once is not timed
        print_table({"suggestOccupations": suggested, "substring": Substring(entries), "BM25": BM25(entries)}, queries)
    await database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="How well suggestOccupations finds what job titles mean.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help=f"of the labels and the titles ({FOLDER})")
    folder: Path = parser.parse_args().folder
    missing = [name for name in (OCCUPATIONS, QUERIES, ANSWERS) if not (folder / name).is_file()]
    if missing:
        print(f"{folder} has no {', '.join(missing)}: name the folder that holds them", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        url = f"sqlite+aiosqlite:///{Path(temporary) / 'relevance.db'}"
        os.environ["PLACEMENT_DATABASE_URL"] = url
        if cli.main(["migrate"]) or cli.main(["import", "occupations", str(folder / OCCUPATIONS)]):
            return 1
        asyncio.run(compare(url, read_queries(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
