"""Imported entries of the lists of occupations and skills, and how a process keeps in step with them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.catalogue import ListName, put_back_afterwards, put_in_use
from models.code_list import Entry, Titles
from models.database import Database
from models.language import LocalizedText

logger = logging.getLogger(__name__)

PAUSE = 2.0
"""Seconds between two looks at whether something was imported."""


class CodeEntry(Base):
    """What was imported of one code. Entries stay: a code that was once known may be in use."""

    __tablename__ = "code_entry"

    list_name: Mapped[ListName] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    fr: Mapped[str | None]
    en: Mapped[str | None]
    titles_fr: Mapped[list[str]]
    titles_en: Mapped[list[str]]


class CodeListVersion(Base):
    """How often something was imported into a list; no row for never."""

    __tablename__ = "code_list_version"

    list_name: Mapped[ListName] = mapped_column(primary_key=True)
    version: Mapped[int]


Versions = Mapping[ListName, int]


async def imported(session: AsyncSession, name: ListName) -> dict[str, Entry]:
    """Every imported entry of the list, by code."""
    row = CodeEntry
    query = select(row.code, row.fr, row.en, row.titles_fr, row.titles_en).where(row.list_name == name)
    return {
        code: Entry(code, LocalizedText(fr, en), Titles(tuple(titles_fr), tuple(titles_en)))
        for code, fr, en, titles_fr, titles_en in await session.execute(query)
    }


@asynccontextmanager
async def kept_in_step(database: Database, pause: float = PAUSE) -> AsyncIterator[None]:
    """For the length of the block this process uses the lists as the database has them, whoever imports into it."""
    with put_back_afterwards():
        following = asyncio.create_task(_follow(database, await _look(database, {}), pause), name="code-lists")
        try:
            yield
        finally:
            following.cancel()
            await asyncio.wait((following,))


async def _follow(database: Database, seen: Versions, pause: float) -> None:
    while True:
        await asyncio.sleep(pause)
        seen = await _look(database, seen)


async def _look(database: Database, seen: Versions) -> Versions:
    """Puts in use what was imported since; answers what is in use by now. A database that is away changes nothing."""
    try:
        return await _read_anew(database, seen)
    except (SQLAlchemyError, OSError, LookupError) as reason:
        logger.warning("the lists of occupations and skills cannot be read: %r", reason)
        return seen


async def _read_anew(database: Database, seen: Versions) -> Versions:
    async with database.snapshot() as session:
        rows = await session.execute(select(CodeListVersion.list_name, CodeListVersion.version))
        versions = dict(rows.all())
        changed = {name: await imported(session, name) for name, version in versions.items() if seen.get(name) != version}
    if changed:
        await asyncio.to_thread(put_in_use, {name: entries.values() for name, entries in changed.items()})
    return versions
