"""Whatever is typed is searched as the specification says, or refused: no engine takes a text for its own language."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from errors import Invalid
from models.candidacy_criteria import CandidacyCriteria
from models.criteria_checks import check_candidacy_criteria, check_job_offer_criteria
from models.document import Document
from models.job_offer_criteria import JobOfferCriteria
from search import candidacy, job_offer
from search.engine import Order, Page, SearchEngine
from search.visibility import Visibility
from tests.conftest import NOW
from tests.models import candidacy_cases, job_offer_cases
from tests.models.criteria_case import Case, Criteria
from tests.search.hostile_texts import hostile_texts

OF_EACH_KIND = 200
"""A thousand in all, and the extremes."""
VISIBLE = Visibility(NOW.date())


def check_candidacies(text: str) -> CandidacyCriteria:
    criteria = CandidacyCriteria(text=text)
    check_candidacy_criteria(criteria)
    return criteria


def check_job_offers(text: str) -> JobOfferCriteria:
    criteria = JobOfferCriteria(text=text)
    check_job_offer_criteria(criteria)
    return criteria


async def test_hostile_texts_find_the_candidacies_that_match_or_are_refused(engine: SearchEngine) -> None:
    documents = rows_of(candidacy_cases.CASES, candidacy_cases.candidacy)
    await found_as_told(engine, documents, check_candidacies, partial(candidacy.find, engine))


async def test_hostile_texts_find_the_job_offers_that_match_or_are_refused(engine: SearchEngine) -> None:
    documents = rows_of(job_offer_cases.CASES, job_offer_cases.job_offer)
    await found_as_told(engine, documents, check_job_offers, partial(job_offer.find, engine))


def rows_of(cases: Sequence[Case[Criteria]], document: Callable[..., Document]) -> list[Document]:
    return [document(**row) for case in cases for row in case.rows]


async def found_as_told(
    engine: SearchEngine,
    documents: Sequence[Document],
    check: Callable[[str], Criteria],
    find: Callable[..., Awaitable[Page]],
) -> None:
    await engine.write(documents)
    outcomes: Counter[str] = Counter()
    for text in hostile_texts(seed=1, count=OF_EACH_KIND):
        try:
            criteria = check(text)
        except Invalid:
            outcomes["refused"] += 1
            continue
        page = await find(criteria, VISIBLE, order=Order.RELEVANCE, first=len(documents))
        assert {hit.id for hit in page.hits} == {each.id for each in documents if criteria.matches(each)}, text
        outcomes["found something" if page.total else "found nothing"] += 1
    assert min(outcomes.values()) > OF_EACH_KIND / 4, f"each thing that may come of one is seen: {outcomes}"
