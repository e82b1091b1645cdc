"""The occupations that ship with the service are well formed, bilingual, and taken from the classification."""

import csv
import re
from pathlib import Path

import pytest

from models import occupation
from models.language import Language

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "noc2021_unit_groups.csv"


def test_every_code_is_a_unit_group_or_a_broad_category() -> None:
    assert all(re.fullmatch(r"\d{5}|\d", code) for code in occupation.occupations())


def test_codes_come_in_order_and_name_their_own_entry() -> None:
    codes = list(occupation.occupations())
    assert codes == sorted(codes)
    assert all(occupation.occupations()[code].code == code for code in codes)


def test_every_occupation_has_a_label_in_both_languages() -> None:
    assert all(each.labels.fr and each.labels.en for each in occupation.occupations().values())


def test_labels_are_written_with_typographic_apostrophes() -> None:
    assert not any("'" in f"{each.labels.fr}{each.labels.en}" for each in occupation.occupations().values())


def test_no_two_occupations_share_a_label() -> None:
    for language in Language:
        labels = [each.labels.best(language) for each in occupation.occupations().values()]
        assert len(labels) == len(set(labels))


def test_there_are_ten_broad_categories_and_more_than_a_hundred_unit_groups() -> None:
    codes = occupation.occupations()
    assert {code for code in codes if len(code) == 1} == set("0123456789")
    assert 120 <= sum(map(occupation.is_known, codes)) <= 200


def test_every_unit_group_belongs_to_a_broad_category_and_every_category_has_one() -> None:
    unit_groups = [code for code in occupation.occupations() if occupation.is_known(code)]
    assert {code[0] for code in unit_groups} == {code for code in occupation.occupations() if len(code) == 1}


def test_nurses_are_found_by_code_and_named_in_the_language_asked_for() -> None:
    assert occupation.label("31301", Language.FR) == "Infirmières et infirmiers"
    assert occupation.label("31301", Language.EN) == "Registered nurses"


@pytest.mark.parametrize("code", ["", "99999", "3130", "313011", "nurse", "３１３０１", "31301 "])
def test_an_unknown_code_is_no_occupation_and_its_own_label(code: str) -> None:
    assert occupation.find(code) is None
    assert not occupation.is_known(code)
    assert occupation.label(code, Language.FR) == code


def test_a_broad_category_has_a_label_and_is_no_occupation() -> None:
    assert occupation.label("3", Language.EN) == "Health care"
    assert not occupation.is_known("3")


@pytest.mark.parametrize(
    ("language", "title", "code"),
    [
        (Language.EN, "office assistant", "14100"),
        (Language.EN, "pastry cook", "63200"),
        (Language.EN, "electromechanical technician", "22310"),
        (Language.FR, "monteurs-assembleurs", "72105"),
    ],
)
def test_what_the_classification_has_in_one_unit_group_labels_no_other(language: Language, title: str, code: str) -> None:
    named = {each.code for each in occupation.occupations().values() if title in each.labels.best(language).lower()}
    assert named <= {code}


@pytest.mark.parametrize("prefix", ["3", "31", "313", "3130", "31301"])
def test_any_beginning_of_a_known_code_is_a_known_prefix(prefix: str) -> None:
    assert occupation.is_known_prefix(prefix)


@pytest.mark.parametrize("prefix", ["", "39", "313010", "x", "1301"])
def test_what_begins_no_known_code_is_no_known_prefix(prefix: str) -> None:
    assert not occupation.is_known_prefix(prefix)


def test_the_list_cannot_be_changed_by_who_reads_it() -> None:
    with pytest.raises(TypeError):
        occupation.occupations()["31301"] = occupation.occupations()["3"]  # type: ignore[index]


@pytest.mark.skipif(not REFERENCE.exists(), reason="the public classification is not beside this clone")
def test_every_unit_group_exists_in_the_public_classification() -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        official = {row["code"] for row in csv.DictReader(lines)}
    assert {code for code in occupation.occupations() if len(code) == 5} <= official
