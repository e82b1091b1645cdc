"""What a search answers: rows that the caller may see, in the order of the index, with facets and highlights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from models.document import Kind
from models.facet import FACETS, FacetName
from models.highlight import Fragment, highlight
from models.language import Language, LocalizedText
from models.text_query import Node, parse
from search.engine import Page

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    item: T
    cursor: str
    score: float | None


@dataclass(frozen=True)
class FacetCount:
    """`count` documents have the value; `selected` when the criteria ask for it."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class SearchAnswer(Generic[T]):
    """`query` is what the text asked for, if anything."""

    found: list[Found[T]]
    total: int
    has_next: bool
    has_previous: bool
    facets: Mapping[FacetName, Sequence[FacetCount]]
    query: Node | None


@dataclass(frozen=True)
class FieldHighlight:
    field: str
    language: Language
    fragments: Sequence[Fragment]


def found_in(page: Page, items: Mapping[UUID, T]) -> list[Found[T]]:
    """The hits whose rows may be seen. What the index has and the rows do not is left out."""
    return [Found(items[hit.id], hit.cursor, hit.score) for hit in page.hits if hit.id in items]


def counted(page: Page, kind: Kind, selected: Mapping[FacetName, frozenset[str]]) -> dict[FacetName, list[FacetCount]]:
    """The facets of a page by name, most frequent value first."""
    return {
        name: [
            FacetCount(value, count, value in selected.get(name, ()))
            for value, count in sorted(page.facets[field].items(), key=lambda each: (-each[1], each[0]))
        ]
        for name, field in FACETS[kind].items()
        if field in page.facets
    }


def query_of(text: str | None) -> Node | None:
    return parse(text).root if text and not text.isspace() else None


def highlights(fields: Mapping[str, LocalizedText], query: Node | None) -> list[FieldHighlight]:
    """Where the texts of a row answer the query: nothing without one."""
    if query is None:
        return []
    shown = [
        FieldHighlight(field, language, highlight(text.within(language) or "", language, query))
        for field, text in fields.items()
        for language in Language
    ]
    return [each for each in shown if each.fragments]
