"""The ledger held against what should be in it, by the criteria themselves and by search: what is lost is found, and told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from errors import Unavailable
from models.alert_sweep import AlertSweep
from models.calendar import quebec_day
from models.clause import Clause
from models.database import Database
from models.deadline import Deadline
from models.document import Kind
from models.job_alert import ALERT_RETURNED, JobAlert, JobAlertAnchor, JobAlertStatus
from models.job_offer import JobOffer
from models.job_offer_criteria import JobOfferCriteria
from models.notification import Channel, Delivery, DeliveryStatus, Notification
from models.outbox import OutboxEntry, emit
from models.stored_criteria import to_json
from notifications import expected
from notifications.alert_sweep import sweep
from notifications.audience import OFFERS
from notifications.expected import PATIENCE
from notifications.ledger import LIVE_WAIT, record_matches
from notifications.reconciliation import reconcile
from search.engine import SearchEngine
from search.indexing import refresh
from search.opening import open_engine
from search.visibility import Visibility
from search.whole import find_all
from tests.conftest import NOW
from tests.notifications.rows import Person, add_alert, add_employer, add_offer, add_person
from tests.search.documents import made_empty

SOON, LATER = NOW + timedelta(minutes=1), NOW + timedelta(minutes=30)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[SearchEngine]:
    opened = await open_engine(f"embedded:{tmp_path / 'index'}")
    await made_empty(opened)
    yield opened
    await opened.close()


async def people(database: Database, count: int) -> list[Person]:
    async with database.begin() as session:
        made = [add_person(session) for _ in range(count)]
        for person in made:
            add_alert(session, person)
    return made


async def offers(database: Database, count: int) -> list[UUID]:
    async with database.begin() as session:
        employer = add_employer(session)
        return [add_offer(session, employer).id for _ in range(count)]


async def test_a_ledger_that_is_whole_has_no_difference(database: Database) -> None:
    await people(database, 3)
    for offer_id in await offers(database, 2):
        await record_matches(database, offer_id, NOW)
    found = await reconcile(database, OFFERS, NOW, SOON)
    assert (found.announced, found.expected, found.told, found.difference) == (2, 6, 6, 0)
    assert found.deliveries == {(Channel.LIVE, DeliveryStatus.SENT): 6, (Channel.EMAIL, DeliveryStatus.QUEUED): 6}


async def lose_a_notification(database: Database) -> None:
    async with database.begin() as session:
        await session.delete((await session.scalars(select(Notification))).first())


async def tell_without_a_reason(database: Database) -> None:
    async with database.begin() as session:
        alert = (await session.scalars(select(JobAlert))).first()
        assert alert is not None
        alert.criteria = to_json(JobOfferCriteria(text="horloger"))


async def forget_a_mail(database: Database) -> None:
    async with database.begin() as session:
        await session.execute(delete(Deadline))


@pytest.mark.parametrize(
    ("fault", "counts"), [(lose_a_notification, (1, 0, 0)), (tell_without_a_reason, (0, 1, 0)), (forget_a_mail, (0, 0, 3))]
)
async def test_whatever_is_wrong_is_a_difference(
    database: Database, fault: Callable[[Database], Awaitable[None]], counts: tuple[int, int, int]
) -> None:
    await people(database, 3)
    [offer_id] = await offers(database, 1)
    await record_matches(database, offer_id, NOW)
    await fault(database)
    found = await reconcile(database, OFFERS, NOW, SOON)
    assert (len(found.missing), len(found.unfounded), found.stranded) == counts
    assert found.difference == sum(counts)


async def test_who_paused_started_later_or_does_not_stand_is_expected_to_hear_nothing(database: Database) -> None:
    async with database.begin() as session:
        add_alert(session, add_person(session)).status = JobAlertStatus.PAUSED
        add_alert(session, add_person(session), started_at=SOON)
        add_alert(session, add_person(session), JobOfferCriteria(text="horloger"))
    await offers(database, 1)
    assert (await reconcile(database, OFFERS, NOW, LATER)).expected == 0


async def owe_matching(database: Database, offer_id: UUID, attempts: int = 0) -> None:
    async with database.begin() as session:
        session.add(OutboxEntry(kind=OFFERS.announced, subject=offer_id, due_at=NOW, attempts=attempts))


async def test_what_nobody_has_matched_yet_is_a_difference(database: Database) -> None:
    await people(database, 3)
    matched, closed, waiting = await offers(database, 3)
    await record_matches(database, matched, NOW)
    await owe_matching(database, waiting)
    async with database.begin() as session:
        (await session.get_one(JobOffer, closed)).close()
    found = await reconcile(database, OFFERS, NOW, SOON)
    assert (found.announced, found.open, found.unmatched, found.expected) == (3, 2, 1, 3)
    assert found.difference == 1


async def swept(database: Database, engine: SearchEngine, minutes: int = 30) -> int | None:
    now = NOW + timedelta(minutes=minutes)

    async def find(kind: Kind, clause: Clause) -> set[UUID]:
        return await find_all(engine, kind, clause, Visibility(quebec_day(now)))

    return await sweep(database, find, now, LIVE_WAIT)


async def indexed(database: Database, engine: SearchEngine) -> None:
    async with database.read() as session:
        ids = list(await session.scalars(select(JobOffer.id)))
    await refresh(engine, database, Kind.JOB_OFFER, ids, NOW)


async def test_an_alert_that_has_yet_to_catch_up_is_expected_to_have_heard_of_nothing(database: Database) -> None:
    await people(database, 1)
    await offers(database, 1)
    async with database.begin() as session:
        alert_id = (await session.scalars(select(JobAlert.id))).one()
        emit(session, ALERT_RETURNED, alert_id, NOW)
    assert (await reconcile(database, OFFERS, NOW, SOON)).missing == frozenset()
    async with database.begin() as session:
        await session.execute(delete(OutboxEntry))
    assert len((await reconcile(database, OFFERS, NOW, SOON)).missing) == 1


async def test_a_sweep_of_a_ledger_that_is_whole_finds_nothing(database: Database, engine: SearchEngine) -> None:
    await people(database, 3)
    for offer_id in await offers(database, 2):
        await record_matches(database, offer_id, NOW)
    await indexed(database, engine)
    assert await swept(database, engine) == 0
    async with database.read() as session:
        [kept] = await session.scalars(select(AlertSweep))
    assert (kept.offers, kept.alerts, kept.found) == (2, 3, 0)


async def test_what_the_anchors_missed_is_found_by_search_told_once_and_counted(database: Database, engine: SearchEngine) -> None:
    await people(database, 3)
    async with database.begin() as session:
        await session.execute(delete(JobAlertAnchor))
    [offer_id] = await offers(database, 1)
    await record_matches(database, offer_id, NOW)
    await indexed(database, engine)
    assert (await reconcile(database, OFFERS, NOW, SOON)).difference == 3
    assert await swept(database, engine) == 3
    assert (await reconcile(database, OFFERS, NOW, SOON)).difference == 0
    async with database.read() as session:
        emails = select(Delivery.status).where(Delivery.channel == Channel.EMAIL)
        assert list(await session.scalars(emails)) == [DeliveryStatus.QUEUED] * 3
    assert await swept(database, engine, minutes=95) == 0


async def test_one_worker_sweeps_an_hour(database: Database, engine: SearchEngine) -> None:
    assert [await swept(database, engine, minutes) for minutes in (0, 1, 59, 60, 119, 120)] == [0, None, None, 0, None, 0]


async def test_a_sweep_takes_up_where_the_last_that_ended_left_off(database: Database, engine: SearchEngine) -> None:
    await swept(database, engine, 0)
    async with database.begin() as session:
        session.add(AlertSweep(began_at=NOW + timedelta(hours=1), since=NOW, until=NOW + timedelta(minutes=50)))
    await swept(database, engine, 60 * 30)
    async with database.read() as session:
        first, _, third = (await session.scalars(select(AlertSweep).order_by(AlertSweep.began_at))).all()
    assert third.since == first.until


async def test_nobody_is_told_of_what_a_lagging_index_finds(database: Database, engine: SearchEngine) -> None:
    await people(database, 2)
    [offer_id] = await offers(database, 1)
    await indexed(database, engine)
    async with database.begin() as session:
        offer = await session.get_one(JobOffer, offer_id)
        offer.title_fr, offer.occupation = "Horlogère ou horloger", "31301"
    assert await swept(database, engine) == 0


async def test_an_offer_whose_matching_waits_is_left_to_the_next_sweep(database: Database, engine: SearchEngine) -> None:
    await people(database, 2)
    [offer_id] = await offers(database, 1)
    await indexed(database, engine)
    await owe_matching(database, offer_id)
    assert await swept(database, engine, 30) == 0
    async with database.begin() as session:
        await session.execute(delete(OutboxEntry))
    assert await swept(database, engine, 95) == 2


async def test_an_offer_that_cannot_be_matched_is_told_of_by_the_sweep_and_keeps_it_from_no_other(
    database: Database, engine: SearchEngine
) -> None:
    await people(database, 2)
    stubborn, lost = await offers(database, 2)
    await indexed(database, engine)
    await owe_matching(database, stubborn, attempts=PATIENCE)
    assert await swept(database, engine) == 4
    async with database.read() as session:
        assert set(await session.scalars(select(Notification.job_offer_id))) == {stubborn, lost}


async def test_a_sweep_that_breaks_off_has_found_what_it_has_told(
    database: Database, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expected, "PAGE", 1)
    await people(database, 2)
    await offers(database, 1)
    await indexed(database, engine)
    asked = 0

    async def find(kind: Kind, clause: Clause) -> set[UUID]:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise Unavailable("SEARCH_UNAVAILABLE")
        return await find_all(engine, kind, clause, Visibility(quebec_day(LATER)))

    with pytest.raises(Unavailable):
        await sweep(database, find, LATER, LIVE_WAIT)
    async with database.read() as session:
        assert [(each.found, each.ended_at) for each in await session.scalars(select(AlertSweep))] == [(1, None)]
