"""Fields of a Tantivy index and the form in which a document is handed to it. Stores nothing: rows come from the database.

Two integers hold an id, because documents can be deleted by an integer and read back without the store. Keywords of many values
are handed over as one text: a tenth of the time of one value after another."""

from collections.abc import Mapping
from uuid import UUID

import tantivy

from models.document import KEYWORDS, NUMBERS, TEXTS, Document, Kind
from search.engine import Removal
from search.layout import UNCOUNTED, digest, keyword_values, microseconds, number_values, pay, text_values

LAYOUT = 3
"""Raised when the fields below change otherwise than by the tables of models.document."""

Fields = Mapping[str, list[str] | int]
"""A document or a tombstone as Tantivy takes it; also a line of a rebuild's journal."""

ID_HIGH, ID_LOW, VERSION, DIGEST = "id_high", "id_low", "version", "digest"
REMOVED, REMOVED_AT = "removed", "removed_at"
PUBLISHED, PAY = "published", "pay"
TOKENS = "tokens"
HALF = 2**63
LOW_BITS = 2**64 - 1


def schema(kind: Kind) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (ID_HIGH, ID_LOW, VERSION, DIGEST, REMOVED, REMOVED_AT, PUBLISHED, PAY, *NUMBERS[kind]):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name=TOKENS)
    for name in KEYWORDS[kind]:
        joined = name in UNCOUNTED
        builder.add_text_field(name, tokenizer_name=TOKENS if joined else "raw", index_option="basic", fast=not joined)
    return builder.build()


def layout(kind: Kind) -> str:
    return digest(kind, "tantivy", LAYOUT)


def make_index(kind: Kind, path: str) -> tantivy.Index:
    """A new index in that folder, which is empty."""
    return _prepared(tantivy.Index(schema(kind), path=path))


def open_index(kind: Kind, path: str) -> tantivy.Index:
    """The index of that folder. Raises ValueError when it cannot be used. Makes none where there is none: an index that lost its
    description would begin anew, and be taken for one that was filled."""
    index = tantivy.Index.open(path)
    if index.schema != schema(kind):
        raise ValueError(f"the index in {path} has other fields")
    return _prepared(index)


def _prepared(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def halves(id: UUID) -> tuple[int, int]:
    """The id as two signed integers that sort as the id does."""
    return (id.int >> 64) - HALF, (id.int & LOW_BITS) - HALF


def whole(high: int, low: int) -> UUID:
    return UUID(int=((high + HALF) << 64) | (low + HALF))


def fields_of(change: Document | Removal) -> Fields:
    high, low = halves(change.id)
    identity = {ID_HIGH: high, ID_LOW: low, VERSION: change.version}
    if isinstance(change, Removal):
        return {**identity, REMOVED: 1, REMOVED_AT: int(change.at.timestamp())}
    described = {DIGEST: change.digest, PUBLISHED: microseconds(change.published_at), PAY: pay(change)}
    texts = {name: [text] for name, text in text_values(change)}
    keywords = {name: [" ".join(values)] if name in UNCOUNTED else values for name, values in keyword_values(change)}
    return {**identity, **described, **texts, **keywords, **dict(number_values(change))}


def id_of(fields: Fields) -> tuple[int, int]:
    high, low = fields[ID_HIGH], fields[ID_LOW]
    assert isinstance(high, int)
    assert isinstance(low, int)
    return high, low


def version_of(fields: Fields) -> int:
    version = fields[VERSION]
    assert isinstance(version, int)
    return version
