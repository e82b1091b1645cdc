"""Skills that candidacies and offers name: a list of our own, with stable codes such as `welding-mig`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from models.code_list import labels_by_code
from models.language import Language, LocalizedText


@dataclass(frozen=True)
class Skill:
    code: str
    labels: LocalizedText


@lru_cache
def skills() -> Mapping[str, Skill]:
    """Every skill, by code."""
    return MappingProxyType({code: Skill(code, labels) for code, labels in labels_by_code("skills").items()})


def find(code: str) -> Skill | None:
    return skills().get(code)


def is_known(code: str) -> bool:
    return code in skills()


def label(code: str, language: Language) -> str:
    """The label in that language; the code itself where there is none."""
    skill = find(code)
    return skill.labels.best(language) if skill else code
