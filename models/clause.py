"""What criteria mean, as a small tree of clauses, and what makes a clause hold for a document.

This is the specification of searching and of alert matching at once: engines and the anchor table translate the same
tree, and `holds` is what they must agree with. Nothing here knows what a field is for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.document import Document


@dataclass(frozen=True)
class Everything:
    """Holds for every document."""


@dataclass(frozen=True)
class Nothing:
    """Holds for no document."""


@dataclass(frozen=True)
class HasAny:
    """A keyword or text field holds at least one of the values."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True)
class HasSeveral:
    """A keyword or text field holds at least so many of the values."""

    field: str
    values: frozenset[str]
    least: int


@dataclass(frozen=True)
class Adjacent:
    """The words stand next to one another, in this order, in a text field."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class StartsWith:
    """A value of a keyword field starts with the prefix."""

    field: str
    prefix: str


@dataclass(frozen=True)
class Between:
    """A number field has a value within the bounds, both inclusive; None does not bound."""

    field: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Clause", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Clause", ...]


@dataclass(frozen=True)
class Not:
    part: "Clause"


Clause = Everything | Nothing | HasAny | HasSeveral | Adjacent | StartsWith | Between | AllOf | AnyOf | Not
Weighted = tuple[Clause, int]
"""A clause, and what a document gains that it holds for."""


def has(field: str, value: str) -> HasAny:
    return HasAny(field, frozenset((value,)))


def all_of(parts: Iterable[Clause]) -> Clause:
    """The conjunction, without parts that hold anyway."""
    kept = tuple(dict.fromkeys(part for part in parts if not isinstance(part, Everything)))
    if any(isinstance(part, Nothing) for part in kept):
        return Nothing()
    return kept[0] if len(kept) == 1 else AllOf(kept) if kept else Everything()


def any_of(parts: Iterable[Clause]) -> Clause:
    """The disjunction, without parts that never hold."""
    kept = tuple(dict.fromkeys(part for part in parts if not isinstance(part, Nothing)))
    if any(isinstance(part, Everything) for part in kept):
        return Everything()
    return kept[0] if len(kept) == 1 else AnyOf(kept) if kept else Nothing()


def parts_of(clause: Clause) -> tuple[Clause, ...]:
    """What all holds when the clause does."""
    return clause.parts if isinstance(clause, AllOf) else (clause,)


def shared(clauses: Sequence[Clause]) -> Clause:
    """The parts that all the clauses have. There must be a clause."""
    first, *others = map(parts_of, clauses)
    return all_of(part for part in first if all(part in each for each in others))


def without_parts(clause: Clause, unwanted: Clause) -> Clause:
    """What the clause demands beside those parts."""
    left_out = parts_of(unwanted)
    return all_of(part for part in parts_of(clause) if part not in left_out)


def holds(clause: Clause, document: Document) -> bool:
    """Whether the document satisfies the clause: the meaning that every engine must reproduce."""
    match clause:
        case Everything() | Nothing():
            return isinstance(clause, Everything)
        case HasAny(field, values):
            return not values.isdisjoint(document.values(field))
        case HasSeveral(field, values, least):
            return len(values & document.values(field)) >= least
        case Adjacent(field, words):
            return document.has_run(field, words)
        case StartsWith(field, prefix):
            return any(value.startswith(prefix) for value in document.values(field))
        case Between(field, least, most):
            number = document.numbers.get(field)
            return number is not None and (least is None or least <= number) and (most is None or number <= most)
        case AllOf(parts):
            return all(holds(part, document) for part in parts)
        case AnyOf(parts):
            return any(holds(part, document) for part in parts)
        case Not(part):
            return not holds(part, document)


def gained(weighted: Iterable[Weighted], document: Document) -> int:
    """What a document gains by the clauses that hold for it: the score that every engine must give."""
    return sum(weight for clause, weight in weighted if holds(clause, document))
