"""What a search answers: rows that the caller may see, in the order of the index, with facets and highlights."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from models.candidacy_criteria import CandidacyCriteria
from models.disclosure import FEWEST_TOLD, kept_back
from models.document import Kind
from models.facet import FACETS, FacetName
from models.highlight import Fragment, highlight
from models.job_offer_criteria import JobOfferCriteria
from models.language import Language, LocalizedText
from models.match import Match
from models.text_query import Node, parse
from search.engine import Page

T = TypeVar("T")
Criteria = CandidacyCriteria | JobOfferCriteria


@dataclass(frozen=True)
class Found(Generic[T]):
    """`score` is that of the words looked for, `match` the one with what the caller asked to compare with."""

    item: T
    cursor: str
    score: float | None
    match: Match | None = None


@dataclass(frozen=True)
class FacetCount:
    """`count` documents have the value; where that is not told, `fewer_than` so many do, or more when that is None. `selected`
    when the criteria ask for it."""

    value: str
    count: int | None
    fewer_than: int | None
    selected: bool


@dataclass(frozen=True)
class SearchAnswer(Generic[T]):
    """`query` is what the text asked for, if anything. `end_cursor` is where the next page begins: there may be one though
    nothing of this page may be seen any more."""

    found: list[Found[T]]
    end_cursor: str | None
    total: int
    has_next: bool
    has_previous: bool
    facets: Mapping[FacetName, Sequence[FacetCount]]
    query: Node | None
    criteria: Criteria | None = None


@dataclass(frozen=True)
class FieldHighlight:
    field: str
    language: Language
    fragments: Sequence[Fragment]


def found_in(page: Page, items: Mapping[UUID, T], matches: Mapping[UUID, Match] | None = None) -> list[Found[T]]:
    """The hits whose rows may be seen. What the index has and the rows do not is left out. Where there are matches, they
    are told, and not what the engine has counted."""
    if matches is None:
        return [Found(items[hit.id], hit.cursor, hit.score) for hit in page.hits if hit.id in items]
    return [Found(items[hit.id], hit.cursor, None, matches[hit.id]) for hit in page.hits if hit.id in items]


def end_of(page: Page) -> str | None:
    return page.hits[-1].cursor if page.hits else None


def counted(page: Page, kind: Kind, selected: Mapping[FacetName, frozenset[str]]) -> dict[FacetName, list[FacetCount]]:
    """The facets of a page by name, most frequent value first. Counts that are not told leave no trace in the order: those
    values come last, of candidacies in each of two groups."""
    return {
        name: sorted(_told(page.facets[field], kind, selected.get(name, frozenset())), key=_place)
        for name, field in FACETS[kind].items()
        if field in page.facets
    }


def fewest_told(kind: Kind) -> int:
    """How many documents of the kind there must be for their number, or what only they say, to be told."""
    return FEWEST_TOLD if kind is Kind.CANDIDACY else 1


def _told(counts: Mapping[str, int], kind: Kind, selected: Set[str]) -> Iterator[FacetCount]:
    chosen = {value: count for value, count in counts.items() if value in selected}  # what is found, where there is a selection
    untold = kept_back(counts) | kept_back(chosen) if kind is Kind.CANDIDACY else ()
    least = fewest_told(kind)
    for value, count in counts.items():
        few = count < least
        yield FacetCount(value, None if few or value in untold else count, least if few else None, value in selected)
    for value in selected - counts.keys():  # it is still selected
        yield FacetCount(value, 0, None, selected=True)


def _place(each: FacetCount) -> tuple[int, int, str]:
    return -(each.count or 0), each.fewer_than or 0, each.value


def query_of(text: str | None) -> Node | None:
    return parse(text).root if text and not text.isspace() else None


def ignored_in(text: str | None) -> list[str]:
    """The words of a query that are not looked for. A query of nothing else is refused, and never finds everything."""
    return list(parse(text).ignored) if text else []


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
