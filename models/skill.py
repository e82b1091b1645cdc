"""Skills that candidacies and offers name: a list of our own, with stable codes such as `welding-mig`, and whatever was
imported."""

from collections.abc import Mapping

from models.catalogue import Catalogue, ListName, in_use
from models.code_list import Entries, Entry
from models.language import Language


def _list() -> Catalogue:
    return in_use(ListName.SKILL)


def skills() -> Entries:
    """Every skill, by code."""
    return _list().entries


def find(code: str) -> Entry | None:
    return skills().get(code)


def is_known(code: str) -> bool:
    return _list().is_choosable(code)


def label(code: str, language: Language) -> str:
    """The label in that language; the code itself where there is none."""
    skill = find(code)
    return skill.labels.best(language) if skill else code


def suggest(typed: str, first: int, popular: Mapping[str, int]) -> list[str]:
    """See models.suggestion. Slow when it is first asked of a list that was just put in use."""
    return _list().suggester.suggest(typed, first, popular)
