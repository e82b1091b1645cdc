"""Where a text answers a query: short extracts of the text as it was written, with the words that were found marked.

Plain text in pieces, never markup: what shows it decides how. Found by the analysis that searched, not by an engine.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from models.language import Language
from models.text import stem, stems, tokens_at, words
from models.text_query import Node, Phrase, Prefix, Term, Word, positive_terms

Found: TypeAlias = dict[int, set[Term]]
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fragment:
    text: str
    marked: bool


_GAP: Final = Fragment("…", marked=False)


def highlight(text: str, language: Language, query: Node, limit: int = 3, width: int = 160) -> list[Fragment]:
    """Up to `limit` extracts of at most `width` characters, "…" between them; empty when nothing of the query stands there.

    The extracts are those that show the most of what was asked, in the order of the text.
    """
    found = _found(text, language, positive_terms(query))
    if not found:
        return []
    ...


def _found(text: str, language: Language, terms: tuple[Term, ...]) -> Found:
    """What stands at which word of the text, by the word's number among those that can be searched."""
    stemmed, found = stems(text, language), Found()
    for term in terms:
        for number in _numbers(term, text, stemmed, language):
            found.setdefault(number, set()).add(term)
    return found
