"""Languages that people speak, by their ISO 639 code of two letters or else three, lower case, named by the Unicode CLDR.

The two languages of the service are another matter: see `models.language`. Regional variants have no code of their own here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from babel import Locale

from models.language import Language, LocalizedText

NOT_LANGUAGES = frozenset({"mul", "und", "zxx"})
"""Codes for several languages, an unknown one, and none."""


@dataclass(frozen=True)
class SpokenLanguage:
    code: str
    labels: LocalizedText


@lru_cache
def languages() -> Mapping[str, SpokenLanguage]:
    """Every language that has a name in French and in English, by code."""
    french, english = Locale.parse("fr_CA").languages, Locale.parse("en_CA").languages
    codes = sorted(code for code in french if "_" not in code and code in english and code not in NOT_LANGUAGES)
    return MappingProxyType({code: SpokenLanguage(code, LocalizedText(fr=french[code], en=english[code])) for code in codes})


def find(code: str) -> SpokenLanguage | None:
    """The language of a code in either case."""
    return languages().get(code.lower())


def is_known(code: str) -> bool:
    return find(code) is not None


def label(code: str, language: Language) -> str:
    """The name in that language; the code itself where there is none."""
    spoken = find(code)
    return spoken.labels.best(language) if spoken else code
