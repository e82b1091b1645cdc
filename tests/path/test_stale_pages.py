"""Pages of a search whose index lags behind the rows."""

from models.document import Kind
from search.indexing import refresh
from tests.search.documents import document
from tests.search.rows import NOW, offers_in
from tests.service import Service

OFFERS = """query($after: Cursor) { jobOffers(first: 2, after: $after) {
    edges { node { id } } pageInfo { hasNextPage startCursor endCursor } } }"""


async def test_a_page_of_which_nothing_may_be_seen_any_more_leads_to_the_next(service: Service) -> None:
    resources = service.resources
    async with resources.database.begin() as session:
        offers = await offers_in(session, 2)
    await refresh(resources.engine, resources.database, Kind.JOB_OFFER, [each.id for each in offers], NOW)
    month = 30 * 86_400.0
    newer = [document(number, published=6 * month + number, numbers={"ends_on": 10**6}) for number in range(3)]
    await resources.engine.write(newer)
    pages = []
    after = None
    for _ in range(3):
        page = (await service.ask(OFFERS, after=after))["jobOffers"]
        pages.append((len(page["edges"]), page["pageInfo"]["startCursor"] is not None, page["pageInfo"]["hasNextPage"]))
        after = page["pageInfo"]["endCursor"]
    assert pages == [(0, False, True), (1, True, True), (1, True, False)]
