"""Countries by their ISO 3166-1 alpha-2 code, upper case, named as in Canada by the Unicode CLDR. Keeps no table of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from models.code_list import cldr_names
from models.language import Language, LocalizedText

NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
"""Two-letter regions of the CLDR that ISO 3166-1 does not assign: unions, outlying islands, placeholders, tests."""


@dataclass(frozen=True)
class Country:
    code: str
    labels: LocalizedText


@lru_cache
def countries() -> Mapping[str, Country]:
    """Every country, by code."""
    names = {code: labels for code, labels in cldr_names("territories").items() if len(code) == 2}
    return MappingProxyType(
        {code: Country(code, labels) for code, labels in names.items() if code.isalpha() and code not in NOT_COUNTRIES}
    )


def normalised(code: str) -> str:
    """The code as this list writes it, upper case, whatever case it was typed in. Does not say that it exists."""
    return code.strip().upper()


def find(code: str) -> Country | None:
    """The country of a code in either case."""
    return countries().get(normalised(code))


def is_known(code: str) -> bool:
    return find(code) is not None


def label(code: str, language: Language) -> str:
    """The name in that language; the code itself where there is none."""
    country = find(code)
    return country.labels.best(language) if country else code
