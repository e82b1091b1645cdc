"""What the criteria of candidacies and of offers share: modes, quantifiers, and the clauses they are made of."""

import enum
from collections.abc import Collection, Iterable

from models import text_query
from models.clause import (
    Adjacent,
    Between,
    Clause,
    Everything,
    HasAny,
    Not,
    Nothing,
    StartsWith,
    all_of,
    any_of,
    has,
)
from models.language import Language
from models.profile import LanguageLevel
from models.public_number import is_number, normal_number
from models.text import stem


class Quantifier(enum.StrEnum):
    ANY = "ANY"
    ALL = "ALL"


class CriteriaMode(enum.StrEnum):
    """WIDE lets a document pass on what it does not say; STRICT demands that it says so."""

    WIDE = "WIDE"
    STRICT = "STRICT"


CRITERIA_VERSION = 1
"""Kept with stored criteria; raised when their meaning or their fields change."""


def text_clause(text: str | None) -> Clause:
    """What the words of a search box ask of a document, in both languages at once. A text that could be a public number
    finds what bears it, too."""
    root = text_query.parse(text).root if text and not text.isspace() else None
    if text is None or root is None:
        return Everything()
    return any_of((has("number", normal_number(text)), _text(root))) if is_number(text) else _text(root)


def _text(node: text_query.Node) -> Clause:
    match node:
        case text_query.Word(folded):
            return word_clause(folded)
        case text_query.Phrase(folded):
            return any_of(Adjacent(_field(each), tuple(stem(word, each) for word in folded)) for each in Language)
        case text_query.Prefix(folded):
            return StartsWith("words", folded)
        case text_query.AllOf(parts):
            return all_of(_text(part) for part in parts)
        case text_query.AnyOf(parts):
            return any_of(_text(part) for part in parts)
        case text_query.Excluding(part):
            return Not(_text(part))


def word_clause(folded: str) -> Clause:
    """A folded word, in any of its forms in either language."""
    return any_of(has(_field(language), stem(folded, language)) for language in Language)


def _field(language: Language) -> str:
    return f"text_{language.lower()}"


def among(field: str, values: Collection[str]) -> Clause:
    """One of the values, or no demand at all when there are none."""
    return HasAny(field, frozenset(values)) if values else Everything()


def each_of(field: str, values: Iterable[str]) -> Clause:
    return all_of(has(field, value) for value in values)


def none_of(field: str, values: Collection[str]) -> Clause:
    return Not(HasAny(field, frozenset(values))) if values else Everything()


def within(field: str, least: int | None = None, most: int | None = None) -> Clause:
    return Everything() if least is None and most is None else Between(field, least, most)


def tolerant(mode: CriteriaMode, field: str, clause: Clause) -> Clause:
    """In WIDE mode, the clause also holds for a document that says nothing of the field."""
    if mode is CriteriaMode.STRICT or isinstance(clause, Everything | Nothing):
        return clause
    return any_of((clause, has("absent", field)))


def at_least(level: LanguageLevel) -> Clause:
    return has("languages", str(level))


def at_most(level: LanguageLevel, mode: CriteriaMode) -> Clause:
    """The document does not go beyond the level; in STRICT mode it must state some level of that skill."""
    above = LanguageLevel(level.language, level.skill, level.level + 1)
    stated = at_least(LanguageLevel(level.language, level.skill, 1))
    return all_of((Not(at_least(above)), stated if mode is CriteriaMode.STRICT else Everything()))
