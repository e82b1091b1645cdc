"""Everything that is held about the caller, to be taken along. Reads only, in one reading; what each table gives is in
models.personal_data."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import count, exports
from auth.vault import Vault
from models.personal_data import HELD, Held, exported_name
from resolvers.context import Context

Value = Any
"""What JSON can say."""


@dataclass(frozen=True)
class PersonalData:
    """What was held at that instant, by the keys of models.personal_data and in their order."""

    made_at: datetime
    held: Mapping[str, Value]


async def export(context: Context) -> PersonalData:
    """Raises LimitReached after ten in a day."""
    async with context.database.begin() as session:
        await count(session, exports(context.vault, context.account_id), context.now())
    async with context.database.snapshot() as session:
        held = {each.key: await _part(session, context, each) for each in HELD if each.key}
    made_at = context.now()
    return PersonalData(made_at, {"madeAt": _instant(made_at), **held})


async def _part(session: AsyncSession, context: Context, held: Held) -> Value:
    table = inspect(held.row).local_table
    assert isinstance(table, Table)
    columns = [table.c[name].label(exported_name(name)) for name in held.columns]
    beside = [query.label(name) for name, query in held.beside.items()]
    order = [table.c[held.by]] if held.by else []
    query = select(*columns, *beside).where(held.theirs(context.account_id)).order_by(*order, *table.primary_key)
    rows = (await session.execute(query)).mappings()
    found = [{key: _plain(value, context.vault, context.account_id) for key, value in row.items()} for row in rows]
    return next(iter(found), None) if held.one else found


def _plain(value: object, vault: Vault, person: UUID) -> Value:
    """Certificate numbers are sealed for their person's file, and opened for their person."""
    match value:
        case bytes():
            return vault.open(value, person.bytes)
        case datetime():
            return _instant(value)
        case date():
            return value.isoformat()
        case enum.Enum():
            return value.value
        case UUID():
            return str(value)
    return value


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
