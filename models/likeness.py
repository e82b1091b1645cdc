"""How alike two offers are, from short sketches of their texts. It warns and never decides: a likeness is a reason to look.

A sketch holds the smallest hashes of the stems of a text (a bottom-k sketch). Two of them tell how much of the stems of both
texts the texts share: exactly where both have no more stems than a sketch holds, within a few hundredths where they have more."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from models.language import Language, LocalizedText
from models.text import analyse

HELD = 128
"""Hashes in a sketch, of four bytes each."""
FEW = 8
"""A text of fewer different stems says too little to be compared: it is like another that has the very same."""
TEXT, OCCUPATION, REGION = 0.9, 0.05, 0.05
"""What each weighs."""
NEARLY_THE_SAME = 0.85
"""From here on two offers are nearly the same: with one occupation and region they share five stems in six, with one of the two
eight in nine, with none of them nineteen in twenty."""


@dataclass(frozen=True)
class Gist:
    """What is compared of an offer: its sketch in each language in which it is written, its occupation and its region."""

    sketches: LocalizedText
    occupation: str
    region: str

    @cached_property
    def hashes(self) -> Sequence[frozenset[str]]:
        """By language. Read once, however many it is compared with."""
        return [frozenset((self.sketches.within(each) or "").split()) for each in Language]


def gist(title: LocalizedText, description: LocalizedText, occupation: str, region: str) -> Gist:
    return Gist(LocalizedText(*(_sketch(title, description, each) for each in Language)), occupation, region)


def likeness(one: Gist, other: Gist) -> float:
    """From 0 to 1: by the language in which they are most alike, as a translation may be missing. 0 when no language has any
    of both."""
    shared = [_shared(*both) for both in zip(one.hashes, other.hashes, strict=True)]
    if not any(shared):
        return 0
    return TEXT * max(shared) + OCCUPATION * (one.occupation == other.occupation) + REGION * (one.region == other.region)


def nearly_the_same(one: Gist, other: Gist) -> bool:
    return likeness(one, other) >= NEARLY_THE_SAME


def _sketch(title: LocalizedText, description: LocalizedText, language: Language) -> str | None:
    stems = {stem for each in (title, description) for stem in analyse(each.within(language) or "", language).stems}
    if len(stems) < FEW:
        return _hash(" ".join(("", *sorted(stems)))) if stems else None  # no stem begins with a blank
    return " ".join(sorted(map(_hash, stems))[:HELD])


def _hash(stem: str) -> str:
    return blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Of the smallest hashes of both texts together, those that both have."""
    both, together = ours & theirs, ours | theirs
    if not both or len(together) <= HELD:
        return len(both) / max(len(together), 1)
    last = sorted(together)[HELD - 1]
    return sum(each <= last for each in both) / HELD
