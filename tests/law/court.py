"""Where the law is judged: what is published is found, matched and told of alike, be it offers or candidacies. Not a test
itself."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidacy_criteria import CandidacyCriteria
from models.document import Document
from models.job_alert import Alert, JobAlertFrequency
from models.job_offer_criteria import JobOfferCriteria
from models.notification import Delivery, Notification, NotificationAlert
from models.outbox import OutboxEntry
from notifications.audience import Audience, Row
from notifications.ledger import record_matches
from search.engine import Page
from search.indexing import refresh
from tests.conftest import NOW
from tests.law.conftest import EXAMPLES
from tests.law.generated import Fields
from tests.notifications.rows import Person, add_alert
from tests.service import Service

Asked = TypeVar("Asked", JobOfferCriteria, CandidacyCriteria)
PUBLISHED = 40
DISTINCT = 36 * EXAMPLES
"""As many things, and as many criteria, are to have been judged in a run. Fewer prove little."""
OF_EACH_OUTCOME = 125 * EXAMPLES
"""As many pairs are to have matched, and as many not: three answers that are always the same agree too."""
LAW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate),  # a smaller seed is no smaller case; the failure names the pair
)


class Court(ABC, Generic[Asked]):
    """A service with a person for each criteria of a case, and what was judged so far."""

    of: Audience

    def __init__(self, service: Service, persons: Sequence[Person]) -> None:
        self.resources = service.resources
        self.persons = persons
        self.published: set[str] = set()
        self.criteria: set[Asked] = set()
        self.pairs: Counter[bool] = Counter()

    @abstractmethod
    async def rows(self, session: AsyncSession, published: Sequence[Fields]) -> list[tuple[Row, str]]:
        """Published, each with what its document takes from elsewhere."""

    @abstractmethod
    async def page(self, wanted: Asked, after: str | None) -> Page:
        """A hundred of what a search finds."""

    async def agree(self, published: Sequence[Fields], asked: Sequence[Asked]) -> None:
        """Publishes to the persons' alerts and compares the three answers for every pair."""
        await self._save(asked)
        documents = await self._publish(published)
        told = await self._told()
        for person, wanted in zip(self.persons, asked, strict=True):
            matched = {key for key, document in documents.items() if wanted.matches(document)}
            for answer, keys in (("found", await self._found(wanted)), ("told", told.get(person.id, set()))):
                disputed = [documents.get(key, key) for key in keys ^ matched]
                assert not disputed, f"either matched or {answer}, by {wanted}: {disputed}"
            self.pairs.update(key in matched for key in documents)
        self.published.update(map(repr, published))
        self.criteria.update(asked)

    async def _save(self, asked: Sequence[Asked]) -> None:
        async with self.resources.database.begin() as session:
            for person, wanted in zip(self.persons, asked, strict=True):
                saved = add_alert(session, person, wanted, frequency=JobAlertFrequency.DAILY)  # owes no mails, which take time
                assert saved.wanted.clause == wanted.clause

    async def _publish(self, published: Sequence[Fields]) -> Mapping[UUID, Document]:
        async with self.resources.database.begin() as session:
            rows = await self.rows(session, published)
        await refresh(self.resources.engine, self.resources.database, self.of.kind, [row.id for row, _ in rows], NOW)
        for row, _ in rows:
            await record_matches(self.resources.database, row.id, NOW, of=self.of)
        return {row.id: self.of.document(row, beside) for row, beside in rows}

    async def _found(self, wanted: Asked) -> set[UUID]:
        found, after, more = set[UUID](), None, True
        while more:
            page = await self.page(wanted, after)
            found |= {hit.id for hit in page.hits}
            more, after = page.has_next, page.hits[-1].cursor if page.hits else None
        assert page.total == len(found)
        return found

    async def _told(self) -> dict[UUID, set[UUID]]:
        async with self.resources.database.read() as session:
            rows = await session.execute(select(Notification.person_id, self.of.subject))
            told: dict[UUID, set[UUID]] = {}
            for person, subject in rows:
                assert subject is not None
                told.setdefault(person, set()).add(subject)
        return told

    async def forget(self) -> None:
        """Takes back the case: the next one starts from who there was before."""
        async with self.resources.database.begin() as session:
            ids = list(await session.scalars(select(self.of.row.id)))
            for table in (Delivery, NotificationAlert, Notification, Alert, OutboxEntry, self.of.row):
                await session.execute(delete(table))
            await session.execute(update(self.of.listener).values(live_position=0))
        await refresh(self.resources.engine, self.resources.database, self.of.kind, ids, NOW)

    def report(self) -> None:
        seen = f"{len(self.published)} {self.of.kind} and {len(self.criteria)} criteria"
        print(f"\nthe law held for {seen}: pairs by match {self.pairs}")


@contextmanager
def experience(court: Court[Asked]) -> Iterator[Court[Asked]]:
    """Looks, in the end, whether the court has seen enough to judge."""
    yield court
    assert len(court.published) >= DISTINCT
    assert len(court.criteria) >= DISTINCT
    assert min(court.pairs[True], court.pairs[False]) >= OF_EACH_OUTCOME
