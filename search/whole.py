"""Everything that a clause finds of a kind, page by page."""

from uuid import UUID

from models.clause import Clause
from models.document import Kind
from search.engine import Order, SearchEngine, SearchRequest
from search.visibility import Visibility

ALL_AT_ONCE = 500


async def find_all(engine: SearchEngine, kind: Kind, clause: Clause, visibility: Visibility) -> set[UUID]:
    found: set[UUID] = set()
    after: str | None = None
    while True:
        request = SearchRequest(kind, clause, visibility.clause(), Order.PUBLISHED_AT, ALL_AT_ONCE, after, with_total=False)
        page = await engine.search(request)
        found.update(hit.id for hit in page.hits)
        if not page.has_next:
            return found
        after = page.hits[-1].cursor
