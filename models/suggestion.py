"""Typing help: which codes of a list somebody means who has typed the beginning of a label or of a job title.

One label or title must hold every word that was typed, the last one as a prefix. Where none does, or too few do of what must
be a whole title, those follow that share the rarest of the words. Knows nothing of who asks."""

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from typing import Final

from models.code_list import Entry
from models.language import Language
from models.text import is_stop, spelt, stem, tokens

LABEL_BONUS: Final = 0.05
"""What a label gains over a title that shares as much with what was typed."""
SPREAD: Final = 0.3
"""What a code gains when its labels and titles share everything that was typed, one this word and one that."""
WHOLE: Final = 3
"""Telling words from which what was typed is taken for a whole title, and not for the beginning of one."""
LAST_LETTER: Final = chr(0x10FFFF)


class Fit(IntEnum):
    """How a label or title answers what was typed, best first."""

    EQUAL = 0
    BEGINNING = 2
    ALL_WORDS = 4
    SOME_WORDS = 8

    def of(self, is_title: bool) -> int:
        """A label comes before a title that answers as well."""
        return self + is_title


Rank = tuple[float, int, int]
"""How well a code answers, how popular it is, how long what answers is: the least comes first."""


@dataclass(frozen=True)
class Typed:
    """`words` is everything typed; `wanted` what must be found of it in full, `begun` what a word must begin with."""

    words: tuple[str, ...]
    wanted: tuple[str, ...]
    begun: str

    @property
    def is_whole(self) -> bool:
        return len({*self.wanted, self.begun}) >= WHOLE

    @classmethod
    def of(cls, text: str) -> "Typed | None":
        """None for a text without a word. A word too common to be searched counts only while it is being typed."""
        pieces = tokens(text)
        words = tuple(piece.folded for piece in pieces)
        telling = [word for word in words[:-1] if not is_stop(word)]
        if not pieces:
            return None
        if is_stop(words[-1]) and telling and pieces[-1].end < len(text):
            return cls(words, tuple(telling[:-1]), telling[-1])
        return cls(words, tuple(telling), words[-1])


class Suggester:
    """The labels and titles of a list, by their words. `entries` come in the order of their codes."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._codes: list[str] = []
        self._code_of = array("l")  # the number of the code of each text
        self._words: list[tuple[str, ...]] = []  # of each text
        self._is_title = bytearray()
        self._equal: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        self._first: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))  # texts by their first word
        self._texts_with: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
        self._stems = {language: Stems() for language in Language}
        for entry in entries:
            self._add(entry)
        self._vocabulary = sorted(self._texts_with)

    def suggest(self, typed: str, first: int, popular: Mapping[str, int]) -> list[str]:
        """At most `first` codes: best answer first, then the more popular, then the shorter label or title."""
        read = Typed.of(typed)
        if read is None:
            return []
        best: dict[int, Rank] = {}
        for texts in (self._equal_or_beginning, self._with_all):
            if len(best) < first:  # what only holds the words comes after what begins with them
                self._rank(texts(read), read, popular, best)
        if not best or (len(best) < first and read.is_whole):
            for code, likeness in self._sharing(read.words).items():
                rank = (Fit.SOME_WORDS - round(likeness, 6), -popular.get(self._codes[code], 0), 0)
                best.setdefault(code, rank)
        return [self._codes[code] for code in sorted(best, key=lambda code: (best[code], code))[:first]]

    def _rank(self, texts: Iterable[int], typed: Typed, popular: Mapping[str, int], best: dict[int, Rank]) -> None:
        """Notes the best rank of the code of each text."""
        equal = set(self._equal.get(typed.words, ()))
        for text in texts:
            fit = Fit.EQUAL if text in equal else Fit.BEGINNING if self._begins(text, typed.words) else Fit.ALL_WORDS
            code = self._code_of[text]
            rank = (fit.of(bool(self._is_title[text])), -popular.get(self._codes[code], 0), len(self._words[text]))
            best[code] = min(rank, best.get(code, rank))

    def _add(self, entry: Entry) -> None:
        code = len(self._codes)
        self._codes.append(entry.code)
        for language in Language:
            if label := entry.labels.within(language):
                self._add_text(code, language, label, is_title=False)
            for title in entry.titles.within(language):
                self._add_text(code, language, title, is_title=True)

    def _add_text(self, code: int, language: Language, text: str, is_title: bool) -> None:
        number, words = len(self._words), tuple(spelt(text))
        self._code_of.append(code)
        self._words.append(words)
        self._is_title.append(is_title)
        for whole in {words, *_sides(text)}:
            self._equal[whole].append(number)
        for first in words[:1]:
            self._first[first].append(number)
        for word in set(words):
            self._texts_with[word].append(number)
        self._stems[language].add(number, code, [stem(word, language) for word in words if not is_stop(word)])

    def _equal_or_beginning(self, typed: Typed) -> Set[int]:
        start, *others = typed.words
        firsts = [start] if others else self._begun_by(start)
        beginning = (text for word in firsts for text in self._first.get(word, ()) if self._begins(text, typed.words))
        return {*self._equal.get(typed.words, ()), *beginning}

    def _with_all(self, typed: Typed) -> Set[int]:
        found = [self._with_form(word) for word in dict.fromkeys(typed.wanted)]
        if not all(found):
            return set()
        return reduce(set.__and__, sorted([*found, self._with_beginning(typed.begun)], key=len))

    def _with_form(self, word: str) -> set[int]:
        """The texts with the word in any form: another number, another gender."""
        return set(self._texts_with.get(word, ())).union(
            *(stems.texts.get(stem(word, language), ()) for language, stems in self._stems.items())
        )

    def _with_beginning(self, prefix: str) -> set[int]:
        return self._with_form(prefix).union(*(self._texts_with[word] for word in self._begun_by(prefix)))

    def _begun_by(self, prefix: str) -> Sequence[str]:
        """The words of the list that begin so."""
        start, end = bisect_left(self._vocabulary, prefix), bisect_left(self._vocabulary, prefix + LAST_LETTER)
        return self._vocabulary[start:end]

    def _begins(self, text: int, words: Sequence[str]) -> bool:
        *whole, last = words
        start = self._words[text][: len(words)]
        return len(start) == len(words) and list(start[:-1]) == whole and start[-1].startswith(last)

    def _sharing(self, words: Sequence[str]) -> dict[int, float]:
        """The codes that share any of the words, and how much: each word weighs by how few codes have it."""
        best: dict[int, float] = {}
        for language, stems in self._stems.items():
            wanted = dict.fromkeys(stem(word, language) for word in words if not is_stop(word))
            for code, score in self._shares(stems, list(wanted)).items():
                best[code] = max(score, best.get(code, 0.0))
        return best

    def _shares(self, stems: "Stems", wanted: Sequence[str]) -> dict[int, float]:
        """Twice the weight that a text shares over that of both (Dice), the best text of each code, with what its other
        texts add."""
        asked = sum(map(stems.weight, wanted))
        shared: defaultdict[int, float] = defaultdict(float)
        spread: defaultdict[int, float] = defaultdict(float)
        for each in wanted:
            for text in stems.texts.get(each, ()):
                shared[text] += stems.weight(each)
            for code in stems.codes.get(each, ()):
                spread[code] += stems.weight(each)
        best: defaultdict[int, float] = defaultdict(float)
        for text, weight in shared.items():
            likeness = 2 * weight / (asked + stems.whole(text)) + (0.0 if self._is_title[text] else LABEL_BONUS)
            best[self._code_of[text]] = max(likeness, best[self._code_of[text]])
        return {code: likeness + SPREAD * spread[code] / asked for code, likeness in best.items()}


class Stems:
    """The texts of one language by their stems, and what each stem weighs."""

    def __init__(self) -> None:
        self.texts: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
        self.codes: defaultdict[str, set[int]] = defaultdict(set)
        self._of: dict[int, tuple[str, ...]] = {}
        self._all: set[int] = set()

    def add(self, text: int, code: int, stems: Iterable[str]) -> None:
        self._of[text] = tuple(dict.fromkeys(stems))
        self._all.add(code)
        for each in self._of[text]:
            self.texts[each].append(text)
            self.codes[each].add(code)

    def weight(self, stem: str) -> float:
        """The rarer, the more; what nobody has counts like what one has."""
        return math.log(1 + len(self._all) / max(1, len(self.codes.get(stem, ()))))

    def whole(self, text: int) -> float:
        return sum(map(self.weight, self._of[text]))


def _sides(text: str) -> Iterator[tuple[str, ...]]:
    """What a slash sets apart: `infirmier/infirmière` is either."""
    sides = text.split("/") if "/" in text else []
    return (tuple(words) for side in sides if (words := spelt(side)))
