"""Clauses as JSON, for what has to be verified later. Changes no meaning: what is read is what was written."""

from typing import Any

import orjson

from models.clause import (
    Adjacent,
    AllOf,
    AnyOf,
    Between,
    Clause,
    Everything,
    HasAny,
    HasSeveral,
    Not,
    Nothing,
    StartsWith,
)

Stored = list[Any]
"""The name of a kind of clause, and what it holds."""


def clause_to_json(clause: Clause) -> str:
    return orjson.dumps(_stored(clause)).decode()


def clause_from_json(stored: str) -> Clause:
    """Raises ValueError for what was not written here."""
    return _clause(orjson.loads(stored))


def _stored(clause: Clause) -> Stored:
    match clause:
        case Everything() | Nothing():
            return ["everything" if isinstance(clause, Everything) else "nothing"]
        case HasAny(field, values):
            return ["has", field, sorted(values)]
        case HasSeveral(field, values, least):
            return ["several", field, sorted(values), least]
        case Adjacent(field, words):
            return ["run", field, words]
        case StartsWith(field, prefix):
            return ["starts", field, prefix]
        case Between(field, least, most):
            return ["between", field, least, most]
        case AllOf(parts):
            return ["all", *map(_stored, parts)]
        case AnyOf(parts):
            return ["any", *map(_stored, parts)]
        case Not(part):
            return ["not", _stored(part)]


def _clause(stored: Stored) -> Clause:
    match stored:
        case ["has", field, values]:
            return HasAny(field, frozenset(values))
        case ["several", field, values, least]:
            return HasSeveral(field, frozenset(values), least)
        case ["run", field, words]:
            return Adjacent(field, tuple(words))
        case ["starts", field, prefix]:
            return StartsWith(field, prefix)
        case ["between", field, least, most]:
            return Between(field, least, most)
        case ["all", *parts]:
            return AllOf(tuple(map(_clause, parts)))
        case ["any", *parts]:
            return AnyOf(tuple(map(_clause, parts)))
        case ["not", part]:
            return Not(_clause(part))
        case ["everything" | "nothing"]:
            return Everything() if stored[0] == "everything" else Nothing()
    raise ValueError(f"not a clause: {stored!r}")
