"""Which counts of a facet of candidacies are told. What that promises, and what it cannot, is in docs/adr/0017."""

from collections.abc import Mapping, Set

FEWEST_TOLD = 3
"""A count of one or two candidacies could tell who they are: it is shown as fewer than three."""


def kept_back(counts: Mapping[str, int]) -> Set[str]:
    """The values of three candidacies or more whose counts are not told either, as subtracting what is told from a total would
    tell of how many the others are: the smallest, until one is of more than three. It could be of one more or one fewer for all
    that is told."""
    enough = {value: count for value, count in counts.items() if count >= FEWEST_TOLD}
    kept: set[str] = set()
    if len(enough) < len(counts):
        for value in sorted(enough, key=lambda each: (enough[each], each)):
            kept.add(value)
            if enough[value] > FEWEST_TOLD:
                break
    return kept
