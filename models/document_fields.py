"""How values of a row become fields of a document, the same way for candidacies and offers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from models.calendar import quebec_day
from models.document import KEYWORDS, NUMBERS, Kind
from models.language import LocalizedText
from models.profile import LanguageLevel


class Coded(Protocol):
    """An entry of a code list."""

    @property
    def labels(self) -> LocalizedText: ...


def coded_labels(entries: Iterable[Coded | None]) -> tuple[LocalizedText, ...]:
    """The labels of codes, in both languages: `nurse` finds a profile written in French."""
    return tuple(entry.labels for entry in entries if entry is not None)


def described_languages(kept: Iterable[str]) -> dict[str, frozenset[str]]:
    """`languages`: each level with all the levels below it, so that one value asks for a minimum. `language`: the codes."""
    levels = [LanguageLevel.parse(each) for each in kept]
    reached = {str(LanguageLevel(each.language, each.skill, lower)) for each in levels for lower in range(1, each.level + 1)}
    return {"languages": frozenset(reached), "language": frozenset(each.language for each in levels)}


def numbers_of(**values: int | date | datetime | None) -> dict[str, int]:
    """Numbers as they are, days as ordinals, instants as the ordinal of their day in Québec; nothing for None."""
    return {name: _number(value) for name, value in values.items() if value is not None}


def _number(value: int | date | datetime) -> int:
    if isinstance(value, datetime):
        return quebec_day(value).toordinal()
    return value.toordinal() if isinstance(value, date) else value


def absent(kind: Kind, keywords: Mapping[str, frozenset[str]], numbers: Mapping[str, int]) -> frozenset[str]:
    """The names of the fields of which the row says nothing."""
    silent = {name for name in KEYWORDS[kind] if name != "absent" and not keywords.get(name)}
    return frozenset(silent | {name for name in NUMBERS[kind] if name not in numbers})
