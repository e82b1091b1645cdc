"""Everybody who should hear of an offer is in the ledger once, whatever fails, repeats or runs at the same time."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.alert_mail import GATHERED
from models.candidate import STANDING, Candidate, RegistrationStatus
from models.database import Database
from models.deadline import Deadline
from models.employer import EmployerStatus
from models.job_alert import JobAlert, JobAlertFrequency, JobAlertStatus
from models.job_offer import JobOffer
from models.job_offer_criteria import JobOfferCriteria
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert
from notifications import ledger
from notifications.audience import OFFERS
from notifications.expected import as_match
from notifications.ledger import Telling, record_matches
from notifications.unsubscribing import unsubscribe
from tests.conftest import NOW
from tests.notifications.rows import (
    Person,
    add_alert,
    add_employer,
    add_offer,
    add_person,
    deliveries_of,
    notifications_of,
)

LATER = NOW + timedelta(hours=1)


async def one_offer(database: Database, **fields: Any) -> UUID:
    async with database.begin() as session:
        return add_offer(session, add_employer(session), **fields).id


async def one_subscriber(database: Database, frequency: JobAlertFrequency = JobAlertFrequency.LIVE, **fields: Any) -> Person:
    async with database.begin() as session:
        person = add_person(session, **fields)
        add_alert(session, person, frequency=frequency)
        return person


async def owed(session: AsyncSession) -> list[UUID]:
    """Who is to be written to."""
    return list(await session.scalars(select(Deadline.subject).where(Deadline.kind.in_(GATHERED.values()))))


async def heard(database: Database, person: Person) -> list[UUID]:
    async with database.read() as session:
        return [each.job_offer_id for each in await notifications_of(session, person) if each.job_offer_id is not None]


async def test_a_match_is_in_the_live_log_and_owes_one_email(database: Database) -> None:
    person, offer_id = await one_subscriber(database), await one_offer(database)
    assert await record_matches(database, offer_id, NOW) == {person.id}
    async with database.read() as session:
        (notification,) = await notifications_of(session, person)
        deliveries = await deliveries_of(session, person)
        assert (notification.job_offer_id, notification.position, notification.kind) == (offer_id, 1, "JOB_OFFER_MATCHED")
        assert (deliveries[Channel.LIVE].status, deliveries[Channel.LIVE].at) == (DeliveryStatus.SENT, NOW)
        assert (deliveries[Channel.EMAIL].status, deliveries[Channel.EMAIL].at) == (DeliveryStatus.QUEUED, None)
        assert await owed(session) == [person.id]
        alert = (await session.scalars(select(JobAlert))).one()
        assert (alert.last_notified_at, alert.version) == (NOW, 1)


async def test_recording_again_tells_nobody_again(database: Database) -> None:
    person, offer_id = await one_subscriber(database), await one_offer(database)
    await record_matches(database, offer_id, NOW)
    assert await record_matches(database, offer_id, LATER) == set()
    async with database.read() as session:
        assert len(await notifications_of(session, person)) == len(await owed(session)) == 1


async def test_two_alerts_of_one_person_make_one_notification_that_names_both(database: Database) -> None:
    async with database.begin() as session:
        person = add_person(session)
        both = {add_alert(session, person).id, add_alert(session, person, frequency=JobAlertFrequency.DAILY).id}
    await record_matches(database, await one_offer(database), NOW)
    async with database.read() as session:
        assert len(await notifications_of(session, person)) == len(await owed(session)) == 1
        assert set(await session.scalars(select(NotificationAlert.alert_id))) == both


@pytest.mark.parametrize("frequency", [JobAlertFrequency.DAILY, JobAlertFrequency.WEEKLY])
async def test_an_alert_for_digests_waits_for_its_morning(database: Database, frequency: JobAlertFrequency) -> None:
    person = await one_subscriber(database, frequency)
    for _ in range(3):
        await record_matches(database, await one_offer(database), NOW)
    async with database.read() as session:
        [planned] = await session.scalars(select(Deadline).where(Deadline.subject == person.id))
        assert (await deliveries_of(session, person))[Channel.EMAIL].frequency is frequency
    due = planned.due_at.astimezone(ZoneInfo("America/Toronto"))
    assert planned.kind == GATHERED[frequency]
    assert (due.hour, due.minute, due > NOW) == (8, 0, True)
    assert due - NOW <= timedelta(days=1 if frequency is JobAlertFrequency.DAILY else 7)


async def test_an_unconfirmed_address_gets_no_email_and_the_ledger_says_why(database: Database) -> None:
    person, offer_id = await one_subscriber(database, confirmed=False), await one_offer(database)
    await record_matches(database, offer_id, NOW)
    async with database.read() as session:
        email = (await deliveries_of(session, person))[Channel.EMAIL]
        assert (email.status, email.problem, email.at) == (DeliveryStatus.SUPPRESSED, "EMAIL_NOT_CONFIRMED", NOW)
        assert await owed(session) == []


@pytest.mark.parametrize("status", [each for each in RegistrationStatus if each not in STANDING])
async def test_only_people_whose_file_stands_are_told(database: Database, status: RegistrationStatus) -> None:
    person, offer_id = await one_subscriber(database, status=status), await one_offer(database)
    assert await record_matches(database, offer_id, NOW) == set()
    assert await heard(database, person) == []


@pytest.mark.parametrize("status", [each for each in EmployerStatus if each is not EmployerStatus.AUTHENTICATED])
async def test_nobody_hears_of_an_offer_whose_employer_is_not_authenticated(database: Database, status: EmployerStatus) -> None:
    await one_subscriber(database)
    async with database.begin() as session:
        offer_id = add_offer(session, add_employer(session, status)).id
    assert await record_matches(database, offer_id, NOW) == set()


async def test_nobody_hears_of_a_draft_a_closed_offer_one_that_ended_or_one_that_is_not_there(database: Database) -> None:
    await one_subscriber(database)
    draft, closed, ended = [await one_offer(database, published_at=at) for at in (None, NOW, NOW - timedelta(days=40))]
    async with database.begin() as session:
        (await session.get_one(JobOffer, closed)).close()
    for offer_id in (draft, closed, ended, uuid4()):
        assert await record_matches(database, offer_id, NOW) == set()


async def test_an_alert_that_began_after_the_publication_starts_with_the_next_one(database: Database) -> None:
    async with database.begin() as session:
        person, employer = add_person(session), add_employer(session)
        add_alert(session, person, started_at=NOW)
        earlier = add_offer(session, employer, published_at=NOW - timedelta(seconds=11)).id
        same_instant = add_offer(session, employer, published_at=NOW).id
        begun_before = add_offer(session, employer, published_at=NOW - timedelta(seconds=1)).id
    assert await record_matches(database, earlier, LATER) == set()
    assert await record_matches(database, same_instant, LATER) == {person.id}
    assert await record_matches(database, begun_before, LATER) == {person.id}


async def test_a_change_of_what_criteria_read_is_news_to_those_who_have_not_heard(database: Database) -> None:
    offer_id, early = await one_offer(database), await one_subscriber(database)
    await record_matches(database, offer_id, NOW)
    async with database.begin() as session:
        late, waiting = add_person(session), add_person(session)
        add_alert(session, late, started_at=NOW + timedelta(minutes=5))
        add_alert(session, waiting, JobOfferCriteria(text="fraiseuse"))
        offer = await session.get_one(JobOffer, offer_id)
        offer.description_fr, offer.announced_at = "Aussi : fraiseuse.", LATER
    assert await record_matches(database, offer_id, LATER) == {late.id, waiting.id}
    assert await heard(database, early) == [offer_id]


async def test_positions_count_a_persons_notifications_without_gaps(database: Database) -> None:
    person = await one_subscriber(database)
    offers = [await one_offer(database) for _ in range(3)]
    for offer_id in [*offers, *offers]:
        await record_matches(database, offer_id, NOW)
    async with database.read() as session:
        assert [(each.position, each.job_offer_id) for each in await notifications_of(session, person)] == list(
            enumerate(offers, 1)
        )
        assert (await session.get_one(Candidate, person.id)).live_position == 3


async def test_an_alert_paused_or_deleted_meanwhile_tells_nobody(database: Database) -> None:
    async with database.begin() as session:
        alerts = [add_alert(session, add_person(session)) for _ in range(2)]
        await session.flush()
        alerts[0].status = JobAlertStatus.PAUSED
        await session.delete(alerts[1])
    assert await record_matches(database, await one_offer(database), NOW) == set()


async def subscribers(database: Database, count: int) -> list[Person]:
    async with database.begin() as session:
        people = [add_person(session) for _ in range(count)]
        await session.flush()
        for person in people:
            add_alert(session, person)
    return people


async def assert_each_heard_once(database: Database, people: list[Person], offers: list[UUID]) -> None:
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Notification)) == len(people) * len(offers)
        assert sorted(await owed(session)) == sorted(each.id for each in people)
        queued = select(func.count()).select_from(Delivery).where(Delivery.status == DeliveryStatus.QUEUED)
        assert await session.scalar(queued) == len(people) * len(offers)
        for person in people:
            notifications = await notifications_of(session, person)
            assert [each.position for each in notifications] == list(range(1, len(offers) + 1))
            assert {each.job_offer_id for each in notifications} == set(offers)
            assert (await session.get_one(Candidate, person.id)).live_position == len(offers)


async def test_workers_that_handle_the_same_offers_at_once_tell_everybody_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PERSONS_IN_ONE_TRANSACTION", 4)
    people, offers = await subscribers(database, 15), [await one_offer(database) for _ in range(4)]
    told = await asyncio.gather(*(record_matches(database, offer_id, NOW) for offer_id in [*offers, *offers, *offers]))
    assert sum(map(len, told)) == len(people) * len(offers)
    await assert_each_heard_once(database, people, offers)


async def test_a_worker_that_dies_in_the_middle_is_taken_up_where_it_stopped(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PERSONS_IN_ONE_TRANSACTION", 2)
    people, offer_id, dice = await subscribers(database, 12), await one_offer(database), random.Random(7)
    for _ in range(8):
        worker = asyncio.create_task(record_matches(database, offer_id, NOW))
        await asyncio.sleep(dice.uniform(0, 0.05))
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    await record_matches(database, offer_id, NOW)
    await assert_each_heard_once(database, people, [offer_id])


async def test_alerts_that_stop_and_go_meanwhile_trouble_no_worker(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "PERSONS_IN_ONE_TRANSACTION", 5)
    people, offers = await subscribers(database, 20), [await one_offer(database) for _ in range(4)]
    async with database.read() as session:
        alert_ids = list(await session.scalars(select(JobAlert.id)))

    async def stop_and_delete() -> None:
        for number, alert_id in enumerate(alert_ids):
            await unsubscribe(database, [alert_id])
            if number % 2:
                async with database.begin() as session:
                    await session.delete(await session.get_one(JobAlert, alert_id, with_for_update=True))

    working = [record_matches(database, offer_id, NOW) for offer_id in [*offers, *offers]]
    told, _ = await asyncio.gather(asyncio.gather(*working), stop_and_delete())
    async with database.read() as session:
        for person in people:
            notifications = await notifications_of(session, person)
            assert [each.position for each in notifications] == list(range(1, len(notifications) + 1))
            assert len({each.job_offer_id for each in notifications}) == len(notifications)
        assert await session.scalar(select(func.count()).select_from(Notification)) == sum(map(len, told))


async def test_an_alert_that_began_anew_since_it_was_matched_tells_nothing(database: Database) -> None:
    person, offer_id = await one_subscriber(database), await one_offer(database)
    async with database.read() as session:
        alert = (await session.scalars(select(JobAlert))).one()
    matched = as_match(alert)
    async with database.begin() as session:
        (await session.get_one(JobAlert, alert.id)).started_at = LATER
    telling = Telling(OFFERS, offer_id, LATER)
    assert await ledger.record(database, telling, [matched]) == set()
    assert await ledger.record(database, telling, [replace(matched, started_at=LATER)]) == {person.id}
