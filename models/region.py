"""The administrative regions of Québec, by their official number, 01 to 17. Their names are the same in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from models.code_list import labels_by_code
from models.language import Language, LocalizedText


@dataclass(frozen=True)
class Region:
    code: str
    labels: LocalizedText


@lru_cache
def regions() -> Mapping[str, Region]:
    """The 17 regions, by code."""
    return MappingProxyType({code: Region(code, labels) for code, labels in labels_by_code("regions").items()})


def find(code: str) -> Region | None:
    return regions().get(code)


def is_known(code: str) -> bool:
    return code in regions()


def label(code: str, language: Language) -> str:
    """The name in that language; the code itself where there is none."""
    region = find(code)
    return region.labels.best(language) if region else code


def place(city: str | None, code: str, language: Language) -> str:
    """A city with its region, as people write it; the region alone where no city is known."""
    return ", ".join(part for part in (city, label(code, language)) if part)
