"""Folding gives one spelling to letters written in many ways, and never loses the place they stood at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.folding import fold, fold_in_place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ÉLÈVE", "eleve"),
        ("Œuvre ÆSIR Straße", "oeuvre aesir strasse"),
        ("ǽ ĳ ﬃ № ²", "ae ij ffi no 2"),
        ("ＮＵＲＳＥ＋", "nurse+"),
        ("l’un ‘deux´ trois`", "l'un 'deux' trois'"),
        ("e\u0301 so\u00adin\u200d \ufefffin", "e soin fin"),
        ("snake_case…Node™", "snake case node "),
        ("Ελληνικός ΣΑΣ", "ελληνικοσ σασ"),
    ],
)
def test_the_spellings_of_a_letter_become_one(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.one_of(st.sampled_from("aéœ½ﬁ\u0301\u00ad"), st.characters())))
def test_every_folded_letter_knows_the_letter_it_comes_from(text: str) -> None:
    folded, origins = fold_in_place(text)
    assert folded == fold(text)
    places = range(len(text)) if origins is None else origins
    assert [fold(text[place]) for place in sorted(set(places))] == [fold(letter) for letter in text if fold(letter)]
    assert all(letter in fold(text[place]) for letter, place in zip(folded, places, strict=True))
