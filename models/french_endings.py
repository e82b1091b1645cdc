"""One gender and number for French job words, so that infirmière finds infirmier and vendeur finds vendeuses.

The stemmer knows many of these endings by their accents, which the analysis has folded away before, and stems some words
otherwise with an s (conseillers, emplois, commissions). Nothing else is stemmed here.
"""

from typing import Final

# The adjectives in -eux follow their feminine (heureux, heureuse): whether -euse belongs to one or to a trade, it does not show.
_MASCULINE: Final = (
    ("ere", "er"),
    ("trice", "teur"),
    ("euse", "eur"),
    ("eux", "eur"),
    ("tive", "tif"),
    ("ssive", "ssif"),
    ("ee", "e"),
)
_EXCEPTIONS: Final = {
    **dict.fromkeys(("cheffe", "cheffes"), "chef"),
    **dict.fromkeys(("publique", "publiques"), "public"),
    **dict.fromkeys(("ingenieuse", "ingenieuses"), "ingenieux"),  # no more than ingenieux, which is no ingenieur
    "ingenieux": "ingenieux",
    "emplois": "emploi",
    "essais": "essai",
    "enjeux": "enjeu",
    "milieux": "milieu",
}
_SHORTEST: Final = 6
# After these an s is a plural; after i it may be the word itself (anglais, commis, permis), after e the stemmer takes it away.
_BEFORE_PLURAL: Final = tuple(f"{letter}s" for letter in "bcdfghklmnoprtu")


def plain_form(folded: str) -> str:
    """The masculine singular of a folded word, as far as its ending tells; any other word as it is."""
    if folded in _EXCEPTIONS:
        return _EXCEPTIONS[folded]
    if len(folded) < _SHORTEST:
        return folded
    singular = folded.removesuffix("s")
    for feminine, masculine in _MASCULINE:
        if singular.endswith(feminine) and len(singular) >= _SHORTEST:
            return singular.removesuffix(feminine) + masculine
    return singular if folded.endswith(_BEFORE_PLURAL) and not folded.endswith("vers") else folded
