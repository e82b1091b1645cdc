"""Which words of an index are near to one that it does not hold: what both engines do alike with what each found its way."""

from collections.abc import Iterable, Mapping

from models.spelling import errors_between

CANDIDATES = 50
"""Near words whose documents are counted, at most."""


def near(word: str, frequencies: Iterable[tuple[str, int]]) -> list[str]:
    """Those words that are near, the nearest first, then the most frequent."""
    found = [(errors_between(word, each), -often, each) for each, often in frequencies]
    return [each for away, _, each in sorted((away, often, each) for away, often, each in found if away)[:CANDIDATES]]


def told(word: str, counts: Mapping[str, int], least: int, first: int) -> list[str]:
    """At most `first` of the near words, the nearest first, then those that more documents hold. None that fewer than `least`
    hold: what few say could tell who they are."""
    kept = [(errors_between(word, each), -count, each) for each, count in counts.items() if count >= least]
    return [each for _, _, each in sorted(kept)[:first]]
