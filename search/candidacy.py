"""Searches candidacies: criteria and visibility to a page of ids. Rows are fetched, and checked again, by whoever asked."""

from collections.abc import Collection

from models.candidacy_criteria import CandidacyCriteria
from models.document import Kind
from models.facet import FACETS, FacetName
from search.engine import Order, Page, SearchEngine, SearchRequest
from search.visibility import Visibility


async def find(  # noqa: PLR0913 - what a page is asked with, by name
    engine: SearchEngine,
    criteria: CandidacyCriteria,
    visibility: Visibility,
    *,
    order: Order = Order.RELEVANCE,
    first: int = 20,
    after: str | None = None,
    facets: Collection[FacetName] = (),
) -> Page:
    """Raises Invalid for a cursor of another search, Unavailable when the engine does not answer. The facets must
    be some that the kind has."""
    fields = [FACETS[Kind.CANDIDACY][name] for name in facets]
    request = SearchRequest(Kind.CANDIDACY, criteria.clause, visibility.clause(), order, first, after, fields)
    return await engine.search(request)
