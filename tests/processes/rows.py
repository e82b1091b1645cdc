"""What the database holds, read beside the processes that write it. Not a test itself."""

import asyncio
import time
from typing import Any

from sqlalchemy import Select, func, select

from models.database import Database
from models.deadline import Deadline, DeadlineKind
from models.outbox import OutboxEntry
from tests.processes.running import Installation


async def rows(database: Database, query: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    async with database.read() as session:
        return [tuple(row) for row in await session.execute(query)]


async def all_done(database: Database, installed: Installation, longest: float = 90.0) -> None:
    """Waits until nothing is owed any more, but for what the calendar will bring. What waits for a mail is looked for first: it
    is owed once it is gathered."""
    waiting = select(Deadline.kind, func.count()).where(Deadline.kind == DeadlineKind.LIVE_MAIL).group_by(Deadline.kind)
    owed = select(OutboxEntry.kind, func.count()).where(OutboxEntry.kind.not_like("%.ends")).group_by(OutboxEntry.kind)
    deadline = time.monotonic() + longest
    while left := await rows(database, owed) + await rows(database, waiting) + await rows(database, owed):
        assert time.monotonic() < deadline, f"still owed: {left}\n{installed.said()}"
        await asyncio.sleep(0.2)
