"""Criteria as JSON, in the field names of the API, with the version of their meaning. Both kinds are written and read by what
their fields are declared to be."""

import enum
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from models.candidacy_criteria import CandidacyCriteria
from models.criteria import CRITERIA_VERSION
from models.job_offer_criteria import JobOfferCriteria

Criteria = JobOfferCriteria | CandidacyCriteria
Stored = dict[str, Any]
T = TypeVar("T")
Upgrade = Callable[[Mapping[str, Any]], Mapping[str, Any]]
UPGRADES: dict[int, Upgrade] = {}
"""What makes of stored criteria of a version those of the next: one for each version that was ever released, but the newest. They
are brought up whenever they are read, and written anew where anchors are mended (notifications.anchoring)."""


def to_json(criteria: Criteria) -> Stored:
    """What was asked, and nothing of what was left open."""
    stored = {"version": CRITERIA_VERSION, **_written(criteria)}
    if not criteria.skills:
        del stored["skillsMatch"]
    return stored


def _written(value: Any) -> Any:
    if is_dataclass(value):
        named = {_name(each.name): _written(getattr(value, each.name)) for each in fields(value)}
        return {name: written for name, written in named.items() if written not in (None, [], {})}
    match value:
        case tuple():
            return [_written(each) for each in value]
        case enum.Enum():
            return value.value
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
    return value


def from_json(stored: Mapping[str, Any]) -> JobOfferCriteria:
    """The criteria of offers as they were stored. Raises ValueError for a version that is not known here."""
    return _criteria(JobOfferCriteria, stored)


def candidacy_criteria_from_json(stored: Mapping[str, Any]) -> CandidacyCriteria:
    """The same of candidacies."""
    return _criteria(CandidacyCriteria, stored)


def is_current(stored: Mapping[str, Any]) -> bool:
    """Whether they were written as this version of the program writes them."""
    return bool(stored.get("version") == CRITERIA_VERSION)


def _criteria(of: type[T], stored: Mapping[str, Any]) -> T:
    return _fields(of, brought_up(stored))


def brought_up(
    stored: Mapping[str, Any], upgrades: Mapping[int, Upgrade] = UPGRADES, newest: int = CRITERIA_VERSION
) -> Mapping[str, Any]:
    """The same in the newest version. Raises ValueError for one from which no way leads there."""
    while (version := stored.get("version", newest)) != newest:
        if version not in upgrades:
            raise ValueError(f"criteria of version {version} cannot be read")
        stored = {**upgrades[version](stored), "version": version + 1}
    return stored


def _fields(of: type[T], stored: Mapping[str, Any]) -> T:
    return of(**{field: _read(kind, stored[name]) for field, name, kind in _declared(cast(Hashable, of)) if name in stored})


@lru_cache
def _declared(of: Hashable) -> list[tuple[str, str, Any]]:
    """Its fields, with their names in JSON and what each holds."""
    assert isinstance(of, type)
    assert is_dataclass(of)
    kinds = get_type_hints(of)
    return [(each.name, _name(each.name), kinds[each.name]) for each in fields(of)]


def _read(kind: Any, stored: Any) -> Any:
    if get_origin(kind) is UnionType:
        kind = get_args(kind)[0]
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in stored)
    if isinstance(kind, type) and is_dataclass(kind):
        return _fields(kind, stored)
    if kind is date:
        return date.fromisoformat(stored)
    return kind(stored)


def _name(field: str) -> str:
    first, *rest = field.split("_")
    return first + "".join(map(str.capitalize, rest))
