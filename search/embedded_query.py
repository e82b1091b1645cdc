"""Translates clauses to Tantivy's query objects, never to query strings. `models.clause.holds` says what they must find."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import tantivy
from tantivy import FieldType, Occur, Query

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
from search.embedded_schema import ID_HIGH, ID_LOW, REMOVED, halves, schema
from search.layout import LEAST_WHOLE, MOST_WHOLE, known_field

FEW = 40
"""Values up to which a choice of terms is walked together with the rest of the query; a set of terms is gathered first."""


@dataclass(frozen=True)
class Translator:
    kind: Kind
    schema: tantivy.Schema

    @classmethod
    def of(cls, kind: Kind) -> "Translator":
        return cls(kind, schema(kind))

    def found(self, clause: Clause) -> Query:
        """What the clause finds, tombstones never."""
        return without(self.filter(clause), [self.equal(REMOVED, 1)])

    def filter(self, clause: Clause) -> Query:
        match clause:
            case Everything() | Nothing():
                return Query.all_query() if isinstance(clause, Everything) else Query.empty_query()
            case HasAny(field, values):
                return self._one_of(values) if field == ID else self._has_any(known_field(self.kind, field), sorted(values))
            case HasSeveral(field, values, least):
                return self._has_several(known_field(self.kind, field), sorted(values), least)
            case Adjacent(field, words):
                return self._adjacent(known_field(self.kind, field), words)
            case StartsWith(field, prefix):
                return self._starts_with(known_field(self.kind, field), prefix)
            case Between(field, least, most):
                return self._between(known_field(self.kind, field), least, most)
            case AllOf(parts):
                return self._all_of(parts)
            case AnyOf(parts):
                return any_of(self.filter(part) for part in parts)
            case Not(part):
                return without(Query.all_query(), [self.filter(part)])

    def scores(self, weights: Sequence[Weighted]) -> "Scores":
        return Scores([(self.filter(part), weight) for part, weight in weights])

    def equal(self, field: str, value: int | str) -> Query:
        return equal(self.schema, field, value)

    def below(self, field: str, value: int) -> Query:
        return Query.range_query(self.schema, field, FieldType.Integer, None, value, include_upper=False)

    def beyond(self, field: str, value: int) -> Query:
        return Query.range_query(self.schema, field, FieldType.Integer, value, None, include_lower=False)

    def _all_of(self, parts: tuple[Clause, ...]) -> Query:
        wanted = [self.filter(part) for part in parts if not isinstance(part, Not)]
        unwanted = [self.filter(part.part) for part in parts if isinstance(part, Not)]
        base = all_of(wanted) if wanted else Query.all_query()
        return without(base, unwanted) if unwanted else base

    def _has_any(self, field: str, values: list[str]) -> Query:
        if len(values) > FEW:
            return Query.term_set_query(self.schema, field, values)
        terms = [self.equal(field, value) for value in values]
        return terms[0] if len(terms) == 1 else any_of(terms)

    def _has_several(self, field: str, values: list[str], least: int) -> Query:
        return at_least([self.equal(field, value) for value in values], least)

    def _one_of(self, values: Iterable[str]) -> Query:
        """Of many, the first half of each is enough: ids are random, no two share it."""
        ids = [halves(UUID(value)) for value in sorted(values)]
        if len(ids) > FEW:
            return Query.term_set_query(self.schema, ID_HIGH, [high for high, _ in ids])
        return any_of(all_of((self.equal(ID_HIGH, high), self.equal(ID_LOW, low))) for high, low in ids)

    def _adjacent(self, field: str, words: tuple[str, ...]) -> Query:
        if len(words) == 1:  # a phrase of one word makes the engine panic
            return self.equal(field, words[0])
        return Query.phrase_query(self.schema, field, list(words))

    def _starts_with(self, field: str, prefix: str) -> Query:
        """A fuzzy term without any error allowed: unlike a prefix phrase it has no limit on the terms it expands to, and
        unlike a regular expression it reads every character as itself."""
        return Query.fuzzy_term_query(self.schema, field, prefix, distance=0, prefix=True)

    def _between(self, field: str, least: int | None, most: int | None) -> Query:
        if field not in NUMBERS[self.kind]:
            return Query.empty_query()
        lowest = LEAST_WHOLE if least is None else max(least, LEAST_WHOLE)
        highest = MOST_WHOLE if most is None else min(most, MOST_WHOLE)
        if lowest > highest:
            return Query.empty_query()
        return Query.range_query(self.schema, field, FieldType.Integer, lowest, highest)


@dataclass(frozen=True)
class Scores:
    """Queries, and what a document gains that each finds."""

    parts: Sequence[tuple[Query, int]]

    def scoring(self, found: Query) -> Query:
        """Everything found, with its score."""
        gained = any_of(Query.const_score_query(query, float(weight)) for query, weight in self.parts)
        return Query.boolean_query([(Occur.Must, Query.const_score_query(found, 0.0)), (Occur.Should, gained)])

    def exactly(self, score: int) -> Query:
        return without(self._from(score), [self._from(score + 1)])

    def _from(self, score: int) -> Query:
        """A document has that score if so many of the queries find it, each of them counted by its weight."""
        return at_least([query for query, weight in self.parts for _ in range(weight)], score)


def equal(schema: tantivy.Schema, field: str, value: int | str) -> Query:
    return Query.term_query(schema, field, value)


def all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def at_least(queries: Sequence[Query], least: int) -> Query:
    """What so many of the queries find."""
    if least <= 0:
        return Query.all_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=least)


def without(query: Query, unwanted: Iterable[Query]) -> Query:
    """A query of exclusions alone finds nothing: there is always something beside them."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, each) for each in unwanted)])
