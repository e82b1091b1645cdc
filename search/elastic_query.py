"""Translates clauses to Elasticsearch's query language. `models.clause.holds` says what they must find.

Every clause is a filter; only what is weighted scores."""

from collections.abc import Mapping, Sequence

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
    Weighted,
)
from models.document import ID, NUMBERS, Kind
from search.layout import LEAST_WHOLE, MOST_WHOLE, known_field

Body = Mapping[str, object]

MOST_TERMS = 65_536
"""Values that one query of terms may have, by the server's default."""
STANDING: Body = {"bool": {"must_not": [{"term": {"removed": True}}]}}
"""No tombstone."""


def filter_of(kind: Kind, clause: Clause) -> Body:
    match clause:
        case Everything() | Nothing():
            return {"match_all": {}} if isinstance(clause, Everything) else {"match_none": {}}
        case HasAny(field, values):
            return _has_any(field if field == ID else known_field(kind, field), sorted(values))
        case HasSeveral(field, values, least):
            return _has_several(known_field(kind, field), sorted(values), least)
        case Adjacent(field, words):
            return {"match_phrase": {known_field(kind, field): {"query": " ".join(words)}}}
        case StartsWith(field, prefix):
            return {"prefix": {known_field(kind, field): {"value": prefix}}}
        case Between(field, least, most):
            return _between(kind, known_field(kind, field), least, most)
        case AllOf(parts):
            wanted = [filter_of(kind, part) for part in parts if not isinstance(part, Not)]
            unwanted = [filter_of(kind, part.part) for part in parts if isinstance(part, Not)]
            return {"bool": {"filter": wanted or [{"match_all": {}}], "must_not": unwanted}}
        case AnyOf(parts):
            return _any_of([filter_of(kind, part) for part in parts])
        case Not(part):
            return {"bool": {"filter": [{"match_all": {}}], "must_not": [filter_of(kind, part)]}}


def scores_of(kind: Kind, weights: Sequence[Weighted]) -> list[Body]:
    """A constant for each, so that scores are counts."""
    return [{"constant_score": {"filter": filter_of(kind, part), "boost": weight}} for part, weight in weights]


def _has_any(field: str, values: Sequence[str]) -> Body:
    groups = [values[start : start + MOST_TERMS] for start in range(0, len(values), MOST_TERMS)]
    return _any_of([{"terms": {field: group}} for group in groups])


def _has_several(field: str, values: Sequence[str], least: int) -> Body:
    """More than there are is found nowhere, which the server would take for all of them."""
    if least <= 0:
        return {"match_all": {}}
    found = [{"term": {field: value}} for value in values]
    return {"bool": {"should": found, "minimum_should_match": least}} if least <= len(found) else {"match_none": {}}


def _any_of(queries: Sequence[Body]) -> Body:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else {"match_none": {}}


def _between(kind: Kind, field: str, least: int | None, most: int | None) -> Body:
    lowest = LEAST_WHOLE if least is None else max(least, LEAST_WHOLE)
    highest = MOST_WHOLE if most is None else min(most, MOST_WHOLE)
    if field not in NUMBERS[kind] or lowest > highest:
        return {"match_none": {}}
    return {"range": {field: {"gte": lowest, "lte": highest}}}
