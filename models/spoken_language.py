"""Languages that people speak, by their ISO 639 code of two letters or else three, lower case, named by the Unicode CLDR.

The two languages of the service are another matter: see `models.language`. Regional variants have no code of their own here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from models.code_list import cldr_names
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
    names = {code: labels for code, labels in cldr_names("languages").items() if "_" not in code}
    return MappingProxyType({code: SpokenLanguage(code, labels) for code, labels in names.items() if code not in NOT_LANGUAGES})


def normalised(code: str) -> str:
    """The code as this list writes it, lower case, whatever case it was typed in. Does not say that it exists."""
    return code.strip().lower()


def find(code: str) -> SpokenLanguage | None:
    """The language of a code in either case."""
    return languages().get(normalised(code))


def is_known(code: str) -> bool:
    return find(code) is not None


def label(code: str, language: Language) -> str:
    """The name in that language; the code itself where there is none."""
    spoken = find(code)
    return spoken.labels.best(language) if spoken else code
