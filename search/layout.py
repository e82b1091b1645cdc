"""The fields of an index beside those of the documents, and the digest that tells one layout from another.

Both engines derive their mappings from the tables of models.document: a field added there is indexed here."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from models.document import KEYWORDS, NUMBERS, TEXTS, Document, Kind
from models.text import ANALYSIS_VERSION

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNKNOWN_PAY = -1
"""What stands for no salary where offers are ordered by it: they come last."""
LEAST_WHOLE, MOST_WHOLE = -(2**63), 2**63 - 1
"""What a number field of either engine can hold."""
UNCOUNTED = frozenset({"words", "languages", "number", "hidden_from"})
"""Keyword fields that are looked for, never counted as facets: of very many values, or nobody's to see. Their values have no
blanks."""


def microseconds(instant: datetime) -> int:
    """Since 1970, exact: two publications in one second keep their order."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def pay(document: Document) -> int:
    return document.numbers.get("annual_maximum", UNKNOWN_PAY)


def digest(kind: Kind, *engine: object) -> str:
    """Changes whenever an index made before can no longer be searched or written: it names the index."""
    parts = (ANALYSIS_VERSION, TEXTS, KEYWORDS[kind], NUMBERS[kind], *engine)
    return sha256(repr(parts).encode()).hexdigest()[:10]


def text_values(document: Document) -> Iterator[tuple[str, str]]:
    """Each text field that says something, as tokens joined by spaces."""
    return ((name, " ".join(document.texts[name])) for name in TEXTS if document.texts.get(name))


def keyword_values(document: Document) -> Iterator[tuple[str, list[str]]]:
    fields = KEYWORDS[document.kind]
    return ((name, document.sorted_keywords[name]) for name in fields if document.keywords.get(name))


def number_values(document: Document) -> Iterator[tuple[str, int]]:
    return ((name, document.numbers[name]) for name in NUMBERS[document.kind] if name in document.numbers)


def known_field(kind: Kind, name: str) -> str:
    """The name itself. A misspelt one finds nothing in either engine, silently: here it is a LookupError."""
    if name in TEXTS or name in KEYWORDS[kind] or name in NUMBERS[kind]:
        return name
    raise LookupError(f"documents of kind {kind} have no field {name!r}")


def facet_field(kind: Kind, name: str) -> str:
    """The name of a field whose values can be counted; LookupError for any other."""
    if name in KEYWORDS[kind] and name not in UNCOUNTED:
        return name
    raise LookupError(f"the values of {name!r} of kind {kind} are not counted")
