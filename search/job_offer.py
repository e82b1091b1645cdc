"""Searches offers: criteria and visibility to a page of ids. Rows are fetched, and checked again, by whoever asked."""

from collections.abc import Collection
from uuid import UUID

from models.clause import Clause
from models.document import Kind
from models.facet import FACETS, FacetName
from models.job_offer_criteria import JobOfferCriteria
from search.engine import Order, Page, SearchEngine, SearchRequest
from search.visibility import Visibility

ALL_AT_ONCE = 500


async def find(  # noqa: PLR0913 - what a page is asked with, by name
    engine: SearchEngine,
    criteria: JobOfferCriteria,
    visibility: Visibility,
    *,
    order: Order = Order.RELEVANCE,
    first: int = 20,
    after: str | None = None,
    facets: Collection[FacetName] = (),
) -> Page:
    """Raises Invalid for a cursor of another search, Unavailable when the engine does not answer. The facets must
    be some that the kind has."""
    fields = [FACETS[Kind.JOB_OFFER][name] for name in facets]
    request = SearchRequest(Kind.JOB_OFFER, criteria.clause, visibility.clause(), order, first, after, fields)
    return await engine.search(request)


async def find_all(engine: SearchEngine, clause: Clause, visibility: Visibility) -> set[UUID]:
    """Every offer that the clause finds, page by page."""
    found: set[UUID] = set()
    after: str | None = None
    while True:
        request = SearchRequest(Kind.JOB_OFFER, clause, visibility.clause(), Order.PUBLISHED_AT, ALL_AT_ONCE, after)
        page = await engine.search(request)
        found.update(hit.id for hit in page.hits)
        if not page.has_next:
            return found
        after = page.hits[-1].cursor
