"""For every candidacy and criteria: an employer's search finds it, the criteria match it, and its publication tells the member
who saved them: all three, or none. On each pair of database and engine."""

from collections.abc import AsyncIterator, Iterator, Sequence
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidacy import Candidacy
from models.candidacy_criteria import CandidacyCriteria
from notifications.audience import CANDIDACIES, Row
from search import candidacy as search
from search.engine import Page
from search.visibility import Visibility
from tests.conftest import NOW
from tests.law import court as law
from tests.law import generated_candidacies as generated
from tests.law.conftest import CRITERIA
from tests.law.generated import DAY, NUMBERS, Fields
from tests.notifications.rows import add_employer, add_member
from tests.search.rows import candidate_in
from tests.service import Service

ENDS_ON = DAY.replace(year=DAY.year + 1)


class Court(law.Court[CandidacyCriteria]):
    """With a candidate for each country."""

    of = CANDIDACIES
    candidates: Sequence[tuple[UUID, str]] = ()

    async def rows(self, session: AsyncSession, published: Sequence[Fields]) -> list[tuple[Row, str]]:
        rows: list[tuple[Row, str]] = []
        for position, fields in enumerate(published):
            person, country = self.candidates[position % len(self.candidates)]
            row = Candidacy(id=uuid4(), candidate_id=person, created_at=NOW, **fields)
            row.publish(NOW, ENDS_ON)
            rows.append((row, country))
        session.add_all(row for row, _ in rows)
        return rows

    async def page(self, wanted: CandidacyCriteria, after: str | None) -> Page:
        return await search.find(self.resources.engine, wanted, Visibility(DAY), first=100, after=after)


@pytest.fixture
async def court(service: Service) -> AsyncIterator[Court]:
    async with service.resources.database.begin() as session:
        candidates = [((await candidate_in(session, country)).id, country) for country in generated.COUNTRIES]
        employer = add_employer(session)
        members = [add_member(session, employer) for _ in range(CRITERIA)]
    opened = Court(service, members)
    opened.candidates = candidates
    yield opened
    opened.report()


@pytest.fixture
def experienced(court: Court) -> Iterator[Court]:
    with law.experience(court):
        yield court


@law.LAW
@given(seed=st.integers(0, 2**64))
async def test_search_matcher_and_saved_searches_agree_on_candidacies(experienced: Court, seed: int) -> None:
    random = Random(seed)
    published = [{**generated.candidacy(random), "number": number} for number in NUMBERS[: law.PUBLISHED]]
    try:
        await experienced.agree(published, [generated.criteria(random) for _ in range(CRITERIA)])
    finally:
        await experienced.forget()
