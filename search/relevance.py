"""What puts one document before another: the words looked for in text, or how well it matches, and only those.

A score is a count, and depends on nothing but the document: what else is written moves nobody's place, so that pages can be
turned; it can be told to whoever asks for it; and saying a word ten times gains nothing."""

from collections.abc import Iterator, Sequence

from models.clause import Adjacent, AllOf, AnyOf, Clause, HasAny, Weighted, gained, has
from models.document import TEXTS, Document
from search.engine import Order, SearchRequest

TITLE_WEIGHT = 3
"""What a word in a title adds, beside the 1 that it adds anywhere."""


def scored(request: SearchRequest) -> Sequence[Weighted]:
    """What adds up to the scores of a request; nothing where nothing is scored, as when no word was asked for."""
    if request.order is Order.RELEVANCE:
        return tuple(weighed(request.clause))
    return request.weights if request.order is Order.MATCH else ()


def weighed(clause: Clause) -> Iterator[Weighted]:
    """Each part of the clause that scores. What is excluded does not count, nor do codes and numbers."""
    for leaf in _words(clause):
        yield leaf, 1
        if leaf.field.startswith("text_"):
            title = leaf.field.replace("text_", "title_")
            yield Adjacent(title, leaf.words) if isinstance(leaf, Adjacent) else HasAny(title, leaf.values), TITLE_WEIGHT


def score(clause: Clause, document: Document) -> int:
    """The score of a document that the clause finds: what every engine must give."""
    return gained(weighed(clause), document)


def _words(clause: Clause) -> Iterator[Adjacent | HasAny]:
    match clause:
        case HasAny(field, values) if field in TEXTS:
            yield from (has(field, value) for value in sorted(values))
        case Adjacent(field) if field in TEXTS:
            yield clause
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _words(part)
        case _:
            return
