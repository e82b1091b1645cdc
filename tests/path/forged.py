"""Cursors that no list gave, some of them nearly like one that was given. Not a test itself."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

from tests.path.hostile import ENORMOUS, UNFIT

KEY = "0" * 32
INSTANTS = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "2026-01-01T00:00:00",
    "2026-02-30T00:00:00+00:00",
    "2026-01-01T00:00:00+99:00",
    "now",
]
VALUES: list[Any] = [-1, 2**31, 2**63, -(2**63) - 1, 10**30, 1.5, None, "x", [], {}, True, "nan", "1e999"]
LIKE_A_SEARCHS = ["mark", 1, KEY, 0, 0.0, 0, 0]


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode()


def nonsense(given: str) -> Iterator[str]:
    yield from ("", "x", "=", "====", "AAAA", "null", "0", "-1", "é", *UNFIT, *ENORMOUS)
    yield from (given[:-4], given[4:], given[::-1], "A" + given, "A" * 400)
    yield from map(encoded, (*(f"{at}|{KEY}" for at in INSTANTS), "2026-01-01T00:00:00+00:00|no key", "|", "a|b|c", "\x00|\x00"))
    yield from map(encoded, ("[]", "{}", "[" * 250, "null", "1", json.dumps(LIKE_A_SEARCHS)))
    yield encoded(json.dumps(["another search", *_place_of(given)[1:]]))


def moved(given: str) -> Iterator[str]:
    """The first and the last place that could be, and the cursor of a search with one of its parts changed."""
    yield from (encoded(f"{at}|{KEY}") for at in ("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"))
    place = _place_of(given)
    for at, usual in enumerate(place):
        changed = [json.dumps([*place[:at], value, *place[at + 1 :]]) for value in VALUES if not _alike(value, usual)]
        yield from map(encoded, changed)


def _alike(value: object, usual: object) -> bool:
    return value == usual and type(value) is type(usual)


def _place_of(given: str) -> list[Any]:
    """What is in a cursor of a search; something like it for those of other lists."""
    try:
        found: list[Any] = json.loads(urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    except ValueError:
        return LIKE_A_SEARCHS
    return found
