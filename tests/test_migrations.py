"""Migrations: from empty to the newest shape, the same as the models say, on each kind of database."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from migrations.running import disagreements, migrate
from models.base import Base
from models.database import Database, open_database
from tests.conftest import copy_of


async def test_a_migrated_database_is_what_the_models_say(database: Database) -> None:
    assert await disagreements(database) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    async with database.engine.connect() as connection:
        tables = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    assert tables == {*Base.metadata.tables, "alembic_version"}


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/empty.db"
        return
    request.getfixturevalue("postgresql_template")  # or there is none to be had
    async with copy_of("template0") as url:
        yield url


async def test_of_several_that_migrate_at_once_one_does_and_the_others_find_it_done(empty_url: str) -> None:
    databases = [open_database(empty_url) for _ in range(3)]
    await asyncio.gather(*map(migrate, databases))
    assert await disagreements(databases[0]) == []
    for database in databases:
        await database.close()


async def test_a_missing_table_is_noticed(tmp_path: Path) -> None:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path}/empty.db")
    assert len(await disagreements(database)) >= len(Base.metadata.tables)
    await database.close()
