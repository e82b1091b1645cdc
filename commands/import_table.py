"""Reads the lines of a table of codes: CSV with a header, plain or packed by gzip. Knows columns by their names, in the
spellings that such tables have, and leaves the others alone."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from commands.failure import Failed
from commands.import_lines import Line, lines
from errors import Invalid, Problem
from models.checks import Checks
from models.code_list import Entry, Titles, split_titles
from models.language import Language, LocalizedText

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "esco_id"),
    "label_fr": ("label_fr", "title_fr", "fr"),
    "label_en": ("label_en", "title_en", "en"),
    "titles_fr": ("titles_fr", "alt_labels_fr"),
    "titles_en": ("titles_en", "alt_labels_en"),
    "job_title": ("job_title",),
}
"""What a column is, and the headings it may have."""
LONGEST_CODE, LONGEST_NAME = 40, 300
"""In characters."""
MOST_TITLES = 1000
"""On one line, in one language."""
GZIP = b"\x1f\x8b"
NOT_A_TABLE = (
    "the first line names no columns of such a table: it needs `code` and one of `label_fr`, `label_en`, `title_fr`, "
    "`title_en`, `job_title`"
)
NO_LANGUAGE = "the titles of this table are in one language, and it does not say which: give --language fr or --language en"


@dataclass(frozen=True)
class Table:
    """`columns` is the place of each column that there is; `language` that of the titles in the column `job_title`."""

    columns: Mapping[str, int]
    width: int
    delimiter: str
    language: Language | None

    @classmethod
    def headed(cls, header: Line, language: Language | None) -> "Table":
        """Raises Failed for the first line of anything else."""
        try:
            text = _decoded(header)
            delimiter = ";" if text.count(";") > text.count(",") else ","
            names = [name.strip() for name in _cells(text, delimiter)]
        except Invalid as refusal:
            raise Failed(NOT_A_TABLE) from refusal
        found = {column: [names.index(name) for name in known if name in names] for column, known in HEADINGS.items()}
        columns = {column: places[0] for column, places in found.items() if places}
        if "code" not in columns or columns.keys().isdisjoint(("label_fr", "label_en", "job_title")):
            raise Failed(NOT_A_TABLE)
        if "job_title" in columns and language is None:
            raise Failed(NO_LANGUAGE)
        return cls(columns, len(names), delimiter, language)

    def read(self, line: Line) -> Entry:
        """What the line says. Raises Invalid, with every column at fault."""
        cells = _cells(_decoded(line), self.delimiter)
        if len(cells) != self.width:
            raise Invalid([Problem((), "NOT_A_ROW", (("expected", str(self.width)), ("found", str(len(cells)))))])
        said = {column: " ".join(cells[place].split()) for column, place in self.columns.items()}
        titles = {each: split_titles(said.get(f"titles_{each.lower()}", "")) for each in Language}
        if self.language and said.get("job_title"):
            titles[self.language] += (said["job_title"],)
        labels = LocalizedText(said.get("label_fr") or None, said.get("label_en") or None)
        entry = Entry(said["code"], labels, Titles(titles[Language.FR], titles[Language.EN]))
        _check(entry)
        return entry


def unpacked(file: io.BufferedReader) -> Iterator[Line]:
    """The lines of the file, or of what is packed in it. Raises Failed when that breaks off."""
    packed = file.peek(len(GZIP)).startswith(GZIP)
    content: BinaryIO = gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[assignment]
    try:
        yield from lines(content)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Failed(f"the file is damaged: {error}") from error


def _decoded(line: Line) -> str:
    return line.text().rstrip("\r\n")


def _cells(text: str, delimiter: str) -> list[str]:
    """One line is one row: a quotation mark that is not closed spoils that line, not all that follow."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise Invalid([Problem((), "NOT_CSV", (("problem", str(error)),))]) from error


def _check(entry: Entry) -> None:
    checks = Checks()
    checks.line("code", entry.code, LONGEST_CODE, required=True)
    checks.require("label", entry.labels or entry.titles.fr or entry.titles.en)
    for language in Language:
        suffix, titles = language.lower(), entry.titles.within(language)
        checks.line(f"label_{suffix}", entry.labels.within(language), LONGEST_NAME)
        checks.require(f"titles_{suffix}", len(titles) <= MOST_TITLES, "TOO_MANY", most=str(MOST_TITLES))
        for title in titles[:MOST_TITLES]:
            checks.line(f"titles_{suffix}", title, LONGEST_NAME)
    checks.done()
