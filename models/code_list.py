"""Open lists of codes with labels in both languages: those that ship with the service, and those of the Unicode CLDR.

Decides nothing about which codes are meant.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from babel import Locale

from models.language import Language, LocalizedText


@dataclass(frozen=True)
class Titles:
    """Other names of what a code stands for, in each language: job titles, synonyms."""

    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def within(self, language: Language) -> tuple[str, ...]:
        return self.fr if language is Language.FR else self.en

    def and_those_of(self, other: "Titles") -> "Titles":
        """Both, none twice."""
        return Titles(_distinct((*self.fr, *other.fr)), _distinct((*self.en, *other.en)))


@dataclass(frozen=True)
class Entry:
    code: str
    labels: LocalizedText
    titles: Titles = Titles()

    def over(self, other: "Entry | None") -> "Entry":
        """This entry where it says something, the other one where it does not; the titles of both."""
        if other is None:
            return self
        labels = LocalizedText(self.labels.fr or other.labels.fr, self.labels.en or other.labels.en)
        return Entry(self.code, labels, other.titles.and_those_of(self.titles))


Entries = Mapping[str, Entry]
"""By code, in the order of the codes."""


def overlaid(below: Entries, above: Iterable[Entry]) -> Entries:
    """The entries below, with those above over them."""
    entries = {**below, **{entry.code: entry.over(below.get(entry.code)) for entry in above}}
    return MappingProxyType(dict(sorted(entries.items())))


def shipped(name: str) -> Entries:
    """The entries of `data/<name>s.csv`, columns code, fr, en, with the titles of `data/<name>_titles.csv`, in which "|" stands
    between two."""
    labels, titles = labels_by_code(f"{name}s"), _titles_by_code(f"{name}_titles")
    return MappingProxyType({code: Entry(code, each, titles.get(code, Titles())) for code, each in labels.items()})


def labels_by_code(name: str) -> dict[str, LocalizedText]:
    """The labels of every code of `data/<name>.csv`, columns code, fr, en, in the order of the codes."""
    return dict(sorted({row["code"]: LocalizedText(fr=row["fr"], en=row["en"]) for row in _rows(name)}.items()))


def cldr_names(kind: Literal["territories", "languages"]) -> dict[str, LocalizedText]:
    """The names used in Canada, in the order of the codes; only what has a name in both languages."""
    french, english = ({str(code): str(name) for code, name in _names(tag, kind)} for tag in ("fr_CA", "en_CA"))
    return {code: LocalizedText(fr=french[code], en=english[code]) for code in sorted(french.keys() & english.keys())}


def split_titles(joined: str) -> tuple[str, ...]:
    return _distinct(title for part in joined.split("|") if (title := " ".join(part.split())))


def _titles_by_code(name: str) -> dict[str, Titles]:
    return {row["code"]: Titles(split_titles(row["fr"]), split_titles(row["en"])) for row in _rows(name)}


def _rows(name: str) -> list[dict[str, str]]:
    file = files("models") / "data" / f"{name}.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _distinct(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(titles))


def _names(tag: str, kind: Literal["territories", "languages"]) -> list[tuple[object, object]]:
    locale = Locale.parse(tag)
    return list((locale.territories if kind == "territories" else locale.languages).items())
