"""One gender for French job words, so that infirmière finds infirmier and vendeur finds vendeuse.

The stemmer knows these endings by their accents, which the analysis has folded away before. Nothing else is stemmed here.
"""

from typing import Final

# The adjectives in -eux follow their feminine (heureux, heureuse): whether -euse belongs to one or to a trade, it does not show.
_MASCULINE: Final = (("ere", "er"), ("trice", "teur"), ("euse", "eur"), ("eux", "eur"), ("ee", "e"))
_SHORTEST: Final = 6
_AS_THEY_ARE: Final = frozenset({"ingenieux", "ingenieuse", "ingenieuses"})


def masculine(folded: str) -> str:
    """The masculine singular of a word with a feminine ending; any other word as it is."""
    singular = folded.removesuffix("s")
    if len(singular) < _SHORTEST or folded in _AS_THEY_ARE:
        return folded
    for feminine, ending in _MASCULINE:
        if singular.endswith(feminine):
            return singular.removesuffix(feminine) + ending
    return folded
