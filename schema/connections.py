"""What every list of the API shares: pages, facets and highlights."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import strawberry

import models.language as languages
from models import country, facet, occupation, region, spoken_language
from resolvers import search_answer
from resolvers.pages import PageRequest
from schema.fields import Info, argument, doc
from schema.scalars import Cursor
from texts.catalogue import text

strawberry.enum(facet.FacetName, description="What a facet counts.")

First = Annotated[int | None, argument("How many, 1 to 100; 20 when left out.")]
After = Annotated[Cursor | None, argument("The page after the item with this cursor.")]
"""The arguments of every list that has pages."""
Recommended = Annotated[int | None, argument("How many, 1 to 100; 10 when left out.")]


def page(first: int | None, after: str | None) -> PageRequest:
    """The page that was asked for; null asks for as many as leaving it out does."""
    return PageRequest(after=after) if first is None else PageRequest(first, after)


def recommended(first: int | None) -> PageRequest:
    """The same for a list of recommendations, which has one page."""
    return PageRequest(10 if first is None else first)


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = doc("Whether more items follow.")
    has_previous_page: bool = doc("Whether items come before.")
    start_cursor: Cursor | None = doc("Of the first item.")
    end_cursor: Cursor | None = doc("Of the last item: give it as `after` for the next page.")


def page_info(cursors: Sequence[str], has_next: bool, has_previous: bool, end: str | None = None) -> PageInfo:
    """`end` is where the page ends when that is not the last of the cursors shown."""
    end = end or (cursors[-1] if cursors else None)
    return PageInfo(
        has_next_page=has_next,
        has_previous_page=has_previous,
        start_cursor=Cursor(cursors[0]) if cursors else None,
        end_cursor=Cursor(end) if end else None,
    )


@strawberry.type(description="One value of a facet, and how many of the results have it.")
class FacetValue:
    value: str = doc("As criteria name it.")
    label: str = doc("In the caller's language.")
    count: int | None = doc("How many; null when that is not shown.")
    fewer_than: int | None = doc(
        "3 when there are one or two candidacies. Null beside a count that is null: three or more, and not shown so that "
        "subtracting does not tell which of the others are one, which two."
    )
    selected: bool = doc("Whether the criteria ask for it.")


@strawberry.type(description="How the results divide by one of their fields.")
class Facet:
    name: facet.FacetName = doc("The field.")
    values: list[FacetValue] = doc("Most frequent first.")


def facets_of(counts: Mapping[facet.FacetName, Sequence[search_answer.FacetCount]], info: Info) -> list[Facet]:
    return [
        Facet(name=name, values=[_value(name, each, info.context.language) for each in values]) for name, values in counts.items()
    ]


def _value(name: facet.FacetName, each: search_answer.FacetCount, language: languages.Language) -> FacetValue:
    return FacetValue(
        value=each.value,
        label=_label(name, each.value, language),
        count=each.count,
        fewer_than=each.fewer_than,
        selected=each.selected,
    )


def _label(name: facet.FacetName, value: str, language: languages.Language) -> str:
    match name:
        case facet.FacetName.OCCUPATION_GROUP:
            return occupation.label(value, language)
        case facet.FacetName.REGION:
            return region.label(value, language)
        case facet.FacetName.COUNTRY:
            return country.label(value, language)
        case facet.FacetName.LANGUAGE:
            return spoken_language.label(value, language)
        case _:
            return text(f"{name}.{value}", language)


@strawberry.type(description="A piece of plain text: no markup.")
class Fragment:
    text: str = doc("The text, as it was written.")
    marked: bool = doc("Whether it answers the query.")


@strawberry.type(description="Where a text of a result answers the query.")
class Highlight:
    field: str = doc("The field of the result.")
    language: languages.Language | None = doc("The language of the text.")
    fragments: list[Fragment] = doc("At most three extracts, an ellipsis between them.")


def highlights_of(shown: Sequence[search_answer.FieldHighlight]) -> list[Highlight]:
    return [
        Highlight(
            field=each.field,
            language=each.language,
            fragments=[Fragment(text=piece.text, marked=piece.marked) for piece in each.fragments],
        )
        for each in shown
    ]
