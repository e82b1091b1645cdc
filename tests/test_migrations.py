"""Migrations: from empty to the newest shape, the same as the models say, on each kind of database."""

from pathlib import Path

from sqlalchemy import inspect

from migrations.running import disagreements, migrate
from models.base import Base
from models.database import Database, open_database


async def test_a_migrated_database_is_what_the_models_say(database: Database) -> None:
    assert await disagreements(database) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    async with database.engine.connect() as connection:
        tables = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    assert tables == {*Base.metadata.tables, "alembic_version"}


async def test_a_missing_table_is_noticed(tmp_path: Path) -> None:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path}/empty.db")
    assert len(await disagreements(database)) >= len(Base.metadata.tables)
    await database.close()
