"""The written content, read once from the JSON files beside this module. Draws nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from commands.demo.draw import Weighted
from commands.demo.wording import Phrase
from models.profile import ContractType, Education, WorkMode

Phrases = Mapping[str, tuple[Phrase, ...]]
SKILLS_EXPONENT = 0.6


@dataclass(frozen=True, eq=False)
class EmployerKind:
    """A kind of employer: its name with a place for `{place}`, how it introduces itself, and where it is found."""

    name: str
    introduction: Phrase
    regions: tuple[str, ...]
    """Empty: anywhere."""


@dataclass(frozen=True, eq=False)
class Trade:
    """An occupation with all that can be said of it. `salary` is the usual range in thousands of dollars a year.

    Compared by identity, which makes it a cheap key: each is read once.
    """

    code: str
    title: Phrase
    field: Phrase
    education: Education
    salary: tuple[int, int]
    duties: tuple[Phrase, ...]
    domains: tuple[Phrase, ...]
    skills: Weighted[str]
    workplaces: tuple[Phrase, ...]
    achievements: tuple[Phrase, ...]
    employers: tuple[EmployerKind, ...]


@dataclass(frozen=True)
class Sector:
    """Trades that share terms of work. `hourly`: most of them are paid by the hour."""

    name: str
    work_modes: Weighted[WorkMode]
    contracts: Weighted[ContractType]
    hourly: bool
    skills: Weighted[str]
    benefits: tuple[Phrase, ...]
    trades: tuple[Trade, ...]


@dataclass(frozen=True)
class People:
    """People of one country: their names, and the range of their levels in each language, the one of home first."""

    country: str
    languages: tuple[tuple[str, int, int], ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    cities: Mapping[str, tuple[str, ...]]
    invented: tuple[str, ...]


@cache
def phrases() -> Phrases:
    """Every list of phrases by its name, such as `opening` or `training.BACHELOR`."""
    found: dict[str, tuple[Phrase, ...]] = {}
    for name, entry in _read("phrases.json").items():
        lists = {f"{name}.{key}": pairs for key, pairs in entry.items()} if isinstance(entry, dict) else {name: entry}
        found |= {each: _phrases(pairs) for each, pairs in lists.items()}
    return found


@cache
def sectors() -> tuple[Sector, ...]:
    names = sorted(entry.name for entry in files("commands").joinpath("demo", "sectors").iterdir())
    return tuple(_sector(name.removesuffix(".json"), _read("sectors", name)) for name in names if name.endswith(".json"))


@cache
def people() -> tuple[People, ...]:
    return tuple(
        People(
            country=country,
            languages=tuple((code, low, high) for code, (low, high) in entry["languages"].items()),
            women=tuple(entry["women"]),
            men=tuple(entry["men"]),
            families=tuple(entry["families"]),
        )
        for country, entry in _read("people.json").items()
    )


@cache
def places() -> Places:
    read = _read("places.json")
    return Places({region: tuple(names) for region, names in read["cities"].items()}, tuple(read["invented"]))


@cache
def ranking(name: str) -> tuple[str, ...]:
    """The most wanted `occupations` or `regions` first. Occupations that are not ranked come after."""
    return tuple(_read("ranking.json")[name])


@cache
def related(code: str) -> tuple[str, ...]:
    """The other occupations that one person may well seek along with this one."""
    groups = [group for group in _read("ranking.json")["related"] if code in group]
    return tuple(each for group in groups for each in group if each != code)


def _read(*path: str) -> Any:
    return json.loads(files("commands").joinpath("demo", *path).read_text(encoding="utf-8"))


def _phrases(entries: list[list[str]]) -> tuple[Phrase, ...]:
    return tuple(Phrase.of(entry[0], entry[1]) for entry in entries)


def _sector(name: str, read: Any) -> Sector:
    return Sector(
        name=name,
        work_modes=Weighted.of((WorkMode(mode), weight) for mode, weight in read["workModes"].items()),
        contracts=Weighted.of((ContractType(kind), weight) for kind, weight in read["contracts"].items()),
        hourly=read["hourly"],
        skills=Weighted.by_rank(read["skills"], SKILLS_EXPONENT),
        benefits=_phrases(read["benefits"]),
        trades=tuple(_trade(code, entry, read) for code, entry in read["occupations"].items()),
    )


def _trade(code: str, read: Any, sector: Any) -> Trade:
    return Trade(
        code=code,
        title=Phrase(read["fr"][0], read["fr"][-1], read["en"]),
        field=Phrase.of(*read["field"]),
        education=Education(read["education"]),
        salary=(read["salary"][0], read["salary"][1]),
        duties=_phrases(read["duties"]),
        domains=_phrases(read["domains"]),
        skills=Weighted.by_rank(read["skills"], SKILLS_EXPONENT),
        workplaces=_phrases(_meant_for(code, sector["workplaces"])),
        achievements=_phrases(_meant_for(code, sector["achievements"])),
        employers=tuple(
            EmployerKind(each["name"], Phrase.of(each["fr"], each["en"]), tuple(each.get("regions", ())))
            for each in _meant_for(code, sector["employers"])
        ),
    )


def _meant_for(code: str, entries: list[Any]) -> list[Any]:
    """The entries that name the trade; where none does, those that name no trade."""
    named = [(each.get("for", ()) if isinstance(each, dict) else each[2] if len(each) > 2 else ()) for each in entries]
    mine = [entry for entry, codes in zip(entries, named, strict=True) if code in codes]
    return mine or [entry for entry, codes in zip(entries, named, strict=True) if not codes]
