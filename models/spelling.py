"""Which words somebody may have meant who typed one that nothing holds. Knows words, not where they stand.

An error is a letter that is wrong, missing, too many, or exchanged with its neighbour."""

from collections.abc import Iterator
from typing import Final

SHORTEST: Final = 4
"""Letters of a word to which another can be near: shorter ones are near to everything."""
TWO_FROM: Final = 6
"""Letters from which two errors are allowed, and not one."""
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def allowed_errors(word: str) -> int:
    """How many errors the word may hold; 0 where no other is near."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) < TWO_FROM else 2


def errors_between(typed: str, meant: str) -> int:
    """How many errors lie between the two words; 0 when one is not near to the other, or is the other. An error in the first
    letter must be the only one: people seldom mistake it."""
    most = allowed_errors(typed) if typed[:1] == meant[:1] else min(1, allowed_errors(typed))
    found = _errors(typed, meant, most) if abs(len(typed) - len(meant)) <= most else 0
    return found if found <= most else 0


def other_beginnings(typed: str) -> Iterator[str]:
    """The words that begin with another letter and are near, in the alphabet of folded French and English."""
    yield typed[1:]
    yield typed[1:2] + typed[:1] + typed[2:]
    for letter in LETTERS:
        yield letter + typed
        yield letter + typed[1:]


def _errors(typed: str, meant: str, most: int) -> int:
    """Exact up to `most`; any number above it means more."""
    before, row = list[int](), list(range(len(meant) + 1))
    for i, letter in enumerate(typed, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(meant, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
        if min(row) > most and min(before) > most:
            break
    else:
        return row[-1]
    return most + 1
