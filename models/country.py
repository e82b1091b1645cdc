"""Countries by their ISO 3166-1 alpha-2 code, upper case, named as in Canada by the Unicode CLDR. Keeps no table of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from babel import Locale

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
    french, english = Locale.parse("fr_CA").territories, Locale.parse("en_CA").territories
    codes = sorted(code for code in french if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES)
    return MappingProxyType(
        {code: Country(code, LocalizedText(fr=french[code], en=english[code])) for code in codes if code in english}
    )


def find(code: str) -> Country | None:
    """The country of a code in either case."""
    return countries().get(code.upper())


def is_known(code: str) -> bool:
    return find(code) is not None


def label(code: str, language: Language) -> str:
    """The name in that language; the code itself where there is none."""
    country = find(code)
    return country.labels.best(language) if country else code
