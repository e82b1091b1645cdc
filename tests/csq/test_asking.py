"""A question that waits for the registry is settled by its verdict, and who waited misses nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from csq.asking import ask_again
from csq.breaker import UNANSWERED, Breaker
from csq.registry import Registry
from csq.sandbox import SandboxRegistry
from errors import NotYet
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Certificate
from models.database import Database
from models.job_alert import JobAlertStatus
from models.outbox import OutboxEntry
from models.registry_question import Purpose, RegistryAttempt, RegistryQuestion
from notifications.catching_up import Span, catch_up
from notifications.ledger import LIVE_WAIT, record_matches
from tests.conftest import NOW, Clock
from tests.notifications.rows import Person, add_alert, add_employer, add_offer, add_person, notifications_of

LATER = NOW + timedelta(hours=1)


class OneCertificate:
    """Seals of a service in which everybody holds the same certificate."""

    def __init__(self, file_number: str) -> None:
        self._certificate = Certificate(file_number, "R1234567", date(2025, 6, 1), date(2028, 6, 1))

    def certificate_asked(self, candidate: Candidate, question: RegistryQuestion) -> Certificate:
        return self._certificate

    def fingerprints(self, certificate: Certificate) -> tuple[str, ...]:
        return (certificate.file_number,)


async def ask(database: Database, person: Person, file_number: str, registry: Registry | None = None) -> None:
    async with database.read() as session:
        asked = select(RegistryQuestion.id).where(RegistryQuestion.candidate_id == person.id)
        question_id = (await session.scalars(asked)).one()
    await ask_again(database, registry or SandboxRegistry(), OneCertificate(file_number), question_id, 1, LATER)


async def pending(database: Database) -> Person:
    """Somebody who waits, with one alert that is on and one that is paused."""
    async with database.begin() as session:
        person = add_person(session, status=RegistrationStatus.PENDING)
        await session.flush()
        session.add(RegistryQuestion(candidate_id=person.id, purpose=Purpose.REGISTRATION, asked_at=NOW))
        add_alert(session, person, name="on")
        add_alert(session, person, name="paused", status=JobAlertStatus.PAUSED)
    return person


async def owed(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(OutboxEntry.kind).order_by(OutboxEntry.id)))


@pytest.mark.parametrize(
    ("file_number", "status", "due"),
    [
        ("OK1", RegistrationStatus.ACTIVE, {"registration.settled", "job_alert.returned"}),
        ("NO1", RegistrationStatus.CLOSED, {"registration.settled"}),
    ],
)
async def test_a_verdict_settles_it_once(database: Database, file_number: str, status: RegistrationStatus, due: set[str]) -> None:
    person = await pending(database)
    for _ in range(2):
        await ask(database, person, file_number)
    async with database.read() as session:
        assert (await session.get_one(Candidate, person.id)).registration_status is status
    assert sorted(await owed(database)) == sorted(due)


async def test_no_answer_leaves_it_pending_and_is_on_record(database: Database) -> None:
    person = await pending(database)
    with pytest.raises(NotYet):
        await ask(database, person, "WAIT1")
    assert await owed(database) == []
    async with database.read() as session:
        [attempt] = await session.scalars(select(RegistryAttempt))
    assert (attempt.at, attempt.outcome, attempt.problem) == (LATER, "NO_ANSWER", "SANDBOX_SILENT")


async def test_what_was_not_asked_is_not_on_record_and_says_when_to_come_back(database: Database) -> None:
    person, resting = await pending(database), Breaker(SandboxRegistry(), Clock())
    for attempt in range(UNANSWERED + 1):
        with pytest.raises(NotYet) as put_off:
            await ask(database, person, "WAIT1", resting)
        assert put_off.value.counts is (attempt < UNANSWERED)
    assert put_off.value.after is not None
    assert timedelta(seconds=24) <= put_off.value.after <= timedelta(seconds=30)
    async with database.read() as session:
        assert len(list(await session.scalars(select(RegistryAttempt)))) == UNANSWERED


async def test_what_was_published_while_it_waited_is_told_once(database: Database) -> None:
    person = await pending(database)
    async with database.begin() as session:
        offer_id = add_offer(session, add_employer(session)).id
    assert await record_matches(database, offer_id, NOW) == set()
    await ask(database, person, "OK1")
    async with database.read() as session:
        entries = {entry.kind: entry.subject for entry in await session.scalars(select(OutboxEntry))}
    started = [entries["job_alert.returned"]]
    assert await catch_up(database, started, Span.SINCE_IT_STARTED, lambda: LATER, LIVE_WAIT) == {person.id}
    assert await catch_up(database, started, Span.SINCE_IT_STARTED, lambda: LATER, LIVE_WAIT) == set()
    assert await record_matches(database, offer_id, LATER) == set()
    async with database.read() as session:
        assert [each.job_offer_id for each in await notifications_of(session, person)] == [offer_id]
