"""For every offer and criteria: the search finds it, the criteria match it, and its publication tells the alert's person:
all three, or none. On each pair of database and engine."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from models.candidate import Candidate
from models.document import Document, Kind
from models.employer import Employer, EmployerStatus
from models.job_alert import JobAlert
from models.job_offer import JobOffer
from models.job_offer_criteria import JobOfferCriteria
from models.job_offer_document import job_offer_document
from models.notification import Delivery, Notification, NotificationAlert
from models.outbox import OutboxEntry
from models.stored_criteria import from_json, to_json
from notifications.ledger import record_matches
from search import job_offer as search
from search.engine import Order
from search.indexing import refresh
from search.visibility import JobOfferVisibility
from tests.conftest import NOW
from tests.law.generated import DAY, criteria, offers
from tests.notifications.rows import Person, add_alert, add_offer, add_person
from tests.service import Service

EXAMPLES, CRITERIA, OFFERS = 30, 12, 6
EMPLOYERS = (uuid4(), uuid4())


@dataclass
class Court:
    """A service with a person for each criteria of a case."""

    service: Service
    persons: list[Person]
    pairs: Counter[bool] = field(default_factory=Counter)

    async def agree(self, published: Sequence[dict[str, Any]], asked: Sequence[JobOfferCriteria]) -> None:
        """Publishes the offers to the persons' alerts and compares the three answers for every pair."""
        alerts = await self._save(asked)
        documents = await self._publish(published)
        told = await self._told()
        for person, wanted in zip(self.persons, asked, strict=False):
            expected = {document.id for document in documents if wanted.matches(document)}
            assert await self._found(wanted) == expected, wanted
            assert told.get(person.id, set()) == expected, (alerts, wanted)
            self.pairs.update(document.id in expected for document in documents)

    async def _save(self, asked: Sequence[JobOfferCriteria]) -> list[UUID]:
        async with self.service.resources.database.begin() as session:
            alerts = []
            for person, wanted in zip(self.persons, asked, strict=False):
                assert from_json(to_json(wanted)).clause == wanted.clause
                alerts.append(add_alert(session, person, wanted).id)
        return alerts

    async def _publish(self, published: Sequence[dict[str, Any]]) -> list[Document]:
        resources = self.service.resources
        async with resources.database.begin() as session:
            employers = [await session.get_one(Employer, key) for key in EMPLOYERS]
            rows = [add_offer(session, employers[i % 2], **fields) for i, fields in enumerate(published)]
        ids = [row.id for row in rows]
        await refresh(resources.engine, resources.database, Kind.JOB_OFFER, ids, NOW)
        for offer_id in ids:
            await record_matches(resources.database, offer_id, NOW)
        return [job_offer_document(row, employers[i % 2].name) for i, row in enumerate(rows)]

    async def _found(self, wanted: JobOfferCriteria) -> set[UUID]:
        page = await search.find(self.service.resources.engine, wanted, JobOfferVisibility(DAY), order=Order.RELEVANCE, first=100)
        assert page.total == len(page.hits)
        return {hit.id for hit in page.hits}

    async def _told(self) -> dict[UUID, set[UUID]]:
        async with self.service.resources.database.read() as session:
            rows = await session.execute(select(Notification.candidate_id, Notification.job_offer_id))
            told: dict[UUID, set[UUID]] = {}
            for person, offer in rows:
                told.setdefault(person, set()).add(offer)
        return told

    async def forget(self) -> None:
        """Takes back the case: the next one starts from the persons and employers alone."""
        resources = self.service.resources
        async with resources.database.begin() as session:
            ids = list(await session.scalars(select(JobOffer.id)))
            for table in (Delivery, NotificationAlert, Notification, JobAlert, OutboxEntry, JobOffer):
                await session.execute(delete(table))
            await session.execute(update(Candidate).values(live_position=0))
        await refresh(resources.engine, resources.database, Kind.JOB_OFFER, ids, NOW)


@pytest.fixture
async def court(service: Service) -> AsyncIterator[Court]:
    async with service.resources.database.begin() as session:
        for number, key in enumerate(EMPLOYERS):
            status = EmployerStatus.AUTHENTICATED
            session.add(Employer(id=key, name=f"Atelier {number}", neq=f"114392011{number}", status=status, created_at=NOW))
        persons = [add_person(session) for _ in range(CRITERIA)]
    opened = Court(service, persons)
    yield opened
    print(f"\nthe law held for {sum(opened.pairs.values())} pairs, {opened.pairs[True]} of them matches")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    published=st.lists(offers(), min_size=1, max_size=OFFERS),
    asked=st.lists(criteria(EMPLOYERS), min_size=CRITERIA, max_size=CRITERIA),
)
async def test_search_matcher_and_alerts_agree(
    court: Court, published: list[dict[str, Any]], asked: list[JobOfferCriteria]
) -> None:
    try:
        await court.agree(published, asked)
    finally:
        await court.forget()
