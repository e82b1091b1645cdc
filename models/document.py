"""What is searched: a row reduced to analysed text, codes and numbers. Holds nothing of who a person is."""

import enum
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import orjson

from models.language import Language, LocalizedText
from models.text import analyse

ID = "id"
"""The field, of every document, that holds its id."""
GAP = "¶"
"""Stands between two texts of one field, so that no phrase runs from one into the other."""


class Kind(enum.StrEnum):
    """What can be searched. The value names its index."""

    CANDIDACY = "candidacy"
    JOB_OFFER = "job_offer"


TEXTS = ("title_fr", "title_en", "text_fr", "text_en")
"""Stemmed words in order. `text_*` holds everything, the title too; `title_*` only weighs in the score."""
KEYWORDS = {
    Kind.CANDIDACY: (
        *("number", "words", "occupations", "occupation_group", "skills", "languages", "language", "education"),
        *("experience", "regions", "work_modes", "country", "hidden_from", "absent"),
    ),
    Kind.JOB_OFFER: (
        *("number", "words", "occupations", "occupation_group", "skills", "languages", "language", "education"),
        *("experience", "regions", "work_modes", "contract_type", "salary_band", "employer", "online", "absent"),
    ),
}
"""Exact values, none, one or several. `absent` names the fields of which a document says nothing, `hidden_from` the NEQ of
employers that must not find it."""
NUMBERS = {
    Kind.CANDIDACY: ("education_rank", "years", "available_from", "minimum_salary", "ends_on", "published_on"),
    Kind.JOB_OFFER: (
        *("education_rank", "years", "annual_minimum", "annual_maximum", "ends_on", "published_on"),
        *("skill_count", "language_count"),
    ),
}
"""Whole numbers, at most one of each; days are ordinals of the Québec calendar."""


@dataclass(frozen=True)
class Document:
    """One candidacy or offer as the index and the alert matcher see it. `version` orders writes of the same id."""

    kind: Kind
    id: UUID
    version: int
    published_at: datetime
    texts: Mapping[str, tuple[str, ...]]
    keywords: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int] = field(default_factory=dict)

    def values(self, name: str) -> Set[str]:
        """The set of values of a keyword field, or of words of a text field."""
        if name == ID:
            return frozenset((str(self.id),))
        return self.keywords[name] if name in self.keywords else self._words_of.get(name, frozenset())

    def has_run(self, name: str, run: tuple[str, ...]) -> bool:
        text = self.texts.get(name, ())
        return any(text[i : i + len(run)] == run for i, word in enumerate(text) if word == run[0])

    @property
    def digest(self) -> int:
        """64 bits, signed, of everything but the version: it tells documents apart that bear the same."""
        content = orjson.dumps((self.published_at, self.texts, self.sorted_keywords, self.numbers), option=orjson.OPT_SORT_KEYS)
        return int.from_bytes(sha256(content).digest()[:8], signed=True)

    @cached_property
    def sorted_keywords(self) -> Mapping[str, list[str]]:
        """The keywords in an order of their own: equal documents are written alike."""
        return {name: sorted(values) for name, values in self.keywords.items()}

    @cached_property
    def _words_of(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(text) for name, text in self.texts.items()}


class AnalysedTexts(NamedTuple):
    """The text fields of a document, and its `words`: every folded word of either language, for prefixes."""

    fields: Mapping[str, tuple[str, ...]]
    words: frozenset[str]


def analysed(title: LocalizedText, others: Iterable[LocalizedText]) -> AnalysedTexts:
    """The field of the title, and that of the title with all the other texts, gaps between."""
    parts = (title, *others)
    fields: dict[str, tuple[str, ...]] = {}
    words: set[str] = set()
    for language in Language:
        code = language.lower()
        found = [analyse(part.within(language) or "", language) for part in parts]
        fields[f"title_{code}"] = found[0].stems
        fields[f"text_{code}"] = _with_gaps(each.stems for each in found)
        words.update(*(each.words for each in found))
    return AnalysedTexts(fields, frozenset(words))


def _with_gaps(texts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    joined: list[str] = []
    for text in filter(None, texts):
        joined += (GAP, *text) if joined else text
    return tuple(joined)
