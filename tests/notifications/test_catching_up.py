"""What an alert may have missed it is told, that and no more, and nobody else is asked for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from models.database import Database
from models.job_alert import JobAlert, JobAlertStatus
from models.job_offer import JobOffer
from models.job_offer_criteria import JobOfferCriteria
from models.notification import Notification
from notifications import catching_up
from notifications.audience import Announced
from notifications.catching_up import Span, catch_up
from notifications.ledger import LIVE_WAIT, record_matches
from tests.conftest import NOW
from tests.notifications.rows import Person, add_alert, add_employer, add_offer, add_person


async def offers_at(database: Database, *seconds: float) -> list[UUID]:
    """Offers published so many seconds from now."""
    async with database.begin() as session:
        employer = add_employer(session)
        return [add_offer(session, employer, published_at=NOW + timedelta(seconds=each)).id for each in seconds]


async def alert_at(database: Database, started_at: datetime) -> tuple[Person, UUID]:
    async with database.begin() as session:
        person = add_person(session)
        return person, add_alert(session, person, started_at=started_at).id


async def told(database: Database, alerts: Sequence[UUID], span: Span = Span.WHILE_IT_STARTED) -> list[tuple[UUID, UUID | None]]:
    """Whom the ledger has told of what, once those alerts have caught up."""
    await catch_up(database, alerts, span, lambda: NOW, LIVE_WAIT)
    async with database.read() as session:
        rows = await session.execute(select(Notification.person_id, Notification.job_offer_id))
        return sorted((person, offer) for person, offer in rows)


async def test_an_alert_hears_once_of_an_offer_that_was_matched_while_it_was_being_saved(database: Database) -> None:
    (offer_id,) = await offers_at(database, 1)
    assert await record_matches(database, offer_id, NOW) == set()
    person, alert_id = await alert_at(database, NOW)
    for _ in range(2):
        assert await told(database, [alert_id]) == [(person.id, offer_id)]
    assert await record_matches(database, offer_id, NOW) == set()


async def test_no_more_is_told_than_the_alert_may_have_missed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "PAGE", 1)
    _, during, just_after, _ = await offers_at(database, -11, -9, 9, 11)
    person, alert_id = await alert_at(database, NOW)
    assert await told(database, [alert_id]) == sorted([(person.id, during), (person.id, just_after)])


async def test_each_of_several_alerts_hears_of_what_it_may_have_missed_itself(database: Database) -> None:
    first, both, second = await offers_at(database, -5, 3, 11)
    one, early = await alert_at(database, NOW)
    other, late = await alert_at(database, NOW + timedelta(seconds=6))
    expected = [(one.id, first), (one.id, both), (other.id, both), (other.id, second)]
    assert await told(database, [early, late]) == sorted(expected)


async def test_nobody_hears_but_the_owners_of_those_alerts_and_of_nothing_that_does_not_match(database: Database) -> None:
    (offer_id,) = await offers_at(database, 1)
    person, alert_id = await alert_at(database, NOW)
    await alert_at(database, NOW)
    async with database.begin() as session:
        paused = add_alert(session, add_person(session), status=JobAlertStatus.PAUSED).id
        other = add_alert(session, add_person(session), JobOfferCriteria(text="boulanger")).id
    assert await told(database, [alert_id, paused, other]) == [(person.id, offer_id)]


async def test_an_alert_that_returns_may_have_missed_all_since_it_started(database: Database) -> None:
    _, first, second = await offers_at(database, -3600, -1800, -900)
    person, alert_id = await alert_at(database, NOW - timedelta(minutes=45))
    assert await told(database, [alert_id]) == []
    assert await told(database, [alert_id], Span.SINCE_IT_STARTED) == sorted([(person.id, first), (person.id, second)])


async def test_an_alert_that_began_anew_meanwhile_is_told_by_its_new_start(database: Database) -> None:
    await offers_at(database, 1)
    _, alert_id = await alert_at(database, NOW)
    async with database.begin() as session:
        (await session.get_one(JobAlert, alert_id)).started_at = NOW + timedelta(hours=1)
    assert await told(database, [alert_id]) == []


async def test_nobody_is_told_of_what_has_ended_since_it_was_read(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, still_open = await offers_at(database, -5, 5)
    person, alert_id = await alert_at(database, NOW)
    read = catching_up._read

    async def then_one_is_closed(*asked: Any) -> Sequence[Announced]:
        found = await read(*asked)
        async with database.begin() as session:
            (await session.get_one(JobOffer, closed)).close()
        return found

    monkeypatch.setattr(catching_up, "_read", then_one_is_closed)
    assert await told(database, [alert_id]) == [(person.id, still_open)]
