"""Occupations by their code of the National Occupational Classification (NOC/CNP) 2021: a selection, with labels of our own.

Unit groups have five digits; the ten broad categories have one. The levels between have no labels here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from models.code_list import labels_by_code
from models.language import Language, LocalizedText

DIGITS = 5
"""Digits of a unit group, the level at which candidacies and offers are described."""


@dataclass(frozen=True)
class Occupation:
    code: str
    labels: LocalizedText


@lru_cache
def occupations() -> Mapping[str, Occupation]:
    """Every unit group and broad category that has labels, by code."""
    return MappingProxyType({code: Occupation(code, labels) for code, labels in labels_by_code("occupations").items()})


def find(code: str) -> Occupation | None:
    return occupations().get(code)


def is_known(code: str) -> bool:
    """Whether the code is a unit group of the list. A broad category is a prefix, not an occupation."""
    return len(code) == DIGITS and code in occupations()


def is_known_prefix(code: str) -> bool:
    """Whether criteria may name this code: one to five digits that begin a unit group of the list."""
    return code in _prefixes()


def label(code: str, language: Language) -> str:
    """The label in that language; the code itself where there is none."""
    occupation = find(code)
    return occupation.labels.best(language) if occupation else code


@lru_cache
def _prefixes() -> frozenset[str]:
    return frozenset(code[:length] for code in occupations() if is_known(code) for length in range(1, DIGITS + 1))
