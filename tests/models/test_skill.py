"""The skills that ship with the service are well formed and bilingual."""

import re

import pytest

from models import skill
from models.language import Language


def test_every_code_is_a_lower_case_slug_and_they_come_in_order() -> None:
    codes = list(skill.skills())
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)
    assert codes == sorted(codes)


def test_there_are_a_few_hundred() -> None:
    assert 300 <= len(skill.skills()) <= 500


def test_every_skill_has_a_label_in_both_languages() -> None:
    assert all(each.labels.fr and each.labels.en for each in skill.skills().values())


def test_labels_are_written_with_typographic_apostrophes() -> None:
    assert not any("'" in f"{each.labels.fr}{each.labels.en}" for each in skill.skills().values())


def test_no_two_skills_share_a_label() -> None:
    for language in Language:
        labels = [each.labels.best(language).casefold() for each in skill.skills().values()]
        assert len(labels) == len(set(labels))


def test_labels_follow_the_language() -> None:
    assert skill.label("welding-mig", Language.FR) == "Soudage MIG"
    assert skill.label("welding-mig", Language.EN) == "MIG welding"


@pytest.mark.parametrize("code", ["", "Python", "unheard-of"])
def test_an_unknown_code_is_no_skill_and_its_own_label(code: str) -> None:
    assert skill.find(code) is None
    assert not skill.is_known(code)
    assert skill.label(code, Language.EN) == code
