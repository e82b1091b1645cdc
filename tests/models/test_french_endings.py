"""French endings are made one before stemming, and words that only look like feminines or plurals are left alone."""

import pytest

from models.french_endings import plain_form


@pytest.mark.parametrize(
    ("folded", "plain"),
    [
        ("infirmieres", "infirmier"),
        ("conductrice", "conducteur"),
        ("serveuses", "serveur"),
        ("retraitees", "retraite"),
        ("passives", "passif"),
        ("managers", "manager"),
        ("tissus", "tissu"),
        ("emplois", "emploi"),
    ],
)
def test_a_feminine_or_a_plural_becomes_the_masculine_singular(folded: str, plain: str) -> None:
    assert plain_form(folded) == plain


@pytest.mark.parametrize(
    "folded", ["mere", "idee", "temps", "bois", "anglais", "permis", "commis", "univers", "ingenieux", "process", "r"]
)
def test_other_words_are_left_to_the_stemmer(folded: str) -> None:
    assert plain_form(folded) == folded
