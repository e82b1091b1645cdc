"""Which parts of a clause make one document more relevant than another: the words looked for in text, and only those."""

from collections.abc import Iterator

from models.clause import Adjacent, AllOf, AnyOf, Clause, HasAny
from models.document import TEXTS

TITLE_WEIGHT = 3.0
"""What a word in a title adds, in times of what it adds in the text as a whole."""


def scored(clause: Clause) -> Iterator[HasAny | Adjacent]:
    """The words and phrases that a document gains by. What is excluded does not count, nor do codes and numbers."""
    match clause:
        case HasAny(field) | Adjacent(field) if field in TEXTS:
            yield clause
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from scored(part)
        case _:
            return


def title_of(field: str) -> str | None:
    """The field that holds the title alone, for the text field that holds everything in that language."""
    return f"title_{field.removeprefix('text_')}" if field.startswith("text_") else None
