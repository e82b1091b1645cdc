"""Words are near by the letters that are wrong, missing, too many or exchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.spelling import allowed_errors, errors_between, other_beginnings

LETTERS = st.text("abc", max_size=8)


@pytest.mark.parametrize(
    ("word", "allowed"), [("", 0), ("cui", 0), ("chef", 1), ("agent", 1), ("soudeur", 2), ("c++c", 0), ("abc123", 0)]
)
def test_longer_words_may_hold_more_errors(word: str, allowed: int) -> None:
    assert allowed_errors(word) == allowed


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("soudeur", "soudeur", 0),
        ("soudeur", "soudeurs", 1),
        ("sodeur", "soudeur", 1),
        ("suodeur", "soudeur", 1),
        ("saudeur", "soudeur", 1),
        ("suodeurs", "soudeur", 2),
        ("sudoeru", "soudeur", 0),  # three errors
        ("chef", "chefs", 1),
        ("chef", "cheffe", 0),  # two errors, and four letters
        ("oudeur", "soudeur", 1),
        ("xoudeur", "soudeur", 1),
        ("xoudeuse", "soudeur", 0),  # the first letter, and not it alone
    ],
)
def test_errors_are_counted_up_to_what_is_allowed(typed: str, meant: str, errors: int) -> None:
    assert errors_between(typed, meant) == errors


@given(LETTERS, LETTERS)
def test_only_words_that_begin_otherwise_are_among_the_other_beginnings(typed: str, meant: str) -> None:
    if typed[:1] != meant[:1] and errors_between(typed, meant):
        assert meant in set(other_beginnings(typed))
