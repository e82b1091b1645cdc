"""The regions are the seventeen of Québec."""

import csv
from pathlib import Path

import pytest

from models import region
from models.language import Language

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "qc_regions.csv"


def test_the_codes_are_01_to_17_in_order() -> None:
    assert list(region.regions()) == [f"{number:02}" for number in range(1, 18)]


def test_regions_keep_their_french_names_in_english() -> None:
    assert region.label("06", Language.FR) == region.label("06", Language.EN) == "Montréal"


@pytest.mark.parametrize("code", ["", "6", "00", "18", "QC"])
def test_an_unknown_code_is_no_region_and_its_own_label(code: str) -> None:
    assert region.find(code) is None
    assert not region.is_known(code)
    assert region.label(code, Language.FR) == code


@pytest.mark.skipif(not REFERENCE.exists(), reason="the public list of regions is not beside this clone")
def test_names_are_the_official_ones() -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        official = {row["code"]: row["name_fr"] for row in csv.DictReader(lines)}
    assert {code: each.labels.fr for code, each in region.regions().items()} == official
