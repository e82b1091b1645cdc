"""Writes many new rows at once, several times faster than a session does that keeps an eye on each."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, insert, inspect
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import Base


class NewRows:
    """Gathers rows to be written together, those that others refer to first."""

    def __init__(self) -> None:
        self._rows: defaultdict[Table, list[Base]] = defaultdict(list)

    def add(self, instance: object, /) -> None:
        assert isinstance(instance, Base)
        self._rows[_table(instance)].append(instance)

    def add_all(self, other: "NewRows") -> None:
        for table, rows in other._rows.items():
            self._rows[table] += rows

    async def write(self, session: AsyncSession) -> None:
        for table in Base.metadata.sorted_tables:
            await insert_rows(session, self._rows[table])


async def insert_rows(session: AsyncSession, rows: Sequence[Base]) -> None:
    """In one statement, rows of one table. What none of them sets gets the column's default; what only some of them set is
    null in the others. The session does not know them afterwards."""
    if rows:
        given = [inspect(row).dict for row in rows]
        columns = inspect(type(rows[0])).column_attrs.keys()
        names = [name for name in columns if any(name in each for each in given)]
        values: list[dict[str, Any]] = [{name: each.get(name) for name in names} for each in given]
        await session.execute(insert(_table(rows[0])), values)


def _table(row: Base) -> Table:
    table = type(row).__table__
    assert isinstance(table, Table)
    return table
