"""A wake-up call from one process to the others, where the database carries one (PostgreSQL). It may get lost, and says nothing
that is not in the rows as well: whoever waits for it looks by itself now and then."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from models.database import Database

log = logging.getLogger("placement.bell")

AGAIN_AFTER = 1.0
"""Seconds until a line that broke is put up again."""
ASKED_EVERY = 30.0
"""Seconds after which a silent line is asked whether it still stands."""
LONGEST = 7_900
"""Characters that a message may have. PostgreSQL carries a few more."""


async def ring(database: Database, bell: str, message: str = "") -> None:
    """Wakes all who listen, this process among them. Called after the commit of what it is about: within that transaction it
    would make all others wait for each other. Raises nothing: they look by themselves."""
    if database.is_sqlite:
        return
    try:
        async with database.begin() as session:
            await session.execute(select(func.pg_notify(bell, message)))
    except Exception as reason:  # a database that is away
        log.warning("nobody was woken: %r", reason)


@asynccontextmanager
async def listening(database: Database, bell: str, heard: Callable[[str], None]) -> AsyncIterator[None]:
    """Tells `heard` of every message while the block lasts; of an empty one whenever some may have been missed. Does nothing on
    SQLite."""
    if database.is_sqlite:
        yield
        return
    line = asyncio.create_task(_keep_listening(database, bell, heard), name="bell")
    try:
        yield
    finally:
        line.cancel()
        with suppress(asyncio.CancelledError):
            await line


async def _keep_listening(database: Database, bell: str, heard: Callable[[str], None]) -> None:
    """On a connection of its own, which rests outside any transaction."""
    engine = create_async_engine(database.engine.url, hide_parameters=True, poolclass=NullPool)
    while True:
        try:
            async with engine.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await driver.add_listener(bell, lambda _connection, _process, _channel, message: heard(message))
                heard("")
                await _stands(driver)
        except Exception as reason:  # a database that is away
            log.warning("no wake-up calls are heard: %r", reason)
        await asyncio.sleep(AGAIN_AFTER)


async def _stands(driver: Any) -> None:
    """Returns when the connection has ended; raises when it does not answer."""
    ended = asyncio.Event()
    driver.add_termination_listener(lambda _connection: ended.set())
    while not ended.is_set() and not driver.is_closed():
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), ASKED_EVERY)
        if not ended.is_set():
            await driver.execute("SELECT 1", timeout=ASKED_EVERY)
