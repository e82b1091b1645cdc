"""Brings a database up to the newest shape, and tells whether the models agree with it."""

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
from models.database import Database


def configuration(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> None:
    """Brings an empty or older database to the newest shape. Does nothing to one that is there already."""
    async with database.engine.begin() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    command.upgrade(configuration(connection), "head")


async def is_newest(database: Database) -> bool:
    """Whether there is nothing to migrate. A database of a later release counts as another shape."""
    async with database.read() as session:
        return await (await session.connection()).run_sync(_is_newest)


def _is_newest(connection: Connection) -> bool:
    script = ScriptDirectory.from_config(configuration())
    return set(MigrationContext.configure(connection).get_current_heads()) == set(script.get_heads())


async def disagreements(database: Database) -> list[Any]:
    """What autogeneration would still change in a migrated database: nothing, when models and migrations agree."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_compare)


def _compare(connection: Connection) -> list[Any]:
    assert every.MODULES  # the metadata holds the tables of the modules that were imported
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))
