"""Clauses as nested functions: as fast as a loop over all alerts gets in this language. A baseline to measure against, and no
part of the service."""

from collections.abc import Callable

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
from models.document import Document

Test = Callable[[Document], bool]


def compiled(clause: Clause) -> Test:
    match clause:
        case Everything() | Nothing():
            always = isinstance(clause, Everything)
            return lambda document: always
        case HasAny(field, values):
            return lambda document: not values.isdisjoint(document.values(field))
        case HasSeveral(field, values, count):
            return lambda document: len(values & document.values(field)) >= count
        case Adjacent(field, words):
            first = words[0]
            return lambda document: first in document.values(field) and document.has_run(field, words)
        case StartsWith(field, prefix):
            return lambda document: any(value.startswith(prefix) for value in document.values(field))
        case Between(field, least, most):
            low, high = (float("-inf") if least is None else least), (float("inf") if most is None else most)
            return lambda document: (number := document.numbers.get(field)) is not None and low <= number <= high
        case Not(part):
            inner = compiled(part)
            return lambda document: not inner(document)
        case AllOf(parts):
            return _every([compiled(part) for part in parts])
        case AnyOf(parts):
            return _some([compiled(part) for part in parts])


def _every(tests: list[Test]) -> Test:
    def holds(document: Document) -> bool:
        for test in tests:  # noqa: SIM110 - a generator would cost a frame for each alert
            if not test(document):
                return False
        return True

    return holds


def _some(tests: list[Test]) -> Test:
    def holds(document: Document) -> bool:
        for test in tests:  # noqa: SIM110
            if test(document):
                return True
        return False

    return holds
