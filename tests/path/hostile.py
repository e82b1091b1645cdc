"""What no client should send: for every place of every input, by walking its type, values that cannot be meant. Not a test
itself."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    get_nullable_type,
    is_required_input_field,
)

from schema.node import global_id

UNFIT = ["\x00", "soins\x00nuit", "\ud800", "nuit \udfff"]
ENORMOUS = ["é" * 100_001, " soins" * 20_000]
NO_IDS = ["", "x", "=", "QWdlbnQ6", global_id("Nothing", UUID(int=1)), global_id("__Type", UUID(int=0)), *UNFIT, *ENORMOUS]
"""Ids that name nothing."""
BY_TYPE: dict[str, list[Any]] = {
    "String": [1, 1.5, True, {}, ["x"], *UNFIT, *ENORMOUS],
    "ID": [1.5, True, {}, ["x"], 1, "", "0", "=", *UNFIT, *ENORMOUS],
    "Int": ["1", "", 1.5, True, {}, [], 2**31, -(2**31) - 1, 10**30, -1, 2**31 - 1],
    "Float": ["1", "", True, {}, [], float("inf"), float("nan"), 10**400, 1e308, -1.0, 0.0],
    "Boolean": ["true", "", 1, 0, {}, []],
    "Date": [
        *("2026-02-30", "2025-02-29", "0000-01-01", "10000-01-01", "2026-13-01", "2026-00-10", "-2026-01-01"),
        *("20260101", "2026-W01-1", "2026-1-1", "2026-01-01T00:00:00Z", " 2026-01-01", "٢٠٢٦-٠١-٠١", "today", ""),
        *(20260101, 1.5, True, {}, [], "\x00", "\ud800", "2" * 100_001),
    ],
}
MANY = 10_000
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where a value stands in an input, its type, and what stands there when the input is in order."""

    path: Path
    of: GraphQLInputType
    required: bool
    usual: Any


def places(of: GraphQLInputObjectType, usual: Any, path: Path = ()) -> Iterator[Place]:
    """Every place of an input, those inside of lists and objects as well."""
    for name, each in of.fields.items():
        yield from _places(each.type, (usual or {}).get(name), (*path, name), is_required_input_field(each))


def _places(of: GraphQLInputType, usual: Any, path: Path, required: bool) -> Iterator[Place]:
    yield Place(path, of, required, usual)
    nullable = get_nullable_type(of)
    if isinstance(nullable, GraphQLList):
        yield from _places(nullable.of_type, (usual or [None])[0], (*path, 0), required=True)
    elif isinstance(nullable, GraphQLInputObjectType):
        yield from places(nullable, usual, path)


def hostile(place: Place) -> Iterator[Any]:
    """Values that cannot be accepted there."""
    if place.required:
        yield None
    of = get_nullable_type(place.of)
    if isinstance(of, GraphQLList):
        yield from ([place.usual[0] if place.usual else "x"] * MANY, [[]], [None], {})
    elif isinstance(of, GraphQLInputObjectType):
        yield from ("", "x", 1, True, [1], {"nobody": 1}, {"\x00": 1})
    elif isinstance(of, GraphQLEnumType):
        yield from ("", "NOPE", next(iter(of.values)).lower(), 0, True, {}, *UNFIT, ENORMOUS[0])
    else:
        yield from BY_TYPE[_name(of)]


def _name(of: Any) -> str:
    assert isinstance(of, GraphQLNamedType)
    return of.name


def replaced(entered: Any, path: Path, value: Any) -> Any:
    """A copy of the input with another value at that place; what leads to it is made where there is nothing."""
    if not path:
        return value
    first, *rest = path
    if isinstance(first, int):
        return [replaced((entered or [None])[0], tuple(rest), value)]
    return {**deepcopy(entered or {}), first: replaced((entered or {}).get(first), tuple(rest), value)}


def shown(value: Any) -> str:
    """The value as a failing test tells of it."""
    return repr(value) if len(repr(value)) < 80 else f"{repr(value)[:60]}… of {len(repr(value))}"
