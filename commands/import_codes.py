"""Takes in a table of occupations, of their job titles, or of skills. All of it goes in together, or nothing; bad lines are
reported and left out. A list only grows: a code that was once known may be in use."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from commands.database import open_database_ready
from commands.import_entry import Outcome
from commands.import_file import opened, size
from commands.import_lines import Line
from commands.import_report import Report
from commands.import_table import Table, unpacked
from commands.progress import Bar, progress
from config import Settings
from errors import Invalid, Problem, Refused
from models.bulk import insert_rows
from models.catalogue import ListName, as_shipped
from models.code_entry import PAUSE, CodeEntry, CodeListVersion, imported
from models.code_list import Entry
from models.language import Language
from models.lock import lock

LISTS: Mapping[str, ListName] = {"occupations": ListName.OCCUPATION, "skills": ListName.SKILL}
AT_ONCE = 500
"""Rows to a statement, and lines between two steps of the progress."""
LANGUAGE_IN_NAME = re.compile(r"[_.-](fr|en)\.csv(\.gz)?\Z", re.IGNORECASE)


@dataclass
class Intake:
    """The list as it becomes, line by line. `known` is what was imported before, `shipped` lies beneath it."""

    known: dict[str, Entry]
    shipped: Mapping[str, Entry]
    changed: dict[str, Entry] = field(default_factory=dict)

    def take(self, entry: Entry) -> Outcome:
        """Raises Invalid for the title of a code that nobody knows."""
        before = self.changed.get(entry.code) or self.known.get(entry.code)
        is_new = before is None and entry.code not in self.shipped
        if is_new and not entry.labels:
            raise Invalid([Problem(("code",), "UNKNOWN_CODE", (("value", entry.code),))])
        after = (
            entry if before is None else Entry(entry.code, entry.over(before).labels, before.titles.and_those_of(entry.titles))
        )
        if after.over(self.shipped.get(entry.code)) == self._seen(entry.code, before):
            return Outcome.UNCHANGED
        self.changed[entry.code] = after
        return Outcome.NEW if is_new else Outcome.CHANGED

    def relabelled(self) -> int:
        """How many of the codes that were known have other labels now."""
        seen = {code: self._seen(code, self.known.get(code)) for code in self.changed}
        now = {code: entry.over(self.shipped.get(code)) for code, entry in self.changed.items()}
        return sum(before is not None and before.labels != now[code].labels for code, before in seen.items())

    def _seen(self, code: str, entry: Entry | None) -> Entry | None:
        return entry.over(self.shipped.get(code)) if entry else self.shipped.get(code)


async def import_codes(settings: Settings, kind: str, path: Path, language: Language | None) -> int:
    """Prints what became of it; 1 when any line was bad. `language` is that of a table of titles; without it, the name of
    the file may tell."""
    report, name = Report(), LISTS[kind]
    with opened(path) as file:
        async with open_database_ready(settings) as database:
            with progress(report.say("IMPORT_BAR"), size(file), unit="B", scaled=True) as bar:
                said = await asyncio.to_thread(lambda: list(_read(file, language or _language_of(path), bar)))
                async with database.begin() as session:
                    await lock(session, f"import {name}")
                    intake = Intake(await imported(session, name), as_shipped(name).entries)
                    report.note({line: _take(intake, entry) for line, entry in said}, bar)
                    await _write(session, name, intake.changed)
    print(report.summary(), flush=True)
    if intake.changed:
        print(report.say("IMPORT_CODES_KNOWN", seconds=f"{PAUSE:.0f}"))
    if relabelled := intake.relabelled():
        print(report.say("IMPORT_RELABELLED", count=f"{relabelled:,}"))
    return 1 if report.bad else 0


def _language_of(path: Path) -> Language | None:
    found = LANGUAGE_IN_NAME.search(path.name)
    return Language(found[1].upper()) if found else None


def _read(file: BufferedReader, language: Language | None, bar: Bar) -> Iterator[tuple[int, Entry | Refused]]:
    """What each line says, by its number. Raises Failed for what is no table of codes."""
    rows, told = unpacked(file), 0
    header = next(rows, None)
    table = Table.headed(header or Line(1, 0, b""), language)
    for row in rows:
        if row.empty:
            continue
        try:
            yield row.number, table.read(row)
        except Refused as refusal:
            yield row.number, refusal
        if row.number % AT_ONCE == 0:
            told += _advance(file, bar, told)
    _advance(file, bar, told)


def _advance(file: BufferedReader, bar: Bar, told: int) -> int:
    """How much was read of the file itself since: what is packed in it is larger."""
    with suppress(OSError):  # a pipe does not know where it is
        steps = file.tell() - told
        bar.advance(steps)
        return steps
    return 0


def _take(intake: Intake, entry: Entry | Refused) -> Outcome | Refused:
    if isinstance(entry, Refused):
        return entry
    try:
        return intake.take(entry)
    except Refused as refusal:
        return refusal


async def _write(session: AsyncSession, name: ListName, changed: Mapping[str, Entry]) -> None:
    if not changed:
        return
    codes = list(changed)
    for start in range(0, len(codes), AT_ONCE):
        some = codes[start : start + AT_ONCE]
        await session.execute(delete(CodeEntry).where(CodeEntry.list_name == name, CodeEntry.code.in_(some)))
        await insert_rows(session, [_row(name, changed[code]) for code in some])
    version = await session.get(CodeListVersion, name) or CodeListVersion(list_name=name, version=0)
    version.version += 1
    session.add(version)


def _row(name: ListName, entry: Entry) -> CodeEntry:
    return CodeEntry(
        list_name=name,
        code=entry.code,
        fr=entry.labels.fr,
        en=entry.labels.en,
        titles_fr=list(entry.titles.fr),
        titles_en=list(entry.titles.en),
    )
