"""Criteria that were stored are read as they are meant, in whatever version they were written."""

import pytest

from models.stored_criteria import brought_up


def test_criteria_are_brought_up_one_version_after_another() -> None:
    upgrades = {1: lambda stored: {"text": stored["words"]}, 2: lambda stored: {**stored, "mode": "WIDE"}}
    assert brought_up({"version": 1, "words": "soudeur"}, upgrades, 3) == {"version": 3, "text": "soudeur", "mode": "WIDE"}
    assert brought_up({"version": 3, "text": "soudeur"}, upgrades, 3) == {"version": 3, "text": "soudeur"}


@pytest.mark.parametrize("stored", [{"version": 0}, {"version": 4}])
def test_a_version_from_which_no_way_leads_to_the_newest_is_refused(stored: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        brought_up(stored, {1: dict, 2: dict}, 3)
