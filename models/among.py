"""The condition that a column has one of many values, as one parameter on either database: the statement is the same however
many there are, and no limit of parameters is met."""

from collections.abc import Iterable
from typing import TypeVar

import orjson
from sqlalchemy import ARRAY, ColumnElement, any_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

T = TypeVar("T")


def among(session: AsyncSession, column: InstrumentedAttribute[T], values: Iterable[T]) -> ColumnElement[bool]:
    """For columns of text and of ids."""
    dialect = session.get_bind().dialect
    if dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    as_stored = column.type.dialect_impl(dialect).bind_processor(dialect) or str
    listed = func.json_each(orjson.dumps([as_stored(each) for each in values]).decode()).table_valued("value")
    return column.in_(select(listed.c.value))
