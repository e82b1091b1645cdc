"""Pages of lists: how long one may be, and keyset cursors for lists that the database orders."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from errors import Invalid, Problem
from models.checks import Checks

LONGEST_PAGE = 100
T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class PageRequest:
    """`first` items after the one with the cursor `after`."""

    first: int = 20
    after: str | None = None

    def check(self) -> None:
        """Raises Invalid unless the page has from 1 to 100 items."""
        checks = Checks()
        checks.require("first", 1 <= self.first <= LONGEST_PAGE, "PAGE_SIZE", least="1", most=str(LONGEST_PAGE))
        checks.done()


@dataclass(frozen=True)
class Slice(Generic[T]):
    """One page of rows with the cursor of each, and how many there are in all."""

    items: list[tuple[str, T]]
    has_next: bool
    has_previous: bool
    total: int

    def each(self, make: Callable[[T], U]) -> "Slice[U]":
        """The same page with something made of each item."""
        return Slice([(cursor, make(item)) for cursor, item in self.items], self.has_next, self.has_previous, self.total)


NO_ITEMS: Slice[Any] = Slice([], has_next=False, has_previous=False, total=0)


def keyset_cursor(at: datetime, key: UUID) -> str:
    """A place in a list ordered by an instant and then by id."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{key.hex}".encode()).decode()


def read_keyset_cursor(cursor: str) -> tuple[datetime, UUID]:
    """Raises Invalid for anything that no list gave."""
    try:
        at, key = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
        instant = datetime.fromisoformat(at)
        if instant.tzinfo is None:
            raise ValueError("no time zone")
        return instant.astimezone(UTC), UUID(key)
    except (ValueError, OverflowError) as error:
        raise Invalid([Problem(("after",), "INVALID_CURSOR")]) from error


async def newest_first(
    session: AsyncSession,
    query: "Select[*tuple[Any, ...]]",
    at: InstrumentedAttribute[datetime],
    key: InstrumentedAttribute[UUID],
    page: PageRequest,
) -> Slice[Any]:
    """A page of a query's rows ordered by an instant, newest first, and then by id."""
    page.check()
    total = await session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    if page.after is not None:
        last, last_key = read_keyset_cursor(page.after)
        query = query.where(or_(at < last, and_(at == last, key < last_key)))
    rows = (await session.execute(query.order_by(at.desc(), key.desc()).limit(page.first + 1))).all()
    items = [(keyset_cursor(getattr(row[0], at.key), getattr(row[0], key.key)), row) for row in rows[: page.first]]
    return Slice(items, has_next=len(rows) > page.first, has_previous=page.after is not None, total=total or 0)
