"""Transactions: undone when they fail or are cancelled, and nothing stays locked behind them."""

import asyncio
import random
import sqlite3
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from models.database import Database, SqliteConnection, open_database
from models.employer import Employer
from tests.conftest import NOW


def employer(number: int) -> Employer:
    return Employer(id=UUID(int=number + 1), name="Scierie du Nord", neq=f"{number:010}", created_at=NOW)


async def add(database: Database, numbers: Iterable[int]) -> None:
    async with database.begin() as session:
        for number in numbers:
            session.add(employer(number))
            await session.flush()


async def count(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Employer)) or 0


async def test_what_fails_is_undone(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await add(database, (1, 2, 2))
    assert await count(database) == 0


async def test_a_cancelled_transaction_leaves_no_lock(database: Database) -> None:
    dice = random.Random(3)
    outcomes: list[BaseException | None] = []
    for turn in range(40):
        task = asyncio.create_task(add(database, range(turn * 10, turn * 10 + 5)))
        await asyncio.sleep(dice.uniform(0, 0.02))
        task.cancel()
        outcomes += await asyncio.gather(task, return_exceptions=True)  # kept, as a traceback that is logged would be
        await asyncio.wait_for(add(database, range(turn * 10 + 5, turn * 10 + 6)), timeout=8)
    of_cancelled = await count(database) - 40  # one that was cancelled during its commit may have been kept, then whole
    assert of_cancelled % 5 == 0
    assert of_cancelled >= 5 * outcomes.count(None)


async def test_a_reader_cannot_write(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite knows no transactions that may only read")
    async with database.read() as session:
        session.add(employer(1))
        with pytest.raises(DBAPIError, match="read-only"):
            await session.flush()
        await session.rollback()


async def test_each_query_of_a_reader_sees_what_is_committed_and_those_of_a_snapshot_one_instant(database: Database) -> None:
    counting = select(func.count()).select_from(Employer)
    async with database.read() as reader, database.snapshot() as snapshot:
        assert await reader.scalar(counting) == await snapshot.scalar(counting) == 0
        await add(database, [1])
        assert await reader.scalar(counting) == 1
        assert await snapshot.scalar(counting) == 0


async def process(database: Database) -> int:
    """The server's process behind a connection, which is held for a moment."""
    async with database.read() as session:
        number: int = (await session.scalars(text("SELECT pg_backend_pid() FROM pg_sleep(0.05)"))).one()
        return number


async def test_connections_that_were_cut_while_they_rested_are_replaced(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, other = open_database(postgresql_url), open_database(postgresql_url)
    cut = set(await asyncio.gather(*(process(database) for _ in range(5))))
    async with other.begin() as session:
        await session.execute(
            text("SELECT pg_terminate_backend(pid) FROM unnest(CAST(:cut AS int[])) AS pid"), {"cut": list(cut)}
        )
    monkeypatch.setattr("models.database.RESTED", 0)
    assert len(cut) == 5
    assert cut.isdisjoint(await asyncio.gather(*(process(database) for _ in range(5))))
    await asyncio.gather(database.close(), other.close())


@pytest.mark.parametrize(("factory", "locked"), [(SqliteConnection, False), (sqlite3.Connection, True)])
def test_a_closed_connection_lets_go_of_the_file_though_a_cursor_is_kept(
    tmp_path: Path, factory: type[sqlite3.Connection], locked: bool
) -> None:
    path = tmp_path / "kept.db"
    closed = sqlite3.connect(path, factory=factory, isolation_level=None)
    closed.executescript("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)")
    closed.execute("BEGIN IMMEDIATE")
    kept = closed.execute("SELECT a FROM t")
    kept.fetchone()
    closed.close()
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="locked") if locked else nullcontext():
        other.execute("BEGIN IMMEDIATE")
    other.close()
