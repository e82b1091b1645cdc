"""For every offer and criteria: the search finds it, the criteria match it, and its publication tells the alert's person:
all three, or none. On each pair of database and engine."""

from collections.abc import AsyncIterator, Iterator, Sequence
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from models.employer import Employer, EmployerStatus
from models.job_offer_criteria import JobOfferCriteria
from notifications.audience import OFFERS, Row
from search import job_offer as search
from search.engine import Order, Page
from search.visibility import Visibility
from tests.conftest import NOW
from tests.law import court as law
from tests.law import generated
from tests.law.conftest import CRITERIA
from tests.law.generated import DAY, Fields
from tests.notifications.rows import add_offer, add_person
from tests.service import Service

EMPLOYERS = (uuid4(), uuid4())


class Court(law.Court[JobOfferCriteria]):
    of = OFFERS

    async def rows(self, session: AsyncSession, published: Sequence[Fields]) -> list[tuple[Row, str]]:
        employers = [await session.get_one(Employer, key) for key in EMPLOYERS]
        pairs = [(employers[i % 2], fields) for i, fields in enumerate(published)]
        return [(add_offer(session, employer, **fields), employer.name) for employer, fields in pairs]

    async def page(self, wanted: JobOfferCriteria, after: str | None) -> Page:
        engine = self.resources.engine
        return await search.find(engine, wanted, Visibility(DAY), order=Order.RELEVANCE, first=100, after=after)


@pytest.fixture
async def court(service: Service) -> AsyncIterator[Court]:
    async with service.resources.database.begin() as session:
        for number, key in enumerate(EMPLOYERS):
            status = EmployerStatus.AUTHENTICATED
            session.add(Employer(id=key, name=f"Atelier {number}", neq=f"114392011{number}", status=status, created_at=NOW))
        persons = [add_person(session) for _ in range(CRITERIA)]
    opened = Court(service, persons)
    yield opened
    opened.report()


@pytest.fixture
def experienced(court: Court) -> Iterator[Court]:
    with law.experience(court):
        yield court


@law.LAW
@given(seed=st.integers(0, 2**64))
async def test_search_matcher_and_alerts_agree(experienced: Court, seed: int) -> None:
    random = Random(seed)
    published = [{**generated.offer(random), "number": number} for number in generated.NUMBERS[: law.PUBLISHED]]
    asked = [generated.criteria(random, EMPLOYERS) for _ in range(CRITERIA)]
    try:
        await experienced.agree(published, asked)
    finally:
        await experienced.forget()
