"""Brings the index in line with rows that changed: re-reads them, whatever was said of them, and writes what it finds."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from models.database import Database
from models.document import Kind
from search.engine import SearchEngine
from search.source import read_changes


async def refresh(engine: SearchEngine, database: Database, kind: Kind, ids: Collection[UUID], now: datetime) -> None:
    """What the rows say now is found when it returns. Safe to repeat, and to run beside another of the same rows. Give
    it many ids at once: a commit of the index costs more than a document. Raises Unavailable when the engine does not
    answer, Rejected when it will never take some of the documents."""
    batch = await engine.open_batch()  # before the rows are read
    await batch.write(await read_changes(database, kind, ids, now))
