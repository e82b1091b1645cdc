"""Brings the index in line with rows that changed: re-reads them, whatever was said of them, and writes what it finds."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from models.database import Database
from models.document import Document, Kind
from search.engine import Batch, Rejected, Removal, SearchEngine
from search.source import read_changes

GROUP = 1_000
"""Documents in one commit of an embedded index; in twice as many commits they would take twice the time."""


async def refresh(engine: SearchEngine, database: Database, kind: Kind, ids: Collection[UUID], now: datetime) -> None:
    """What the rows say now is found when it returns. Safe to repeat, and to run beside another of the same rows. Give
    it many ids at once: a commit of the index costs more than a document. Raises Unavailable when the engine does not
    answer, Rejected when it will never take some of the documents."""
    writer, wanted = _Writer(await engine.open_batch()), list(dict.fromkeys(ids))  # before the rows are read
    try:
        for start in range(0, len(wanted), GROUP):
            await writer.write(await read_changes(database, kind, wanted[start : start + GROUP], now))
    finally:
        await writer.done()
    if writer.refused:
        raise Rejected(writer.refused)


class _Writer:
    """Writes some documents while the next are being read and analysed."""

    def __init__(self, batch: Batch) -> None:
        self.refused: dict[UUID, str] = {}
        self._batch = batch
        self._writing: asyncio.Task[None] | None = None

    async def write(self, changes: Sequence[Document | Removal]) -> None:
        """Begins to, once what came before is written. Raises what that raised."""
        await self.done()
        self._writing = asyncio.create_task(self._write(changes))

    async def done(self) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            await writing

    async def _write(self, changes: Sequence[Document | Removal]) -> None:
        try:
            await self._batch.write(changes)
        except Rejected as refusal:
            self.refused |= refusal.reasons
