"""Keys: one for each purpose and secret, with ids that stay when secrets come and go."""

import pytest

from auth.keys import Keys

OLD, NEW = "an old secret of thirty-two bytes", "a new secret of thirty-two bytes."


def test_a_purpose_has_a_key_of_its_own() -> None:
    keys = Keys([NEW])
    assert len({keys.derive(purpose) for purpose in ("one", "two", "three")}) == 3


def test_the_same_secret_gives_the_same_keys_for_good() -> None:
    assert Keys([NEW]).derive("one").hex() == "78ecaf246980aec85795358e913713b7d4083e6a05bea9787831e684f5d9353f"


def test_the_newest_secret_makes_and_every_secret_verifies() -> None:
    keys = Keys([NEW, OLD])
    assert keys.all("one") == [Keys([NEW]).derive("one"), Keys([OLD]).derive("one")]
    assert keys.derive("one") == keys.all("one")[0]


def test_the_id_of_a_secret_stays_when_another_is_put_before_it() -> None:
    assert Keys([NEW, OLD]).by_id("one")[Keys([OLD]).newest_id] == Keys([OLD]).derive("one")


def test_an_id_says_nothing_of_the_secret() -> None:
    assert Keys([NEW]).newest_id not in Keys([NEW]).derive("one").hex()


@pytest.mark.parametrize("secrets", [[], [""], [NEW, ""]])
def test_a_missing_or_empty_secret_is_refused(secrets: list[str]) -> None:
    with pytest.raises(ValueError, match="secret"):
        Keys(secrets)
