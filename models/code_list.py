"""Reads open lists of codes with labels in both languages: those that ship with the service, and those of the Unicode CLDR.

Decides nothing about which codes are meant.
"""

import csv
from importlib.resources import files
from typing import Literal

from babel import Locale

from models.language import LocalizedText


def labels_by_code(name: str) -> dict[str, LocalizedText]:
    """The labels of every code of `data/<name>.csv`, columns code, fr, en, in the order of the codes."""
    text = (files("models") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    rows = {row["code"]: LocalizedText(fr=row["fr"], en=row["en"]) for row in csv.DictReader(text.splitlines())}
    return dict(sorted(rows.items()))


def cldr_names(kind: Literal["territories", "languages"]) -> dict[str, LocalizedText]:
    """The names used in Canada, in the order of the codes; only what has a name in both languages."""
    french, english = ({str(code): str(name) for code, name in _names(tag, kind)} for tag in ("fr_CA", "en_CA"))
    return {code: LocalizedText(fr=french[code], en=english[code]) for code in sorted(french.keys() & english.keys())}


def _names(tag: str, kind: Literal["territories", "languages"]) -> list[tuple[object, object]]:
    locale = Locale.parse(tag)
    return list((locale.territories if kind == "territories" else locale.languages).items())
