"""For every candidacy and criteria: an employer's search finds it exactly when the criteria match it. On each pair of database
and engine."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from models.candidacy import Candidacy
from models.candidacy_criteria import CandidacyCriteria
from models.candidacy_document import candidacy_document
from models.document import Document, Kind
from search import candidacy as search
from search.indexing import refresh
from search.visibility import Visibility
from tests.conftest import NOW
from tests.law import generated_candidacies as generated
from tests.law.conftest import CRITERIA, EXAMPLES
from tests.law.generated import DAY, NUMBERS, Fields
from tests.search.rows import candidate_in
from tests.service import Service

CANDIDACIES = 40
DISTINCT = 36 * EXAMPLES
OF_EACH_OUTCOME = 125 * EXAMPLES
"""As many pairs are to have matched, and as many not: answers that are always the same agree too."""
ENDS_ON = DAY.replace(year=DAY.year + 1)


class Court:
    """A service with a person for each country, and what was judged so far."""

    def __init__(self, service: Service, persons: Sequence[tuple[UUID, str]]) -> None:
        self.resources = service.resources
        self.persons = persons
        self.asked: set[CandidacyCriteria] = set()
        self.pairs: Counter[bool] = Counter()

    async def agree(self, published: Sequence[Fields], asked: Sequence[CandidacyCriteria]) -> None:
        documents = await self.publish(published)
        for wanted in asked:
            found = await self._found(wanted)
            matched = {key for key, document in documents.items() if wanted.matches(document)}
            disputed = [documents.get(key, key) for key in found ^ matched]
            assert not disputed, f"either matched or found, by {wanted}: {disputed}"
            self.pairs.update(key in matched for key in documents)
        self.asked.update(asked)

    async def publish(self, published: Sequence[Fields]) -> dict[UUID, Document]:
        rows = []
        for position, fields in enumerate(published):
            person, country = self.persons[position % len(self.persons)]
            row = Candidacy(id=uuid4(), candidate_id=person, created_at=NOW, **fields)
            row.publish(NOW, ENDS_ON)
            rows.append((row, country))
        async with self.resources.database.begin() as session:
            session.add_all(row for row, _ in rows)
        await refresh(self.resources.engine, self.resources.database, Kind.CANDIDACY, [row.id for row, _ in rows], NOW)
        return {row.id: candidacy_document(row, country) for row, country in rows}

    async def _found(self, wanted: CandidacyCriteria) -> set[UUID]:
        found: set[UUID] = set()
        after, more = None, True
        while more:
            page = await search.find(self.resources.engine, wanted, Visibility(DAY), first=100, after=after)
            found |= {hit.id for hit in page.hits}
            more, after = page.has_next, page.hits[-1].cursor if page.hits else None
        assert page.total == len(found)
        return found

    async def forget(self) -> None:
        """Takes back the case: the next one starts from the persons alone."""
        async with self.resources.database.begin() as session:
            gone = await session.scalars(delete(Candidacy).returning(Candidacy.id))
            ids = list(gone)
        await refresh(self.resources.engine, self.resources.database, Kind.CANDIDACY, ids, NOW)


@pytest.fixture
async def court(service: Service) -> AsyncIterator[Court]:
    async with service.resources.database.begin() as session:
        persons = [((await candidate_in(session, country)).id, country) for country in generated.COUNTRIES]
    opened = Court(service, persons)
    yield opened
    print(f"\nthe law held for {len(opened.asked)} criteria of candidacies: pairs by match {opened.pairs}")


@pytest.fixture
async def experienced(court: Court) -> AsyncIterator[Court]:
    """Looks, in the end, whether the court has seen enough to judge."""
    yield court
    assert len(court.asked) >= DISTINCT
    assert min(court.pairs[True], court.pairs[False]) >= OF_EACH_OUTCOME


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate),  # a smaller seed is no smaller case; the failure names the pair
)
@given(seed=st.integers(0, 2**64))
async def test_search_and_matcher_agree_on_candidacies(experienced: Court, seed: int) -> None:
    random = Random(seed)
    published = [{**generated.candidacy(random), "number": number} for number in NUMBERS[:CANDIDACIES]]
    try:
        await experienced.agree(published, [generated.criteria(random) for _ in range(CRITERIA)])
    finally:
        await experienced.forget()
