"""Where a text answers a query: short extracts of the text as it was written, with the words that were found marked.

Plain text in pieces, never markup: what shows it decides how. Found by the analysis that searched, not by an engine.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Final

from models.language import Language
from models.text import stem, stems, tokens_at, words
from models.text_query import Node, Phrase, Prefix, Term, positive_terms

DEFAULT_EXTRACTS: Final = 3
DEFAULT_CHARACTERS: Final = 160


@dataclass(frozen=True, slots=True)
class Fragment:
    text: str
    marked: bool


_GAP: Final = Fragment("…", marked=False)


def highlight(
    text: str, language: Language, query: Node, limit: int = DEFAULT_EXTRACTS, width: int = DEFAULT_CHARACTERS
) -> list[Fragment]:
    """Up to `limit` extracts of at most `width` characters, "…" between them; empty when nothing of the query stands there.

    The extracts are those that show the most of what was asked, in the order of the text. Joined, the fragments between two
    "…" are a slice of the text.
    """
    marks = _marks(text, language, positive_terms(query), width)
    chosen = _choose(marks, limit, width)
    ends = [*(extract[0].start for extract in chosen), len(text)]
    shown: list[Fragment] = []
    end = 0
    for extract, following in zip(chosen, ends[1:], strict=True):
        start, end = _bounds(text, extract, (end, following), width)
        shown += [*([_GAP] if shown else ()), *_fragments(text, extract, start, end)]
    return shown


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    terms: frozenset[Term]


_Run = list[_Mark]


def _marks(text: str, language: Language, terms: Iterable[Term], width: int) -> _Run:
    """The words that were found, in order. A sign that is written as one and read as several words (½) is marked once."""
    found = _found(text, language, terms)
    marks: _Run = []
    for token, number in zip(tokens_at(text, found.keys()), sorted(found), strict=True):
        if not marks or token.start >= marks[-1].end:
            marks.append(_Mark(token.start, min(token.end, token.start + width), frozenset(found[number])))
    return marks


def _found(text: str, language: Language, terms: Iterable[Term]) -> dict[int, set[Term]]:
    """What stands at which word of the text, by the word's number among those that can be searched."""
    stemmed, unstemmed = stems(text, language), words(text)
    found: dict[int, set[Term]] = {}
    for term in terms:
        for number in _numbers(term, unstemmed, stemmed, language):
            found.setdefault(number, set()).add(term)
    return found


def _numbers(term: Term, unstemmed: list[str], stemmed: list[str], language: Language) -> Iterable[int]:
    if isinstance(term, Prefix):
        return [number for number, word in enumerate(unstemmed) if word.startswith(term.folded)]
    sought = [stem(folded, language) for folded in (term.folded if isinstance(term, Phrase) else (term.folded,))]
    return [
        number
        for first in _places(stemmed, sought[0])
        if stemmed[first : first + len(sought)] == sought
        for number in range(first, first + len(sought))
    ]


def _places(stemmed: list[str], sought: str) -> Iterator[int]:
    place = -1
    for _ in range(stemmed.count(sought)):
        yield (place := stemmed.index(sought, place + 1))


def _choose(marks: _Run, limit: int, width: int) -> list[_Run]:
    """The best extract, then the best of what is left on either side of it, and so on; in the order of the text."""
    left, chosen = [marks] if marks else [], list[_Run]()
    shown: set[Term] = set()
    while left and len(chosen) < limit:
        _, at, first, last = max(_best(run, shown, width, at) for at, run in enumerate(left))
        run = left.pop(at)
        chosen.append(run[first:last])
        left += [rest for rest in (run[:first], run[last:]) if rest]
        shown.update(*(mark.terms for mark in chosen[-1]))
    return sorted(chosen, key=lambda extract: extract[0].start)


def _best(run: _Run, shown: Set[Term], width: int, at: int) -> tuple[tuple[int, int, int, int], int, int, int]:
    """The stretch of the run that fits and shows most terms not shown yet, then most terms, most words, the earliest."""
    inside: Counter[Term] = Counter()
    best, last = ((-1, 0, 0, 0), at, 0, 0), 0
    for first, mark in enumerate(run):
        while last < len(run) and run[last].end - mark.start <= width:
            inside.update(run[last].terms)
            last += 1
        best = max(best, ((len(inside.keys() - shown), len(inside), last - first, -mark.start), at, first, last))
        inside -= Counter(mark.terms)
    return best


def _bounds(text: str, extract: _Run, room: tuple[int, int], width: int) -> tuple[int, int]:
    """The extract with as much of its surroundings as fits, half before and half after, cut between words."""
    first, last = extract[0].start, extract[-1].end
    start = max(room[0], first - (width - (last - first)) // 2)
    end = min(room[1], start + width)
    start = max(room[0], end - width)
    return _start(text, start, first), _end(text, end, last)


def _start(text: str, start: int, first: int) -> int:
    """Where a word begins, from `start` on and at `first` at the latest."""
    begins = (
        place for place in range(start, first) if not text[place].isspace() and text[max(place - 1, 0) : place].strip() == ""
    )
    return next(begins, first)


def _end(text: str, end: int, last: int) -> int:
    """Where a word ends, from `end` backwards and at `last` at the latest."""
    ends = (place for place in range(end, last, -1) if not text[place - 1].isspace() and text[place : place + 1].strip() == "")
    return next(ends, last)


def _fragments(text: str, extract: _Run, start: int, end: int) -> Iterator[Fragment]:
    for mark in extract:
        if start < mark.start:
            yield Fragment(text[start : mark.start], marked=False)
        yield Fragment(text[mark.start : mark.end], marked=True)
        start = mark.end
    if start < end:
        yield Fragment(text[start:end], marked=False)
