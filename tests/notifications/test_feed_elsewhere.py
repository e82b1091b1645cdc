"""Who follows the feed of one process hears at once of what another has recorded, and of everything even if the line is cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from uuid import UUID

import pytest
from sqlalchemy import text

from models.bell import ring
from models.database import Database, open_database
from notifications.feed import BELL, Feed, wake_everywhere
from notifications.ledger import record_matches
from notifications.log import LEDGER, Matched
from tests.conftest import NOW, Clock
from tests.notifications.rows import add_alert, add_employer, add_offer, add_person

A_DAY = 86_400.0
AT_ONCE = 5.0
"""Generous: the machine may be busy. Without being woken it would be a day."""
LISTENERS = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")


@pytest.fixture
async def database(postgresql_url: str) -> AsyncIterator[Database]:
    opened = open_database(postgresql_url)
    yield opened
    await opened.close()


@pytest.fixture
async def elsewhere(postgresql_url: str) -> AsyncIterator[Database]:
    """The connections of another process."""
    opened = open_database(postgresql_url)
    yield opened
    await opened.close()


async def subscriber(database: Database) -> UUID:
    async with database.begin() as session:
        person = add_person(session)
        add_alert(session, person)
        return person.id


async def recorded(database: Database) -> UUID:
    async with database.begin() as session:
        offer_id = add_offer(session, add_employer(session)).id
    await wake_everywhere(database, await record_matches(database, offer_id, NOW))
    return offer_id


async def listeners(database: Database) -> list[int]:
    async with database.read() as session:
        return list(await session.scalars(LISTENERS))


async def listens(database: Database, instead_of: list[int] | None = None) -> list[int]:
    async with asyncio.timeout(AT_ONCE):
        while not (found := await listeners(database)) or found == instead_of:  # noqa: ASYNC110 - another process is waited for
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.2)
    return found


async def test_what_another_process_recorded_is_heard_long_before_the_next_look(
    database: Database, elsewhere: Database, clock: Clock
) -> None:
    person = await subscriber(database)
    async with aclosing(Feed(database, clock, LEDGER, looks_every=A_DAY).follow(person, None)) as events:
        waiting = asyncio.ensure_future(anext(events))
        await listens(elsewhere)
        offer_id = await recorded(elsewhere)
        told = await asyncio.wait_for(waiting, AT_ONCE)
    assert isinstance(told, Matched)
    assert told.subject == offer_id


async def test_a_line_that_was_cut_is_put_up_again_and_what_was_said_meanwhile_is_heard(
    database: Database, elsewhere: Database, clock: Clock
) -> None:
    person = await subscriber(database)
    async with aclosing(Feed(database, clock, LEDGER, looks_every=A_DAY).follow(person, None)) as events:
        waiting = asyncio.ensure_future(anext(events))
        (line,) = await listens(elsewhere)
        async with elsewhere.begin() as session:
            await session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": line})
        offer_id = await recorded(elsewhere)
        told = await asyncio.wait_for(waiting, AT_ONCE)
        assert await listens(elsewhere, instead_of=[line])
    assert isinstance(told, Matched)
    assert told.subject == offer_id


async def test_so_many_people_that_they_cannot_be_named_are_all_looked_for(
    database: Database, elsewhere: Database, clock: Clock
) -> None:
    people = [await subscriber(database) for _ in range(3)]
    feed = Feed(database, clock, LEDGER, looks_every=A_DAY)
    async with aclosing(feed.follow(people[1], None)) as events:
        waiting = asyncio.ensure_future(anext(events))
        await listens(elsewhere)
        async with elsewhere.begin() as session:
            offer_id = add_offer(session, add_employer(session)).id
        told = await record_matches(elsewhere, offer_id, NOW)
        await wake_everywhere(elsewhere, [*told, *(UUID(int=number) for number in range(1_000))])
        await asyncio.wait_for(waiting, AT_ONCE)


async def test_nobody_listens_once_nobody_follows(database: Database, elsewhere: Database, clock: Clock) -> None:
    person = await subscriber(database)
    async with aclosing(Feed(database, clock, LEDGER).follow(person, None)) as events:
        waiting = asyncio.ensure_future(anext(events))
        await listens(elsewhere)
        waiting.cancel()
        await asyncio.wait([waiting])
    async with asyncio.timeout(AT_ONCE):
        while await listeners(elsewhere):  # noqa: ASYNC110 - another process is waited for
            await asyncio.sleep(0.02)


async def test_a_database_that_is_away_keeps_nobody_from_going_on(caplog: pytest.LogCaptureFixture) -> None:
    away = open_database("postgresql+asyncpg://nobody:secret@127.0.0.1:9/nothing")
    await ring(away, BELL)
    await away.close()
    assert "nobody was woken" in caplog.text
    assert "secret" not in caplog.text
