"""Every row that is kept, for tests that must show that nothing was written. Not a test itself."""

from collections.abc import Collection

from sqlalchemy import select

from models import every
from models.base import Base
from models.database import Database

assert every
ATTEMPTS = ("attempt", "registry_attempt", "registry_question")
"""What a wrong sign-in and a question to the registry leave behind, on purpose."""


Rows = dict[str, list[str]]


async def rows_of(database: Database, apart_from: Collection[str] = ()) -> Rows:
    """The rows of every table, as text and sorted: equal before and after when nothing was written, changed or removed."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in apart_from]
    async with database.read() as session:
        return {table.name: sorted(map(repr, await session.execute(select(table)))) for table in tables}


def written(before: Rows, after: Rows) -> Rows:
    """The rows of one that the other has not, by table: what a test shows when it fails."""
    differing = {name: sorted(set(before[name]) ^ set(after[name])) for name in before if before[name] != after[name]}
    return {name: rows or ["the same rows, another number of them"] for name, rows in differing.items()}
