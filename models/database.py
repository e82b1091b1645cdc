"""Opening the database: one engine for a process, and transactions that mean the same on PostgreSQL and SQLite."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import Any

import orjson
from sqlalchemy import event
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

RESTED = 1.0
"""Seconds after which a connection that nobody used is asked whether it still stands: that costs three ways to the server."""
_SHARED: Mapping[str, Any] = {"hide_parameters": True, "json_deserializer": orjson.loads}
BUSY_MILLISECONDS = 10_000
"""How long a writer waits for another on SQLite before it gives up."""


class Database:
    """Hands out transactions. Rows stay readable after one ends: nothing loads lazily."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.in_hand: set[int] = set()
        """Entries of the outbox that this process works on, where rows cannot be locked; `taking` is held to add some."""
        self.taking = asyncio.Lock()
        self._turn = asyncio.Lock()
        reading = engine.execution_options(begins="", postgresql_readonly=True)
        still = {"begins": "BEGIN"} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._writing = async_sessionmaker(engine, expire_on_commit=False)
        self._reading = async_sessionmaker(reading, expire_on_commit=False)
        self._snapshot = async_sessionmaker(reading.execution_options(**still), expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def begin(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction that may write. It commits when the block ends, and is undone when the block raises."""
        return self._in_turn() if self.is_sqlite else self._writing.begin()

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[AsyncSession]:
        """SQLite has one writer at a time and leaves it to chance which of those that wait is next: within a process it is
        the one that has waited longest. Who has waited too long takes the chance."""
        async with AsyncExitStack() as turn:
            with suppress(TimeoutError):
                await asyncio.wait_for(turn.enter_async_context(self._turn), BUSY_MILLISECONDS / 1000)
            async with self._writing.begin() as session:
                yield session

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Only reads, and never waits for a writer. Each query sees what was committed before it began. PostgreSQL refuses to
        write here; SQLite would do so at once, and undo nothing."""
        return self._reading.begin()

    def snapshot(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Only reads, and every query sees the same instant."""
        return self._snapshot.begin()

    async def close(self) -> None:
        await self.engine.dispose()


def open_database(url: str, *, foreign_keys: bool = True) -> Database:
    """For `postgresql+asyncpg://` and `sqlite+aiosqlite://`. The folder of a SQLite file must exist. Without foreign keys
    SQLite lets a table be put in the place of another that rows refer to, as migrations there have to."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_async_engine(url, **_SHARED, pool_size=20, max_overflow=20)
        event.listen(engine.sync_engine, "checkin", _note_its_return)
        event.listen(engine.sync_engine, "checkout", partial(_require_standing, engine.dialect))
        return Database(engine)
    engine = create_async_engine(url, **_SHARED, connect_args={"factory": SqliteConnection})
    event.listen(engine.sync_engine, "connect", partial(_prepare_sqlite, foreign_keys))
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return Database(engine)


def _note_its_return(connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["returned"] = time.monotonic()


def _require_standing(dialect: Dialect, connection: Any, record: ConnectionPoolEntry, proxy: object) -> None:
    """One that was cut while it rested is replaced by a new one, and so are all that are older."""
    if time.monotonic() - record.info.get("returned", time.monotonic()) < RESTED:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as problem:
        raise InvalidatePoolError from problem


class SqliteConnection(sqlite3.Connection):
    """Undoes what was not committed before it closes. A connection whose operation was cancelled is closed while a cursor
    of it is still referred to somewhere; SQLite would keep it, and its lock, until that is collected."""

    def close(self) -> None:
        if self.in_transaction:
            self.rollback()
        super().close()


def _prepare_sqlite(foreign_keys: bool, connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    enforced = f"foreign_keys={'ON' if foreign_keys else 'OFF'}"
    overwritten = "secure_delete=ON"  # what was erased is not to be read in the file either
    for pragma in ("journal_mode=WAL", "synchronous=FULL", overwritten, enforced, f"busy_timeout={BUSY_MILLISECONDS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """A writing transaction takes the write lock at its start: one that read first could not be sure to write later. Queries of
    which each may see another instant need none: it would take as long as a query."""
    if begins := connection.get_execution_options().get("begins", "BEGIN IMMEDIATE"):
        connection.exec_driver_sql(begins)
