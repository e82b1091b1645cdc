"""How text becomes the words that are searched: one pure analysis for both engines, the alert matcher and highlights.

It knows nothing of engines, rows or fields, and it never fails: whatever is not a word separates words.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final, NamedTuple

import Stemmer

from models.folding import fold_in_place
from models.french_endings import plain_form
from models.language import Language
from models.remembered import Remembered
from models.stop_words import STOP_WORDS

# Raise it whenever the same text may yield other words: indexes and anchors made by an older one are rebuilt.
ANALYSIS_VERSION: Final = 1

# Engines split or refuse very long terms, each at a length of its own; text and query are cut alike before that.
LONGEST_WORD: Final = 64
BRIEF: Final = 100
"""Characters that a label or a title may have."""

_WORD = re.compile(
    r"""
    \b(?:[cdjlmnst]|qu|lorsqu|puisqu)'(?=\w)                      # an elision goes: l'oreal, qu'elle
    | (?:(?<=teur\W)|(?<=teurs\W)|(?<=teur\W\W)|(?<=teurs\W\W))rices?\b    # so does the end of directeur·rice
    | (?P<word>
        \b(?:[a-z]|ph)(?:\.[a-z]{1,3})+\b                         # b.sc, ph.d, d.e.c.
        | (?:(?<!\w)|(?<=\basp)|(?<=\bvb)|(?<=\bado))\.net\b      # .net, asp.net
        | \b[a-z]&[a-z]\b                                         # r&d
        | (?:\b[a-z](?:\+{1,2}|\#)|[a-z]\w*\+\+)(?![a-z+\#])      # c++, c#, notepad++
        | \d+(?:\.\d+)+                                           # python 3.11
        | \w+(?:\.(?:js|io|ai)\b)?                                # node.js
      )
    """,
    re.VERBOSE,
)
_INITIALS = re.compile(r"(?:[a-z]|ph)(?:\.[a-z]{1,3})+")
_CHUNK = re.compile(r"\S+")
# Most pieces of a text are one plain word between plain punctuation: what _WORD would say of them is known beforehand.
_PLAIN = re.compile(r"[(\[\"«]*(\w+)[^\w+#&]*\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is searched, and where it stands in the original text."""

    folded: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Every word of the text in order, stop words too; elided articles and the endings of inclusive spellings are not."""
    return [token for chunk in _CHUNK.finditer(text) for token in _tokens_of(chunk)]


def tokens_at(text: str, numbers: Set[int]) -> list[Token]:
    """The tokens of some of the words of `words(text)` or `stems(text)`, by their numbers there, which start at 0."""
    left, count, found = sorted(numbers, reverse=True), 0, list[Token]()
    for chunk in _CHUNK.finditer(text):
        if not left:
            break
        following = count + len(_WORDS[chunk.group()])
        if left[-1] < following:
            kept = [token for token in _tokens_of(chunk) if token.folded not in STOP_WORDS]
            while left and left[-1] < following:
                found.append(kept[left.pop() - count])
        count = following
    return found


def spelt(text: str) -> list[str]:
    """Every word of the text in order, folded, stop words too: for what must equal a whole text, or begin it."""
    return [word for chunk in text.split() for word in _SPELT[chunk]]


class Analysis(NamedTuple):
    """The words of a text that can be searched, in order: folded, for prefixes and typing help, and stemmed by the language of
    the text, where neighbours stand in one phrase."""

    words: tuple[str, ...]
    stems: tuple[str, ...]


def analyse(text: str, language: Language) -> Analysis:
    return _BRIEF[language][text] if len(text) <= BRIEF else _analyse(language, text)


def words(text: str) -> list[str]:
    """Those of an analysis; a language makes no difference to them."""
    return [word for chunk in text.split() for word in _WORDS[chunk]]


def stems(text: str, language: Language) -> list[str]:
    """Those of an analysis."""
    return list(analyse(text, language).stems)


def stem(folded: str, language: Language) -> str:
    """The part of a word that its forms share. What holds more than letters (c++, node.js, 3d) is its own stem."""
    return _STEM[language][folded]


def is_stop(folded: str) -> bool:
    """Whether texts and queries lose the word, in either language."""
    return folded in STOP_WORDS


def _tokens_of(chunk: re.Match[str]) -> list[Token]:
    before = chunk.start()
    return [Token(folded, before + start, before + end) for folded, start, end in _pieces(chunk.group())]


def _pieces(chunk: str) -> list[tuple[str, int, int]]:
    """The words of a piece of text without blanks, each with its first and last place there."""
    folded, origins = fold_in_place(chunk)
    found = _spans(folded)
    if origins is None:
        return found
    return [(word, origins[start], _end(origins, end, len(chunk))) for word, start, end in found]


def _spans(folded: str) -> list[tuple[str, int, int]]:
    if plain := _PLAIN.match(folded):
        return [(plain[1][:LONGEST_WORD], *plain.span(1))]
    return [(_spelling(match["word"]), *match.span()) for match in _WORD.finditer(folded) if match["word"]]


def _end(origins: list[int], end: int, length: int) -> int:
    """Where a word ends in the original: after the accents and joiners that follow its last letter."""
    if end == len(origins):
        return length
    return max(origins[end], origins[end - 1] + 1)


def _spelling(word: str) -> str:
    plain = word.replace(".", "") if _INITIALS.fullmatch(word) else word
    return plain[:LONGEST_WORD]


def _spelt(chunk: str) -> tuple[str, ...]:
    return tuple(folded for folded, _, _ in _pieces(chunk))


def _searched(chunk: str) -> tuple[str, ...]:
    return tuple(folded for folded, _, _ in _pieces(chunk) if folded not in STOP_WORDS)


def _stemmed(language: Language, chunk: str) -> tuple[str, ...]:
    return tuple(map(_STEM[language].__getitem__, _WORDS[chunk]))


def _analyse(language: Language, text: str) -> Analysis:
    chunks, stems_of = text.split(), _STEMS_OF[language]
    together = chain.from_iterable
    return Analysis(tuple(together(map(_WORDS.__getitem__, chunks))), tuple(together(map(stems_of.__getitem__, chunks))))


def _stem_english(folded: str) -> str:
    return _ENGLISH.stemWord(folded) if folded.isalpha() else folded


def _stem_french(folded: str) -> str:
    return _FRENCH.stemWord(plain_form(folded)) if folded.isalpha() else folded


# A stemmer serves one thread at a time: each is called by one memory only, which computes under its lock.
_FRENCH = Stemmer.Stemmer("french", 0)
_ENGLISH = Stemmer.Stemmer("english", 0)
_STEM = {
    Language.FR: Remembered(_stem_french, longest=LONGEST_WORD),
    Language.EN: Remembered(_stem_english, longest=LONGEST_WORD),
}
_SPELT = Remembered(_spelt)
_WORDS = Remembered(_searched)
_STEMS_OF = {language: Remembered(partial(_stemmed, language)) for language in Language}
# Labels and titles come again and again: they are remembered as wholes.
_BRIEF = {language: Remembered(partial(_analyse, language), longest=BRIEF) for language in Language}
