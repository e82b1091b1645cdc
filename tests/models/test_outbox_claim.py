"""Owed work is held by one worker at a time, goes when it is done, and comes back from a worker that dies."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from models.database import Database, open_database
from models.outbox import OutboxEntry, emit
from models.outbox_claim import Claim, Failure, claim
from tests.conftest import NOW


async def owe(database: Database, count: int) -> None:
    async with database.begin() as session:
        for _ in range(count):
            emit(session, "some.work", uuid4(), NOW)


async def owed(database: Database) -> list[int]:
    async with database.read() as session:
        return list(await session.scalars(select(OutboxEntry.id).order_by(OutboxEntry.id)))


def claimed(database: Database, limit: int = 10) -> AbstractAsyncContextManager[Claim]:
    return claim(database, ["some.work"], NOW, limit, timedelta(seconds=5))


def ids(held: Claim) -> list[int]:
    return [entry.id for entry in held.entries]


async def test_an_id_is_never_given_again(database: Database) -> None:
    """It is in the Message-ID of a letter: a mail program would take another letter of that id for a repetition."""
    await owe(database, 1)
    (first,) = await owed(database)
    async with claimed(database) as held:
        held.done += held.entries
    await owe(database, 1)
    assert await owed(database) == [first + 1]


@pytest.fixture
async def postgresql(postgresql_url: str) -> AsyncIterator[Database]:
    """The one kind of database that several workers share."""
    database = open_database(postgresql_url)
    yield database
    await database.close()


async def test_two_claims_at_once_never_hold_the_same_entry(postgresql: Database) -> None:
    await owe(postgresql, 5)
    first, second, third, *_ = everything = await owed(postgresql)
    async with claimed(postgresql, limit=2) as one, claimed(postgresql, limit=2) as other, claimed(postgresql) as rest:
        assert ids(one) == [first, second]
        assert ids(one) + ids(other) + ids(rest) == everything
        one.done.append(one.entries[0])
        other.failed.append(Failure(other.entries[0], "not today"))
    assert await owed(postgresql) == [second, third, *everything[3:]]
    async with claimed(postgresql) as later:
        assert ids(later) == [second, *everything[3:]]


async def test_a_claim_that_dies_frees_its_entries(postgresql: Database) -> None:
    await owe(postgresql, 3)
    holding = asyncio.Event()

    async def work() -> None:
        async with claimed(postgresql) as held:
            held.done += held.entries
            holding.set()
            await asyncio.Event().wait()

    worker = asyncio.create_task(work())
    await holding.wait()
    async with claimed(postgresql) as nothing:
        assert nothing.entries == []
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)
    async with claimed(postgresql) as freed:
        assert ids(freed) == await owed(postgresql)


async def after_failing(database: Database, minutes: float, counts: bool) -> tuple[float, int]:
    """The minutes that an entry waits which failed so, and its attempts."""
    await owe(database, 1)
    async with claimed(database) as held:
        held.failed += [Failure(each, "not today", after=timedelta(minutes=minutes), counts=counts) for each in held.entries]
    async with database.read() as session:
        [entry] = await session.scalars(select(OutboxEntry))
    return (entry.due_at - NOW) / timedelta(minutes=1), entry.attempts


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize(("asked_for", "waits"), [(20, 20), (600, 60)])
async def test_it_waits_as_long_as_was_asked_for_and_an_hour_at_most(
    database: Database, asked_for: float, waits: float, counts: bool
) -> None:
    assert await after_failing(database, asked_for, counts) == (waits, int(counts))


async def test_an_attempt_that_counts_waits_no_less_than_usual(database: Database) -> None:
    waited, attempts = await after_failing(database, 0.0001, counts=True)
    assert waited * 60 >= 0.5
    assert attempts == 1
