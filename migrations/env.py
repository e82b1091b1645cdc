"""Run by Alembic, on a connection that is given to it or, for the command that writes a new migration, on a new one."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Enum

from models import every
from models.base import Base, Instant

assert every.MODULES


def render_item(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Our own column types are written as what they are in the database: a migration must not change with the code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
