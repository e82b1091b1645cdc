"""SQLite as a simulation can have it: nobody loses the power, so that it need not wait for the disk; and nobody else is there
meanwhile, so that a statement need not go to a thread of its own and back, which takes ten times as long as the statement."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import aiosqlite
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine


@contextmanager
def quick(engine: AsyncEngine) -> Iterator[None]:
    """For as long as the block lasts, in which nothing may be done side by side."""
    event.listen(engine.sync_engine, "connect", _prepare)
    with patch.object(aiosqlite.Connection, "_execute", _execute):
        yield


def _prepare(connection: Any, record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


async def _execute(self: aiosqlite.Connection, function: Callable[..., Any], *args: Any, **named: Any) -> Any:
    return function(*args, **named)
