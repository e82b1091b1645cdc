"""Takes in a file of job offers or candidacies. Line by line it says what is wrong; what is right goes in, once however
often the file is imported."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy.exc import IntegrityError

from bootstrap import Resources
from commands.database import open_ready
from commands.import_candidacies import CandidacyIntake
from commands.import_entry import Entry, Intake, Outcome, read_entry
from commands.import_file import opened, size
from commands.import_job_offers import JobOfferIntake
from commands.import_lines import Line, lines
from commands.import_report import Report
from commands.indexing import bring_in_line
from commands.progress import progress
from commands.sandbox import Sandbox
from config import Settings
from errors import Refused

TOGETHER = 200
"""Lines that are done in one transaction."""
TRIES = 3
"""For a batch that meets a write of somebody else, or draws a public number that is taken."""


@dataclass
class Batch:
    """Lines that follow each other, no two of which have one key. `size` is in bytes."""

    entries: dict[tuple[str, str], Entry[Any]] = field(default_factory=dict)
    refused: dict[int, Outcome | Refused] = field(default_factory=dict)
    size: int = 0

    @property
    def full(self) -> bool:
        return len(self.entries) + len(self.refused) >= TOGETHER


async def import_file(settings: Settings, kind: str, path: Path, owner: str | None) -> int:
    """Prints what became of it; 1 when any line was bad. `owner` is for lines that do not say whose they are."""
    report = Report()
    with opened(path) as file:
        async with open_ready(settings) as resources:
            intake = await _intake(resources, kind)
            with progress(report.say("IMPORT_BAR"), size(file), unit="B", scaled=True) as bar:
                for batch in _batches(file, intake(), owner):
                    report.note({**batch.refused, **await _take(resources, intake, batch)}, bar)
                    bar.advance(batch.size)
            print(report.summary(), flush=True)
            await bring_in_line(resources)
    return 1 if report.bad else 0


async def _intake(resources: Resources, kind: str) -> Callable[[], Intake[Any]]:
    """Makes an intake for each batch: the clock goes on while a long file is read."""
    if kind == "job-offers":
        return lambda: JobOfferIntake(resources.now())
    if resources.settings.production or resources.settings.registry_url != "sandbox:":
        return lambda: CandidacyIntake(resources.now(), resources.vault, None)
    nobodys = await resources.passwords.hash(secrets.token_urlsafe())
    return lambda: CandidacyIntake(resources.now(), resources.vault, Sandbox(resources.vault, nobodys, resources.now()))


def _batches(file: BinaryIO, intake: Intake[Any], owner: str | None) -> Iterator[Batch]:
    batch = Batch()
    for line in lines(file):
        entry = _entry(line, intake, owner)
        if batch.full or (isinstance(entry, Entry) and entry.key in batch.entries):
            yield batch
            batch = Batch()
        batch.size += line.size
        if isinstance(entry, Entry):
            batch.entries[entry.key] = entry
        elif entry is not None:
            batch.refused[line.number] = entry
    yield batch


def _entry(line: Line, intake: Intake[Any], owner: str | None) -> Entry[Any] | Refused | None:
    """None for an empty line."""
    if line.empty:
        return None
    try:
        return read_entry(line.number, line.read(), intake, owner)
    except Refused as refusal:
        return refusal


async def _take(resources: Resources, intake: Callable[[], Intake[Any]], batch: Batch) -> Mapping[int, Outcome | Refused]:
    """All of it or, when this raises, nothing."""
    for tries_left in reversed(range(TRIES)):
        try:
            async with resources.database.begin() as session:
                return await intake().take(session, list(batch.entries.values()))
        except IntegrityError:
            if not tries_left:
                raise
    return {}
