"""A person's names, found in what the person writes. A name that is a word of its own (Pierre, Boulanger) is a name only beside
the other one."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from models.folding import fold, fold_in_place

SHORTEST = 3
"""Letters of a name that tells something by itself."""
PARTICLES: Final = frozenset("ben bin bint ould abd abu del della dos das den der des van von the sri".split())
WORDS: Final = frozenset(
    """
    april art august bay bell bill boucher boulanger brown carpenter charpentier chef claire cook cuisinier dean faith fisher
    florence forgeron france gardener gloria grace grand grant gray green guide hope hunter iris java jasmine joie joy judge julia
    july june justice king lance long marche marchand marine mark mason maire may meunier miller mercy moulin noble olive page
    pascal paris parker pat pierre petit plante porter prince ray rich rock roman rose ruby sage sandy sky smith soleil star
    stone summer swift taylor terry tour victor ville viola violette weaver west white will wood young
    """.split()
)
"""Names that are words of their own, in French or English."""
INTRODUCED: Final = r"(?:m'appelle|nom est|nomm[ei]e?|appelle|prenom|nom|name is|name|i am|i'm|je suis|called)\W{1,3}"


class OwnNames:
    """`given` and `family` as they are in the file; `ordinary` are words, as they are written, that are none of the person's
    names here: those of the person's trade."""

    def __init__(self, given: str, family: str, ordinary: Collection[str] = ()) -> None:
        first, last = _parts(given), _parts(family)
        common = WORDS | PARTICLES | {part for each in ordinary for part in _parts(each)}
        telling = [part for part in (*first, *last) if len(part) >= SHORTEST and part not in common]
        self._beside = _beside(tuple(first), tuple(last)) if first and last else None
        self._alone = _alone(tuple(telling)) if telling else None

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand. Both names beside each other in whichever case; one alone where it is written as a name, or after
        words that introduce one."""
        folded, places = fold_in_place(text)
        for pattern in filter(None, (self._beside, self._alone)):
            for match in pattern.finditer(folded):
                start, end = match.span("name")
                at, last = (start, end - 1) if places is None else (places[start], places[end - 1])
                if pattern is self._beside or text[at].isupper() or match["introduced"]:
                    yield at, last + 1


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\W_]+", fold(name)) if len(part) > 1]


@lru_cache(256)
def _beside(first: tuple[str, ...], last: tuple[str, ...]) -> re.Pattern[str]:
    given, family = _several_of(first), _several_of(last)
    between = r"(?:[^\w\n,;:/]{1,3}\w\.?)?[^\w\n,;:/]{0,3}"
    return re.compile(rf"(?<!\w)(?P<name>{given}{between}{family}|{family}(?:{between}|,\s){given})(?!\w)")


@lru_cache(256)
def _alone(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?P<introduced>(?<!\w){INTRODUCED})?(?<!\w)(?P<name>{_any_of(names)})(?!\w)")


def _several_of(names: tuple[str, ...]) -> str:
    return rf"(?:{_any_of(names)}[\s'-]){{0,4}}{_any_of(names)}"


def _any_of(names: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, set(names)), key=len, reverse=True))})"
