"""Occupations by their code of the National Occupational Classification (NOC/CNP) 2021: a selection, with labels of our own,
and whatever was imported.

Unit groups have five digits; the groups they belong to are the prefixes of their codes. Codes of another form belong to
none.
"""

from collections.abc import Iterable, Mapping

from models.catalogue import Catalogue, ListName, in_use, is_group, with_groups
from models.code_list import Entries, Entry
from models.language import Language


def _list() -> Catalogue:
    return in_use(ListName.OCCUPATION)


def occupations() -> Entries:
    """Everything that has labels, groups too, by code."""
    return _list().entries


def find(code: str) -> Entry | None:
    return occupations().get(code)


def is_known(code: str) -> bool:
    """Whether the code is an occupation of the list. A broad category is a prefix, not an occupation."""
    return _list().is_choosable(code)


def is_known_prefix(code: str) -> bool:
    """Whether criteria may name this code: an occupation of the list, or a group of one."""
    return code in _list().prefixes


def prefixes(codes: Iterable[str]) -> frozenset[str]:
    """Every code with all its groups: the group 313 finds the occupation 31301."""
    return frozenset(prefix for code in codes for prefix in with_groups(code))


def broad_categories(codes: Iterable[str]) -> frozenset[str]:
    """The outermost group of every code that belongs to one."""
    return frozenset(outermost for code in codes if is_group(outermost := with_groups(code)[0]))


def label(code: str, language: Language) -> str:
    """The label in that language; the code itself where there is none."""
    occupation = find(code)
    return occupation.labels.best(language) if occupation else code


def suggest(typed: str, first: int, popular: Mapping[str, int]) -> list[str]:
    """See models.suggestion. Slow when it is first asked of a list that was just put in use."""
    return _list().suggester.suggest(typed, first, popular)
