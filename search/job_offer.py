"""Searches offers: criteria and visibility to a page of ids. Rows are fetched, and checked again, by whoever asked."""

from collections.abc import Collection

from models.candidacy import Candidacy
from models.document import Kind
from models.facet import FACETS, FacetName, widened
from models.job_offer_criteria import JobOfferCriteria
from models.match_clauses import related_to_candidacy, wanted_by_candidacy
from search.engine import Order, Page, SearchEngine, SearchRequest
from search.visibility import Visibility


async def find(  # noqa: PLR0913 - what a page is asked with, by name
    engine: SearchEngine,
    criteria: JobOfferCriteria,
    visibility: Visibility,
    *,
    order: Order = Order.RELEVANCE,
    first: int = 20,
    after: str | None = None,
    facets: Collection[FacetName] = (),
    with_total: bool = True,
    candidacy: Candidacy | None = None,
) -> Page:
    """In the order of the match, it is the match with the candidacy. Raises Invalid for a cursor of another search,
    Unavailable when the engine does not answer. The facets must be some that the kind has."""
    fields = [FACETS[Kind.JOB_OFFER][name] for name in facets]
    wider = {FACETS[Kind.JOB_OFFER][name]: each.clause for name, each in widened(criteria).items() if name in facets}
    weights = wanted_by_candidacy(candidacy) if candidacy is not None and order is Order.MATCH else ()
    request = SearchRequest(
        Kind.JOB_OFFER, criteria.clause, visibility.clause(), order, first, after, fields, wider, weights, with_total
    )
    return await engine.search(request)


async def recommend(engine: SearchEngine, candidacy: Candidacy, visibility: Visibility, first: int) -> Page:
    """Those that have something in common with the candidacy, the best match first."""
    related, weights = related_to_candidacy(candidacy), wanted_by_candidacy(candidacy)
    request = SearchRequest(Kind.JOB_OFFER, related, visibility.clause(), Order.MATCH, first, weights=weights, with_total=False)
    return await engine.search(request)
