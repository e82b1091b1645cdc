"""Spoken languages are those that the CLDR names in French and in English."""

import csv
from pathlib import Path

import pytest

from models import spoken_language
from models.language import Language

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "iso639_languages.csv"


def test_codes_are_two_or_three_small_letters_in_order() -> None:
    codes = list(spoken_language.languages())
    assert codes == sorted(codes)
    assert all(2 <= len(code) <= 3 and code.isascii() and code.islower() for code in codes)


def test_every_language_has_a_name_in_both_languages() -> None:
    assert all(each.labels.fr and each.labels.en for each in spoken_language.languages().values())


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [("fr", "français", "French"), ("ar", "arabe", "Arabic"), ("fil", "filipino", "Filipino")],
)
def test_names_follow_the_language(code: str, french: str, english: str) -> None:
    assert spoken_language.label(code, Language.FR) == french
    assert spoken_language.label(code, Language.EN) == english


def test_a_code_in_upper_case_is_the_same_language() -> None:
    assert spoken_language.find("ES") == spoken_language.find("es") is not None
    assert spoken_language.normalised("ES ") == "es"


@pytest.mark.parametrize("code", ["", "mul", "und", "zxx", "fr_CA", "zh_Hans", "french", "xx"])
def test_what_is_no_language_is_unknown_and_its_own_label(code: str) -> None:
    assert spoken_language.find(code) is None
    assert not spoken_language.is_known(code)
    assert spoken_language.label(code, Language.EN) == code


@pytest.mark.skipif(not REFERENCE.exists(), reason="the public list of languages is not beside this clone")
def test_no_living_language_of_the_standard_is_missing() -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        standard = {row["alpha2"] or row["alpha3"] for row in csv.DictReader(lines)}
    assert standard <= set(spoken_language.languages())
