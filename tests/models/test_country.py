"""Countries are those of ISO 3166-1, named as in Canada."""

import csv
from pathlib import Path

import pytest

from models import country
from models.language import Language

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "iso3166_countries.csv"


def test_codes_are_two_capital_letters_in_order() -> None:
    codes = list(country.countries())
    assert codes == sorted(codes)
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in codes)


def test_every_country_has_a_name_in_both_languages() -> None:
    assert all(each.labels.fr and each.labels.en for each in country.countries().values())


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [("US", "États-Unis", "United States"), ("CI", "Côte d’Ivoire", "Côte d’Ivoire"), ("DE", "Allemagne", "Germany")],
)
def test_names_follow_the_language(code: str, french: str, english: str) -> None:
    assert country.label(code, Language.FR) == french
    assert country.label(code, Language.EN) == english


def test_a_code_in_lower_case_is_the_same_country() -> None:
    assert country.find("dz") == country.find("DZ") is not None
    assert country.normalised(" dz ") == "DZ"


@pytest.mark.parametrize("code", ["", "EU", "EZ", "UN", "XA", "XB", "XK", "QO", "ZZ", "001", "419", "CAN", "Algérie"])
def test_what_is_no_country_of_the_standard_is_unknown_and_its_own_label(code: str) -> None:
    assert country.find(code) is None
    assert not country.is_known(code)
    assert country.label(code, Language.FR) == code


@pytest.mark.skipif(not REFERENCE.exists(), reason="the public list of countries is not beside this clone")
def test_the_codes_are_exactly_those_of_the_standard() -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        assert set(country.countries()) == {row["alpha2"] for row in csv.DictReader(lines)}
