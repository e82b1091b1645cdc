"""SQLite with FTS5, doing what the search engine does: words, filters, exact totals and facets, the first page. A baseline
to measure against, and no part of the service."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.questions import PAGE, Question
from models.clause import AllOf, AnyOf, Between, Clause, HasAny, StartsWith
from models.document import NUMBERS, Document, Kind
from models.facet import FACETS
from search.engine import Order
from search.layout import microseconds

VALUES = tuple(FACETS[Kind.CANDIDACY].values())
TEXTS = ("title_fr", "title_en", "text_fr", "text_en", "words")
WEIGHTS = "3, 3, 1, 1, 0"


@dataclass(frozen=True)
class Asked:
    """A question in SQL. In `conditions`, `{key}` stands for the number of the document."""

    matches: Sequence[str]
    conditions: Sequence[str]
    values: Sequence[object]

    @property
    def key(self) -> str:
        return "word.rowid" if self.matches else "document.id"

    @property
    def where(self) -> str:
        conditions = [condition.format(key=self.key) for condition in self.conditions]
        return " AND ".join([*(["word MATCH ?"] if self.matches else []), *conditions]) or "1"

    @property
    def given(self) -> Sequence[object]:
        return [*([" AND ".join(f"({each})" for each in self.matches)] if self.matches else []), *self.values]

    def source(self, dated: bool = False) -> str:
        """What to search in. Words are joined with the rest of their document only where something asks for it."""
        if not self.matches:
            return "document"
        joined = dated or any("document." in condition for condition in self.conditions)
        return "word JOIN document ON document.id = word.rowid" if joined else "word"


class Baseline:
    """One row a document, its words in FTS5, its codes in a table of values: each with the index that it needs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = 0
        numbers = ", ".join(f"{name} INTEGER" for name in NUMBERS[Kind.CANDIDACY])
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute(f"CREATE TABLE document (id INTEGER PRIMARY KEY, published INTEGER, {numbers})")
        connection.execute(
            "CREATE TABLE value (field TEXT, value TEXT, id INTEGER, PRIMARY KEY (id, field, value)) WITHOUT ROWID"
        )
        tokens = "tokenize = \"unicode61 remove_diacritics 0 tokenchars '+#.&_'\", content = '', prefix = '3 4'"
        connection.execute(f"CREATE VIRTUAL TABLE word USING fts5({', '.join(TEXTS)}, {tokens})")

    def write(self, documents: Sequence[Document]) -> None:
        numbers = NUMBERS[Kind.CANDIDACY]
        first = self._rows + 1
        self._rows += len(documents)
        numbered = list(enumerate(documents, first))
        marks = ", ".join("?" * (2 + len(numbers)))
        rows = [(id_, microseconds(each.published_at), *(each.numbers.get(name) for name in numbers)) for id_, each in numbered]
        self._connection.executemany(f"INSERT INTO document VALUES ({marks})", rows)
        values = [(name, value, id_) for id_, each in numbered for name in VALUES for value in each.keywords[name]]
        self._connection.executemany("INSERT INTO value VALUES (?, ?, ?)", values)
        texts = [
            (id_, *(" ".join(each.texts[name]) for name in TEXTS[:4]), " ".join(sorted(each.keywords["words"])))
            for id_, each in numbered
        ]
        self._connection.executemany(f"INSERT INTO word (rowid, {', '.join(TEXTS)}) VALUES (?, ?, ?, ?, ?, ?)", texts)
        self._connection.commit()

    def finish(self) -> None:
        self._connection.execute("INSERT INTO word (word) VALUES ('optimize')")
        self._connection.execute("CREATE INDEX document_published ON document (published)")
        self._connection.execute("CREATE INDEX value_value ON value (field, value, id)")
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def attach(self, database: str) -> None:
        """The database that has the whole rows, put in there in the same order."""
        self._connection.execute("ATTACH ? AS placement", (database,))

    def search(self, question: Question) -> tuple[int, Mapping[str, Mapping[str, int]]]:
        """The total and the facets. The page is fetched too, and all of its rows where ours go to rows."""
        asked = Asked(*_parts(question.clause))
        page = self._page(asked, question)
        if question.resolved:
            self._fetch_whole(page)
        if not question.facets:
            return self._value(f"SELECT count(*) FROM {asked.source()} WHERE {asked.where}", asked.given), {}
        self._connection.execute("DROP TABLE IF EXISTS temp.found")
        found = f"SELECT {asked.key} FROM {asked.source()} WHERE {asked.where}"
        self._connection.execute(f"CREATE TEMP TABLE found AS {found}", asked.given)
        return self._value("SELECT count(*) FROM found"), {name: self._count(name) for name in question.facets}

    def _page(self, asked: Asked, question: Question) -> list[int]:
        """By relevance, equals come in any order: looking up their days would cost more than the search."""
        by_relevance = question.order is Order.RELEVANCE
        ranked = f"bm25(word, {WEIGHTS})" if by_relevance else "document.published DESC"
        found = f"SELECT {asked.key} FROM {asked.source(dated=not by_relevance)} WHERE {asked.where}"
        query = f"{found} ORDER BY {ranked} LIMIT {PAGE + 1} OFFSET {question.offset}"
        return [row[0] for row in self._connection.execute(query, asked.given)]

    def _fetch_whole(self, numbers: Sequence[int]) -> None:
        marks = ", ".join("?" * len(numbers))
        self._connection.execute(f"SELECT * FROM placement.candidacy WHERE rowid IN ({marks})", numbers).fetchall()

    def _value(self, query: str, given: Sequence[object] = ()) -> int:
        value: int = self._connection.execute(query, given).fetchone()[0]
        return value

    def _count(self, field: str) -> Mapping[str, int]:
        query = "SELECT value, count(*) FROM value WHERE field = ? AND id IN found GROUP BY value"
        return dict(self._connection.execute(query, (field,)).fetchall())


def _parts(clause: Clause) -> tuple[list[str], list[str], list[object]]:
    """What FTS5 must match, and the conditions on the rest with their values."""
    match clause:
        case AllOf(parts):
            all_parts = [_parts(part) for part in parts]
            return tuple([item for part in all_parts for item in part[side]] for side in (0, 1, 2))  # type: ignore[return-value]
        case AnyOf(parts):
            return [" OR ".join(_parts(part)[0][0] for part in parts)], [], []
        case StartsWith("words", prefix):
            return [f'words : "{prefix}" *'], [], []
        case HasAny(field, values) if field in TEXTS:
            return [" OR ".join(f'{field} : "{value}"' for value in sorted(values))], [], []
        case HasAny(field, values):
            marks = ", ".join("?" * len(values))
            condition = f"EXISTS (SELECT 1 FROM value WHERE id = {{key}} AND field = ? AND value IN ({marks}))"
            return [], [condition], [field, *sorted(values)]
        case Between(field, least, None):
            return [], [f"document.{field} >= ?"], [least]
        case _:
            raise ValueError(f"no part of a question: {clause}")
