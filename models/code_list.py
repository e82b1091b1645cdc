"""Reads the open lists that ship with the service: one CSV file each, with the columns code, fr, en. Decides nothing about codes."""

import csv
from importlib.resources import files

from models.language import LocalizedText


def labels_by_code(name: str) -> dict[str, LocalizedText]:
    """The labels of every code of `data/<name>.csv`, in the order of the codes."""
    with (files("models") / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["code"]: LocalizedText(fr=row["fr"], en=row["en"]) for row in csv.DictReader(lines)}
    return dict(sorted(rows.items()))
