"""Folding: one plain spelling for letters that people write in many ways (É, œ, ﬁ, full width, curly apostrophes).

It works one character at a time and knows no language, so that every place in the folded text has its place in the original.
"""

import unicodedata
from typing import Final

_APOSTROPHES: Final = "'’‘‛ʼʹʻʽˈˊ′‵＇`´"
_SIGNS: Final = "_™℠®©…\u200b"
_LETTERS: Final = {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "þ": "th"}
_SPECIAL: Final = {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_SIGNS, " "), **_LETTERS}

# Any text may bring any of a million characters: the table keeps the first few thousand it meets.
_KEPT: Final = 4096


def fold(text: str) -> str:
    """Lower case, compatibility forms resolved (NFKC), without accents and invisible characters. Its length may differ."""
    return text.translate(_TABLE)


def fold_in_place(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its characters the place in `text` it comes from: None when nothing moved."""
    if text.isascii():
        return fold(text), None
    pieces = [_TABLE[ord(character)] for character in text]
    folded = "".join(pieces)
    if all(len(piece) == 1 for piece in pieces):
        return folded, None
    return folded, [place for place, piece in enumerate(pieces) for _ in piece]


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(self) < _KEPT:
            self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    """Repeated until nothing changes: the parts of some letters fold again (ǽ is an æ with an accent)."""
    folded = "".join(part for part in _resolve(character) if not _is_invisible(part))
    return folded if folded == character else "".join(map(_fold_character, folded))


def _resolve(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())


def _is_invisible(character: str) -> bool:
    """Accents and what writing leaves inside words without showing: soft hyphens, joiners, marks of direction."""
    category = unicodedata.category(character)
    return category[0] == "M" or (category == "Cf" and character not in _SPECIAL)


_TABLE: Final = _Table()
