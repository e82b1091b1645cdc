"""Collects everything that is wrong with an input before refusing it, so that nobody mends one field at a time."""

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from unicodedata import category
from zoneinfo import available_timezones

from errors import Invalid, Problem
from models.language import LocalizedText

NAME = 100
LINE = 150
TEXT = 10_000
CODES = 100
SHOWN = 40
LINK = re.compile(r"://|\bwww\.|\w\.\w{2,}/", re.IGNORECASE)
"""Not a bare domain: businesses are named so."""


def closed_up(typed: str) -> str:
    """A number without the spaces and hyphens that people write between its parts."""
    return re.sub(r"[\s\-\u2010-\u2015]+", "", typed)


def is_said(value: str | None) -> bool:
    """Whether there is anything to see in it."""
    return any(not each.isspace() and category(each) != "Cf" for each in value or "")


class Checks:
    """Each check notes a problem under the field's path, in the names of the API; `done` raises them all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(self, path: str, code: str, **facts: str) -> None:
        self.problems.append(Problem(tuple(path.split(".")), code, tuple(facts.items())))

    def require(self, path: str, met: object, code: str = "REQUIRED", **facts: str) -> None:
        if not met:
            self.note(path, code, **facts)

    def line(self, path: str, value: str | None, most: int = LINE, required: bool = False) -> None:
        """One line of text: no control characters, at most `most` characters."""
        self.require(path, not required or is_said(value))
        self._characters(path, value or "", most, allowed="")

    def name(self, path: str, value: str | None, most: int = LINE) -> None:
        """A name that mails to others begin with: no address of a page, which would make them an advertisement for it."""
        self.line(path, value, most, required=True)
        self.require(path, not LINK.search(value or ""), "NAME_WITH_LINK")

    def text(self, path: str, value: LocalizedText, most: int = TEXT) -> None:
        """Text of several lines, in each language in which it is given."""
        self._characters(f"{path}.fr", value.fr or "", most, allowed="\n\r\t")
        self._characters(f"{path}.en", value.en or "", most, allowed="\n\r\t")

    def words(self, path: str, value: str | None, most: int, required: bool = False) -> None:
        """Text of several lines in whichever language."""
        self.require(path, not required or is_said(value))
        self._characters(path, value or "", most, allowed="\n\r\t")

    def query(self, path: str, value: str | None) -> None:
        """The text of a search box, which has its own rules but for what no text may hold."""
        self._fit(path, value or "", allowed="\n\r\t")

    def _characters(self, path: str, value: str, most: int, allowed: str) -> None:
        self.require(path, len(value) <= most, "TOO_LONG", most=str(most))
        self._fit(path, value, allowed)

    def _fit(self, path: str, value: str, allowed: str) -> None:
        unfit = any(category(c) in ("Cc", "Cs") and c not in allowed for c in value)
        self.require(path, not unfit, "UNFIT_CHARACTER")

    def codes(self, path: str, values: Collection[str], known: Callable[[str], bool], most: int = CODES) -> None:
        """A list of codes of an open list: not too many, none twice over the limit, each one known."""
        if len(values) > most:
            self.note(path, "TOO_MANY", most=str(most))
            return
        for value in values:
            self.require(path, known(value), "UNKNOWN_CODE", value=shown(value))

    def number(self, path: str, value: float | None, least: float, most: float) -> None:
        within = value is None or least <= value <= most
        self.require(path, within, "OUT_OF_RANGE", least=f"{least:.10g}", most=f"{most:.10g}")

    def done(self) -> None:
        """Raises Invalid when anything was noted."""
        if self.problems:
            raise Invalid(self.problems)


def shown(typed: str) -> str:
    """The beginning of what was typed, fit for an answer: half of a character could not even be sent."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in typed[:SHOWN])


def is_time_zone(name: str) -> bool:
    """Whether the IANA data of this machine knows the zone. What is called `localtime` there is the machine's own."""
    return name in _time_zones() and name not in ("localtime", "posixrules", "Factory")


@lru_cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
