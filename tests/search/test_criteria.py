"""What criteria mean, asked of every engine: the same tables as for the specification, all rows in one index."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date

from models.candidacy_criteria import CandidacyCriteria
from models.criteria import CriteriaMode
from models.document import Document
from models.job_offer_criteria import JobOfferCriteria
from search import candidacy, job_offer
from search.engine import Page, SearchEngine
from search.visibility import Visibility
from tests.models import candidacy_cases, job_offer_cases
from tests.models.criteria_case import Case, Criteria

TODAY = date(2026, 3, 16)


async def test_candidacies_are_found_by_the_criteria_they_meet(engine: SearchEngine) -> None:
    async def find(criteria: CandidacyCriteria) -> Page:
        return await candidacy.find(engine, criteria, Visibility(TODAY), first=200)

    await found_as_told(engine, candidacy_cases.CASES, candidacy_cases.candidacy, find)


async def test_job_offers_are_found_by_the_criteria_they_meet(engine: SearchEngine) -> None:
    async def find(criteria: JobOfferCriteria) -> Page:
        return await job_offer.find(engine, criteria, Visibility(TODAY), first=200)

    await found_as_told(engine, job_offer_cases.CASES, job_offer_cases.job_offer, find)


async def found_as_told(
    engine: SearchEngine,
    cases: Sequence[Case[Criteria]],
    document: Callable[..., Document],
    find: Callable[[Criteria], Awaitable[Page]],
) -> None:
    """Each case finds those of its own rows that it should, and of the rows of all cases those that its criteria match."""
    documents = {case.name: [document(**row) for row in case.rows] for case in cases}
    indexed = [each for some in documents.values() for each in some]
    await engine.write(indexed)
    for case in cases:
        for mode in CriteriaMode:
            criteria = replace(case.criteria, mode=mode)
            found = {hit.id for hit in (await find(criteria)).hits}
            assert [each.id in found for each in documents[case.name]] == case.verdicts(mode), (case.name, mode)
            assert found == {each.id for each in indexed if criteria.matches(each)}, (case.name, mode)
