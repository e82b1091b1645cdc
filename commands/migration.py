"""Brings the database to the newest shape, or tells where the models and the migrations disagree."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from commands.database import connected, exists, first_line, place, shape
from commands.failure import Failed
from config import Settings
from migrations.running import Shape, disagreements, migrate, shape_of

NOT_MIGRATED = "the database at {place} could not be migrated, and is as it was: {reason}"
UNLIKE = {
    Shape.OLDER: "not at the newest shape: run `placement migrate`",
    Shape.LATER: "made by a later release of the service",
}


async def bring_up(settings: Settings) -> None:
    """Migrates the configured database."""
    database = connected(settings)
    try:
        if await shape(settings, database) is Shape.NEWEST:
            print(f"The database at {place(settings)} is at the newest shape already.")
            return
        print(f"Migrating the database at {place(settings)} …", flush=True)
        await migrate(database)
        print("It is at the newest shape.")
    except (OSError, DBAPIError) as error:
        raise Failed(NOT_MIGRATED.format(place=place(settings), reason=first_line(error))) from error
    finally:
        await database.close()


async def check(settings: Settings) -> int:
    """Prints every disagreement, of a database migrated from empty and of the configured one; 1 when there is any."""
    await connected(settings).close()  # an address that none can have is told first
    with tempfile.TemporaryDirectory() as folder:
        fresh = replace(settings, database_url=f"sqlite+aiosqlite:///{Path(folder) / 'fresh.db'}")
        found = await _listed("a database migrated from empty", fresh, fresh=True)
    if exists(settings):
        try:
            found += await _listed(place(settings), settings)
        except (OSError, DBAPIError) as error:
            print(f"{place(settings)}: not compared, it does not answer ({first_line(error)})")
    else:
        print(f"{place(settings)}: not compared, it was not made yet")
    return 1 if found else 0


async def _listed(name: str, settings: Settings, fresh: bool = False) -> int:
    database = connected(settings)
    try:
        if fresh:
            await migrate(database)
        unlike = UNLIKE.get(await shape_of(database))
        found = [unlike] if unlike else list(_sentences(await disagreements(database)))
    finally:
        await database.close()
    print(f"{name}: " + ("models and migrations disagree" if found else "as the models say"))
    print(*(f"  - {sentence}" for sentence in found), sep="\n", end="\n" if found else "")
    return len(found)


def _sentences(found: Iterable[Any]) -> Iterable[str]:
    """Alembic tells changes of a column as a list, and anything else as one tuple."""
    for each in found:
        yield from _sentences(each) if isinstance(each, list) else [_sentence(*each)]


def _sentence(change: str, *subjects: Any) -> str:
    """Of the subject itself, or of a column by the names of its table and its own."""
    things = [_name(subject) for subject in subjects if hasattr(subject, "name")]
    names = [subject for subject in subjects[:3] if isinstance(subject, str)]
    return f"{change.replace('_', ' ')}: {things[-1] if things else '.'.join(names)}"


def _name(subject: Any) -> str:
    table = getattr(getattr(subject, "table", None), "name", None)
    name = str(subject.name or subject)
    return f"{table}.{name}" if table else name
