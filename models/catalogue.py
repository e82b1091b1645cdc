"""The lists of occupations and skills that this process uses: what ships with the service, with what was imported over it.

A state of a list never changes; another takes its place at once, here and nowhere else."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache

from models.code_list import Entries, Entry, overlaid, shipped
from models.suggestion import Suggester

DIGITS = 5
"""Digits of a unit group of the National Occupational Classification, the level at which people and offers are described."""


class ListName(enum.StrEnum):
    OCCUPATION = "OCCUPATION"
    SKILL = "SKILL"


@dataclass(frozen=True)
class Catalogue:
    """One state of one list."""

    name: ListName
    entries: Entries

    def is_choosable(self, code: str) -> bool:
        """Whether the code is in the list and stands for one thing: not for a group of occupations."""
        return code in self.entries and not (self.name is ListName.OCCUPATION and is_group(code))

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """Every choosable code, and every group that it belongs to."""
        return frozenset(prefix for code in self.entries if self.is_choosable(code) for prefix in with_groups(code))

    @cached_property
    def suggester(self) -> Suggester:
        """Takes a second or two to make of a list of sixty thousand titles: ask for it in a thread."""
        return Suggester(entry for code, entry in self.entries.items() if self.is_choosable(code))


def is_group(code: str) -> bool:
    """Whether the code is of a level of the classification above its unit groups."""
    return code.isascii() and code.isdecimal() and len(code) < DIGITS


def with_groups(code: str) -> tuple[str, ...]:
    """The code and, for a unit group, every prefix of it: those are the groups it belongs to. Codes of other classifications
    belong to none."""
    is_unit_group = code.isascii() and code.isdecimal() and len(code) == DIGITS
    return tuple(code[:length] for length in range(1, DIGITS + 1)) if is_unit_group else (code,)


_in_use: dict[ListName, Catalogue] = {}


def in_use(name: ListName) -> Catalogue:
    return _in_use.get(name) or as_shipped(name)


@lru_cache
def as_shipped(name: ListName) -> Catalogue:
    return Catalogue(name, shipped(name.lower()))


def put_in_use(imported: Mapping[ListName, Iterable[Entry]]) -> None:
    """Lays what was imported over what ships with the service, for each list that is named."""
    for name, entries in imported.items():
        catalogue = Catalogue(name, overlaid(as_shipped(name).entries, entries))
        _ = catalogue.suggester  # made before anybody asks for it, and once
        _in_use[name] = catalogue


@contextmanager
def put_back_afterwards() -> Iterator[None]:
    """What is put in use within the block goes out of use with it."""
    before = dict(_in_use)
    try:
        yield
    finally:
        _in_use.clear()
        _in_use.update(before)
