"""Searching candidacies, for authenticated employers."""

from uuid import UUID

from models.candidacy_criteria import CandidacyCriteria
from models.criteria_checks import check_candidacy_criteria
from models.document import Kind
from models.facet import FACETS, selected_values
from models.match import match
from resolvers.candidacy import PublishedProfile, published
from resolvers.context import Context
from resolvers.match import own_offer
from resolvers.orders import CandidacyOrder, engine_order
from resolvers.pages import PageRequest
from resolvers.search_answer import Criteria, SearchAnswer, counted, end_of, found_in, query_of
from resolvers.search_cursor import marked, opened
from resolvers.spelling import suggestions
from resolvers.visibility import NOTHING, Familiar, of_candidacies
from search import candidacy as search


async def find(  # noqa: PLR0913 - what a page is asked with, by name
    context: Context,
    criteria: CandidacyCriteria,
    order: CandidacyOrder,
    page: PageRequest,
    *,
    with_facets: bool = True,
    with_total: bool = True,
    without: Familiar = NOTHING,
    offer_id: UUID | None = None,
) -> SearchAnswer[PublishedProfile]:
    """The published candidacies that the criteria describe and the caller's employer may see, matched with an offer of its
    own if it names one; without those it knows already, if that is asked (docs/adr/0009). Raises NotFound for any other offer."""
    page.check()
    check_candidacy_criteria(criteria)
    offer = None if offer_id is None else await own_offer(context, offer_id)
    result = await search.find(
        context.engine,
        criteria,
        await of_candidacies(context, without),
        order=engine_order(order, criteria.text, offer is not None),
        first=page.first,
        after=opened(context, page.after),
        facets=list(FACETS[Kind.CANDIDACY]) if with_facets else [],
        with_total=with_total,
        offer=offer,
    )
    result = marked(context, result)
    profiles = await published(context, [hit.id for hit in result.hits])
    matches = None if offer is None else {key: match(offer, each.candidacy) for key, each in profiles.items()}
    return SearchAnswer(
        found=found_in(result, profiles, matches),
        end_cursor=end_of(result),
        total=result.total,
        has_next=result.has_next,
        has_previous=page.after is not None,
        facets=counted(result, Kind.CANDIDACY, selected_values(criteria)),
        query=query_of(criteria.text),
        criteria=criteria,
    )


async def did_you_mean(context: Context, criteria: Criteria | None) -> list[str]:
    """See resolvers.spelling: of the candidacies that the caller's employer may see."""
    return await suggestions(context, criteria, of_candidacies)
