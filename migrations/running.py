"""Brings a database up to the newest shape, and tells whether the models agree with it."""

import enum
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from models import every
from models.base import Base
from models.database import Database, open_database
from models.lock import lock


class Shape(enum.Enum):
    """Of a database, as this release sees it."""

    OLDER = enum.auto()
    NEWEST = enum.auto()
    LATER = enum.auto()
    """It was migrated by a release that came after this one."""


def configuration(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> None:
    """Brings an empty or older database to the newest shape, all the way or not at all. Does nothing to one that is there
    already, or has been brought there by somebody else in the meantime."""
    async with _without_foreign_keys(database) as migrating, migrating.begin() as session:
        await lock(session, "migrate")
        await (await session.connection()).run_sync(_upgrade)


@asynccontextmanager
async def _without_foreign_keys(database: Database) -> AsyncIterator[Database]:
    """On SQLite a table is changed by putting another in its place: what refers to it must not go with it."""
    if not database.is_sqlite:
        yield database
        return
    migrating = open_database(database.engine.url.render_as_string(hide_password=False), foreign_keys=False)
    try:
        yield migrating
    finally:
        await migrating.close()


def _upgrade(connection: Connection) -> None:
    command.upgrade(configuration(connection), "head")
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"rows refer to what is not there: {broken[:5]}")


async def shape_of(database: Database) -> Shape:
    async with database.read() as session:
        return await (await session.connection()).run_sync(_shape)


def _shape(connection: Connection) -> Shape:
    script = ScriptDirectory.from_config(configuration())
    current = set(MigrationContext.configure(connection).get_current_heads())
    if current == set(script.get_heads()):
        return Shape.NEWEST
    return Shape.OLDER if current <= {each.revision for each in script.walk_revisions()} else Shape.LATER


async def disagreements(database: Database) -> list[Any]:
    """What autogeneration would still change in a migrated database: nothing, when models and migrations agree."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_compare)


def _compare(connection: Connection) -> list[Any]:
    assert every.MODULES  # the metadata holds the tables of the modules that were imported
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))
