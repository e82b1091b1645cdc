"""Searching job offers, open to all."""

from uuid import UUID

from models.criteria_checks import check_job_offer_criteria
from models.document import Kind
from models.facet import FACETS, selected_values
from models.job_offer_criteria import JobOfferCriteria
from models.match import match
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, open_offers
from resolvers.match import own_candidacy
from resolvers.orders import JobOfferOrder, engine_order
from resolvers.pages import PageRequest
from resolvers.search_answer import Criteria, SearchAnswer, counted, end_of, found_in, query_of
from resolvers.search_cursor import marked, opened
from resolvers.spelling import suggestions
from resolvers.visibility import of_job_offers
from search import job_offer as search


async def find(  # noqa: PLR0913 - what a page is asked with, by name
    context: Context,
    criteria: JobOfferCriteria,
    order: JobOfferOrder,
    page: PageRequest,
    *,
    with_facets: bool = True,
    with_total: bool = True,
    candidacy_id: UUID | None = None,
) -> SearchAnswer[PostedOffer]:
    """The open offers that the criteria describe, matched with a candidacy of the caller's own if it names one. Raises
    NotFound for any other candidacy."""
    page.check()
    check_job_offer_criteria(criteria)
    candidacy = None if candidacy_id is None else await own_candidacy(context, candidacy_id)
    result = await search.find(
        context.engine,
        criteria,
        await of_job_offers(context),
        order=engine_order(order, criteria.text, candidacy is not None),
        first=page.first,
        after=opened(context, page.after),
        facets=list(FACETS[Kind.JOB_OFFER]) if with_facets else [],
        with_total=with_total,
        candidacy=candidacy,
    )
    result = marked(context, result)
    offers = await open_offers(context, [hit.id for hit in result.hits])
    matches = None if candidacy is None else {key: match(each.offer, candidacy) for key, each in offers.items()}
    return SearchAnswer(
        found=found_in(result, offers, matches),
        end_cursor=end_of(result),
        total=result.total,
        has_next=result.has_next,
        has_previous=page.after is not None,
        facets=counted(result, Kind.JOB_OFFER, selected_values(criteria)),
        query=query_of(criteria.text),
        criteria=criteria,
    )


async def did_you_mean(context: Context, criteria: Criteria | None) -> list[str]:
    """See resolvers.spelling: of the open offers."""
    return await suggestions(context, criteria, of_job_offers)
