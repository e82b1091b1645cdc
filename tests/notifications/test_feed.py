"""Who follows the feed misses nothing and hears nothing twice, however often the line breaks."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete

import notifications.feed
from models.database import Database
from models.notification import Notification
from notifications.feed import PAGE, Feed, Gap
from notifications.ledger import record_matches
from notifications.log import LEDGER, Matched
from tests.conftest import NOW, Clock
from tests.notifications.rows import Person, add_alert, add_employer, add_offer, add_person

LONG_ENOUGH = 10.0
OfferFeed = Feed[UUID, Matched]


async def subscriber(database: Database) -> Person:
    async with database.begin() as session:
        person = add_person(session)
        add_alert(session, person)
        return person


async def published(database: Database, count: int = 1) -> list[UUID]:
    async with database.begin() as session:
        employer = add_employer(session)
        return [add_offer(session, employer).id for _ in range(count)]


async def recorded(database: Database, count: int = 1) -> list[UUID]:
    """New offers, each in the ledger of everybody whom it matches."""
    offers = await published(database, count)
    for offer_id in offers:
        await record_matches(database, offer_id, NOW)
    return offers


async def take(events: AsyncIterator[Matched | Gap], count: int) -> list[Any]:
    async with asyncio.timeout(LONG_ENOUGH):
        return [await anext(events) for _ in range(count)]


async def settled() -> None:
    """Lets tasks that have been told to end do so."""
    for _ in range(100):
        await asyncio.sleep(0.01)
        if not [task for task in asyncio.all_tasks() if task.get_name() == "feed"]:
            return
    raise AssertionError("the watch did not end")


@pytest.fixture
async def feed(database: Database, clock: Clock) -> AsyncIterator[OfferFeed]:
    yield Feed(database, clock, LEDGER)
    await settled()


async def test_a_follower_receives_what_is_recorded_from_now_on(database: Database, feed: OfferFeed) -> None:
    person = await subscriber(database)
    await recorded(database)
    async with aclosing(feed.follow(person.id, None)) as events:
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        (offer_id,) = await recorded(database)
        event = await asyncio.wait_for(first, LONG_ENOUGH)
    assert isinstance(event, Matched)
    assert (event.position, event.subject, event.at, len(event.alert_ids)) == (2, offer_id, NOW, 1)


async def test_a_follower_that_returns_receives_exactly_what_it_missed(database: Database, feed: OfferFeed) -> None:
    person = await subscriber(database)
    offers = await recorded(database, 5)
    async with aclosing(feed.follow(person.id, 2)) as events:
        found = await take(events, 3)
    assert [(each.position, each.subject) for each in found] == list(enumerate(offers[2:], 3))


async def test_who_comes_while_the_line_is_taken_down_is_not_forgotten(
    database: Database, feed: OfferFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def slow(*line: object) -> AsyncIterator[None]:
        yield
        await asyncio.sleep(0.2)

    monkeypatch.setattr(notifications.feed, "listening", slow)
    person = await subscriber(database)
    async with aclosing(feed.follow(person.id, None)) as events:
        with suppress(TimeoutError):
            await asyncio.wait_for(anext(events), 0.1)
    await asyncio.sleep(0.05)  # the watch has seen that nobody follows
    async with aclosing(feed.follow(person.id, None)) as events:
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        await recorded(database)
        assert isinstance(await asyncio.wait_for(first, LONG_ENOUGH), Matched)


async def test_more_than_a_page_comes_in_one_order(database: Database, feed: OfferFeed) -> None:
    person = await subscriber(database)
    offers = await recorded(database, PAGE + 3)
    async with aclosing(feed.follow(person.id, 0)) as events:
        assert [each.subject for each in await take(events, PAGE + 3)] == offers


async def test_what_a_slow_follower_has_not_read_waits_in_the_ledger_and_not_in_memory(
    database: Database, feed: OfferFeed
) -> None:
    person = await subscriber(database)
    await recorded(database, PAGE + 5)
    async with aclosing(feed.follow(person.id, 0)) as events:
        await take(events, 1)
        async with database.begin() as session:  # nothing beyond its page was fetched: what is gone there is a gap
            await session.execute(delete(Notification).where(Notification.position > PAGE))
        assert [each.position for each in await take(events, PAGE - 1)] == list(range(2, PAGE + 1))
        assert await take(events, 1) == [Gap(position=PAGE + 5, since=NOW)]


async def test_nobody_sees_what_another_person_is_told(database: Database, feed: OfferFeed) -> None:
    person, other = await subscriber(database), await subscriber(database)
    async with database.begin() as session:
        offer_id = add_offer(session, add_employer(session)).id
    await record_matches(database, offer_id, NOW)
    async with aclosing(feed.follow(person.id, 0)) as mine, aclosing(feed.follow(other.id, 0)) as theirs:
        (my_event,), (their_event,) = await take(mine, 1), await take(theirs, 1)
    assert my_event.notification_id != their_event.notification_id
    assert my_event.alert_ids.isdisjoint(their_event.alert_ids)


async def test_waking_brings_an_event_before_the_next_look(
    database: Database, feed: OfferFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.feed.LOOKS_EVERY", 3600.0)
    person = await subscriber(database)
    async with aclosing(feed.follow(person.id, None)) as events:
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        (offer_id,) = await published(database)
        feed.wake(await record_matches(database, offer_id, NOW))
        event = await asyncio.wait_for(first, LONG_ENOUGH)
    assert isinstance(event, Matched)
    assert event.subject == offer_id


async def test_constant_waking_of_some_does_not_keep_the_others_waiting(database: Database, feed: OfferFeed) -> None:
    person, busy = await subscriber(database), await subscriber(database)
    async with aclosing(feed.follow(person.id, None)) as events, aclosing(feed.follow(busy.id, None)) as others:
        waiting = [asyncio.ensure_future(anext(events)), asyncio.ensure_future(anext(others))]
        await asyncio.sleep(0.1)
        await recorded(database)
        async with asyncio.timeout(LONG_ENOUGH):
            while not waiting[0].done():
                feed.wake([busy.id])
                await asyncio.sleep(0.01)
        await asyncio.gather(*waiting)


async def test_a_purged_beginning_is_an_explicit_gap(database: Database, feed: OfferFeed) -> None:
    person = await subscriber(database)
    offers = await recorded(database, 5)
    async with database.begin() as session:
        await session.execute(delete(Notification).where(Notification.position <= 3))
    async with aclosing(feed.follow(person.id, 1)) as events:
        gap, *found = await take(events, 3)
    assert gap == Gap(position=3, since=NOW)
    assert [(each.position, each.subject) for each in found] == list(enumerate(offers[3:], 4))


async def test_a_cursor_just_before_the_oldest_stored_event_sees_no_gap(database: Database, feed: OfferFeed) -> None:
    person = await subscriber(database)
    await recorded(database, 5)
    async with database.begin() as session:
        await session.execute(delete(Notification).where(Notification.position <= 3))
    async with aclosing(feed.follow(person.id, 3)) as events:
        assert [event.position for event in await take(events, 2)] == [4, 5]


async def test_a_log_purged_to_the_end_is_a_gap_and_then_goes_on(database: Database, feed: OfferFeed, clock: Clock) -> None:
    person = await subscriber(database)
    await recorded(database, 2)
    async with database.begin() as session:
        await session.execute(delete(Notification))
    clock.move(hours=1)
    async with aclosing(feed.follow(person.id, 0)) as events:
        assert await take(events, 1) == [Gap(position=2, since=NOW + timedelta(hours=1))]
        (offer_id,) = await recorded(database)
        (event,) = await take(events, 1)
    assert (event.position, event.subject) == (3, offer_id)


async def test_a_cursor_from_elsewhere_is_answered_with_a_gap_to_the_present(database: Database, feed: OfferFeed) -> None:
    person = await subscriber(database)
    await recorded(database)
    async with aclosing(feed.follow(person.id, 40)) as events:
        assert await take(events, 1) == [Gap(position=1, since=NOW)]
        (offer_id,) = await recorded(database)
        assert [event.subject for event in await take(events, 1)] == [offer_id]


async def test_a_person_who_is_not_there_is_told_nothing(feed: OfferFeed) -> None:
    async with aclosing(feed.follow(uuid4(), None)) as events:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await anext(events)


async def test_one_watch_serves_all_followers_and_ends_with_the_last(database: Database, feed: OfferFeed) -> None:
    people = [await subscriber(database) for _ in range(3)]
    followers = [asyncio.ensure_future(anext(feed.follow(person.id, None))) for person in [*people, *people]]
    await asyncio.sleep(0.1)
    assert len([task for task in asyncio.all_tasks() if task.get_name() == "feed"]) == 1
    for follower in followers:
        follower.cancel()
    await asyncio.gather(*followers, return_exceptions=True)
    await settled()


async def test_random_disconnections_lose_nothing_and_repeat_nothing(database: Database, feed: OfferFeed) -> None:
    person, dice = await subscriber(database), random.Random(11)
    seen: list[UUID] = []

    async def listen() -> None:
        position = 0
        while len(seen) < 60:
            async with aclosing(feed.follow(person.id, position)) as events:
                for _ in range(dice.randint(1, 8)):
                    try:
                        event = await asyncio.wait_for(anext(events), dice.uniform(0.001, 0.1))
                    except TimeoutError:
                        break
                    assert isinstance(event, Matched)
                    position = event.position
                    seen.append(event.subject)
                    if len(seen) == 60:
                        return

    async def publish() -> list[UUID]:
        offers = await published(database, 60)
        for offer_id in offers:
            told = await record_matches(database, offer_id, NOW)
            if dice.random() < 0.5:
                feed.wake(told)
            await asyncio.sleep(dice.uniform(0, 0.01))
        return offers

    async with asyncio.timeout(60):
        _, offers = await asyncio.gather(listen(), publish())
    assert seen == offers
