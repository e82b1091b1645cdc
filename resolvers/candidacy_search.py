"""Searching candidacies, for authenticated employers."""

from models.candidacy_criteria import CandidacyCriteria
from models.criteria_checks import check_candidacy_criteria
from models.document import Kind
from models.facet import FACETS, selected_values
from resolvers.candidacy import PublishedProfile, published
from resolvers.context import Context
from resolvers.orders import CandidacyOrder, engine_order
from resolvers.pages import PageRequest
from resolvers.search_answer import SearchAnswer, counted, end_of, found_in, query_of
from resolvers.spelling import suggestions
from search import candidacy as search
from search.visibility import Visibility


async def find(
    context: Context, criteria: CandidacyCriteria, order: CandidacyOrder, page: PageRequest, with_facets: bool = True
) -> SearchAnswer[PublishedProfile]:
    """The published candidacies that the criteria describe and the caller's employer may see."""
    page.check()
    check_candidacy_criteria(criteria)
    visibility = _visibility(context)
    result = await search.find(
        context.engine,
        criteria,
        visibility,
        order=engine_order(order, criteria.text),
        first=page.first,
        after=page.after,
        facets=list(FACETS[Kind.CANDIDACY]) if with_facets else [],
    )
    profiles = await published(context, [hit.id for hit in result.hits])
    return SearchAnswer(
        found=found_in(result, profiles),
        end_cursor=end_of(result),
        total=result.total,
        has_next=result.has_next,
        has_previous=page.after is not None,
        facets=counted(result, Kind.CANDIDACY, selected_values(criteria)),
        query=query_of(criteria.text),
        text=criteria.text,
    )


async def did_you_mean(context: Context, text: str | None) -> list[str]:
    """See resolvers.spelling: of the candidacies that the caller's employer may see."""
    return await suggestions(context, Kind.CANDIDACY, text, _visibility(context))


def _visibility(context: Context) -> Visibility:
    return Visibility(context.today())
