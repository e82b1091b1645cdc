"""Pages of what belongs to several objects. Siblings in an operation, such as the offers of a page, ask for theirs together: that
costs as many statements for all of them as for one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.joint_reading import Reading
from resolvers.context import Context
from resolvers.pages import PageRequest, Slice, keyset_cursor, newest_first, read_keyset_cursor


@dataclass(frozen=True)
class PageOf:
    """A page of what belongs to an object, as one operation asks for it."""

    context: Context = field(compare=False, repr=False)
    owner: UUID
    page: PageRequest


@dataclass(frozen=True)
class Belonging:
    """Whose each row of a query is, and what orders the rows of one: newest first, then by id. The last two are columns of what
    the query selects first."""

    of: InstrumentedAttribute[UUID]
    at: InstrumentedAttribute[datetime]
    key: InstrumentedAttribute[UUID]


async def page_of(context: Context, reading: Reading[PageOf, Slice[Any]], owner: UUID, page: PageRequest) -> Slice[Any]:
    """What the reading answers. Raises Invalid for a page that is none, before siblings could be refused with it."""
    page.check()
    if page.after is not None:
        read_keyset_cursor(page.after)
    found = await context.siblings.ask(reading, PageOf(context, owner, page))
    assert found is not None  # newest_of_each answers everybody
    return found


async def newest_of_each(
    session: AsyncSession, query: "Select[*tuple[Any, ...]]", belonging: Belonging, asked: Sequence[PageOf]
) -> dict[PageOf, Slice[Any]]:
    """The pages that were asked for: two statements for those that are alike."""
    found: dict[PageOf, Slice[Any]] = {}
    for page in dict.fromkeys(each.page for each in asked):
        alike = [each for each in asked if each.page == page]
        found |= await _alike(session, query, belonging, alike)
    return found


async def _alike(
    session: AsyncSession, query: "Select[*tuple[Any, ...]]", belonging: Belonging, asked: Sequence[PageOf]
) -> dict[PageOf, Slice[Any]]:
    owners, page = [each.owner for each in asked], asked[0].page
    query = query.where(belonging.of.in_(owners))
    if len(asked) == 1:  # can stop after a page, where many are ranked first
        return {asked[0]: await newest_first(session, query, belonging.at, belonging.key, page)}
    totals = await _totals(session, query, belonging)
    rows: defaultdict[UUID, list[Any]] = defaultdict(list)
    for *row, owner in await session.execute(_first_of_each(query, belonging, page)):
        rows[owner].append(row)
    return {each: _slice(rows[each.owner], belonging, page, totals.get(each.owner, 0)) for each in asked}


async def _totals(session: AsyncSession, query: "Select[*tuple[Any, ...]]", belonging: Belonging) -> dict[UUID, int]:
    owners = query.with_only_columns(belonging.of.label("owner"), maintain_column_froms=True).subquery()
    counted = select(owners.c.owner, func.count()).group_by(owners.c.owner)
    return {row[0]: row[1] for row in await session.execute(counted)}


def _first_of_each(query: "Select[*tuple[Any, ...]]", belonging: Belonging, page: PageRequest) -> "Select[*tuple[Any, ...]]":
    """As many as the page has of each, and one more; whose each is, comes last."""
    order = (belonging.at.desc(), belonging.key.desc())
    place = func.row_number().over(partition_by=belonging.of, order_by=order).label("place")
    columns = (belonging.of.label("owner"), belonging.key.label("key"), place)
    ranked = query.with_only_columns(*columns, maintain_column_froms=True).where(*_beyond(belonging, page.after)).subquery()
    among = and_(ranked.c.key == belonging.key, ranked.c.owner == belonging.of, ranked.c.place <= page.first + 1)
    return query.join(ranked, among).add_columns(ranked.c.owner).order_by(*order)


def _beyond(belonging: Belonging, after: str | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    last, last_key = read_keyset_cursor(after)
    return [or_(belonging.at < last, and_(belonging.at == last, belonging.key < last_key))]


def _slice(rows: Sequence[Any], belonging: Belonging, page: PageRequest, total: int) -> Slice[Any]:
    items = [
        (keyset_cursor(getattr(row[0], belonging.at.key), getattr(row[0], belonging.key.key)), row) for row in rows[: page.first]
    ]
    return Slice(items, has_next=len(rows) > page.first, has_previous=page.after is not None, total=total)
