"""The scalars of the API that GraphQL does not have: instants, days, cursors."""

from datetime import UTC, date, datetime
from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from models.calendar import read_day

Cursor = NewType("Cursor", str)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read_instant(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("an instant is a string such as 2026-05-01T12:30:00Z")
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone, such as the Z in 2026-05-01T12:30:00Z")
    return instant


def _read_day(value: object) -> date:
    return read_day(value if isinstance(value, str) else "")


def _read_cursor(value: object) -> Cursor:
    if not isinstance(value, str):
        raise ValueError("a cursor is a string that an earlier answer gave")
    return Cursor(value)


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime", description="An instant: RFC 3339, in UTC.", serialize=_instant, parse_value=_read_instant
    ),
    date: strawberry.scalar(
        name="Date", description="A day in Québec: YYYY-MM-DD.", serialize=date.isoformat, parse_value=_read_day
    ),
    Cursor: strawberry.scalar(
        name="Cursor", description="Opaque: a place in a list or stream.", serialize=str, parse_value=_read_cursor
    ),
}
