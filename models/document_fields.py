"""How values of a row become fields of a document, the same way for candidacies and offers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
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
    known = [_reached(each) for each in kept]
    return {"languages": frozenset().union(*(levels for _, levels in known)), "language": frozenset(code for code, _ in known)}


@lru_cache(4_096)
def _reached(kept: str) -> tuple[str, frozenset[str]]:
    """The language of a level, and that level with all below it."""
    level = LanguageLevel.parse(kept)
    lower = (LanguageLevel(level.language, level.skill, each) for each in range(1, level.level + 1))
    return level.language, frozenset(map(str, lower))


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
