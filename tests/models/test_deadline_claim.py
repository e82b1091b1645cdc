"""Deadlines are acted on when they come, once, whoever looks; what fails waits, and what was cancelled or moved is let be."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Database, open_database
from models.deadline import Deadline, DeadlineKind, cancel, deadline
from models.deadline_claim import Act, Acts, find_due, meet, meet_due
from models.outbox import OutboxEntry, emit
from tests.conftest import NOW, Clock

EXPIRES, ENDED = DeadlineKind.CANDIDACY_EXPIRES, DeadlineKind.CANDIDACY_ENDED
MOMENT, HOUR = timedelta(seconds=1), timedelta(hours=1)
SUBJECTS = 60


async def itself(session: AsyncSession, subject: UUID) -> UUID | None:
    return subject


async def nothing_left(session: AsyncSession, subject: UUID) -> UUID | None:
    return None


async def note(session: AsyncSession, subject: UUID, now: datetime) -> None:
    """An act that leaves a trace for each time that it was done for good."""
    emit(session, "acted", subject, now)


NOTED: Acts = {EXPIRES: Act(itself, note)}


def failing(culprits: Collection[UUID]) -> Acts:
    async def fail(session: AsyncSession, subject: UUID, now: datetime) -> None:
        await note(session, subject, now)
        if subject in culprits:
            raise ZeroDivisionError("not today")

    return {EXPIRES: Act(itself, fail)}


async def plan(database: Database, *due: datetime, kind: DeadlineKind = EXPIRES) -> list[UUID]:
    """A deadline at each of those instants. Gives their subjects."""
    subjects = [uuid4() for _ in due]
    async with database.begin() as session:
        session.add_all(deadline(kind, subject, at) for subject, at in zip(subjects, due, strict=True))
    return subjects


async def acted(database: Database) -> list[UUID]:
    """What was acted on, in order, as often as it was."""
    async with database.read() as session:
        return list(await session.scalars(select(OutboxEntry.subject).order_by(OutboxEntry.id)))


async def left(database: Database) -> list[Deadline]:
    async with database.read() as session:
        return list(await session.scalars(select(Deadline).order_by(Deadline.next_try_at)))


async def test_it_is_acted_on_once(database: Database) -> None:
    [subject] = await plan(database, NOW)
    assert await meet_due(database, NOTED, NOW) == 1
    assert await meet_due(database, NOTED, NOW) == 0
    assert await acted(database) == [subject]
    assert await left(database) == []


async def test_it_is_not_acted_on_before_its_instant(database: Database) -> None:
    await plan(database, NOW)
    assert await meet_due(database, NOTED, NOW - timedelta(microseconds=1)) == 0
    assert await acted(database) == []
    assert await meet_due(database, NOTED, NOW) == 1


async def test_the_most_overdue_comes_first(database: Database) -> None:
    late, latest, later = await plan(database, NOW - HOUR, NOW - 3 * HOUR, NOW - 2 * HOUR)
    assert await meet_due(database, NOTED, NOW, limit=2) == 2
    assert await acted(database) == [latest, later]
    assert await meet_due(database, NOTED, NOW, limit=2) == 1
    assert await acted(database) == [latest, later, late]


async def test_one_that_is_put_to_a_later_time_after_it_was_found_is_not_acted_on(database: Database) -> None:
    [subject] = await plan(database, NOW)
    assert await find_due(database, NOTED, NOW, 10) == [(EXPIRES, subject)]
    async with database.begin() as session:
        await cancel(session, [subject], EXPIRES)
        session.add(deadline(EXPIRES, subject, NOW + HOUR))
    assert not await meet(database, NOTED, EXPIRES, subject, NOW)
    assert await acted(database) == []
    assert await meet(database, NOTED, EXPIRES, subject, NOW + HOUR)


async def test_one_that_is_cancelled_after_it_was_found_is_not_acted_on(database: Database) -> None:
    [subject] = await plan(database, NOW)
    async with database.begin() as session:
        await cancel(session, [subject])
    assert not await meet(database, NOTED, EXPIRES, subject, NOW)
    assert await acted(database) == []


async def test_only_what_is_named_is_cancelled(database: Database) -> None:
    subject, other = uuid4(), uuid4()
    async with database.begin() as session:
        session.add_all(deadline(kind, each, NOW) for kind in (EXPIRES, ENDED) for each in (subject, other))
    async with database.begin() as session:
        await cancel(session, [subject], EXPIRES)
    assert {(each.kind, each.subject) for each in await left(database)} == {(EXPIRES, other), (ENDED, subject), (ENDED, other)}


async def test_the_deadline_of_a_subject_that_is_gone_goes(database: Database) -> None:
    await plan(database, NOW)
    assert await meet_due(database, {EXPIRES: Act(nothing_left, note)}, NOW) == 1
    assert await acted(database) == []
    assert await left(database) == []


async def test_one_that_fails_holds_up_no_other_and_leaves_no_trace(database: Database) -> None:
    before, culprit, after = await plan(database, NOW - 3 * HOUR, NOW - 2 * HOUR, NOW - HOUR)
    assert await meet_due(database, failing([culprit]), NOW) == 3
    assert await acted(database) == [before, after]
    [kept] = await left(database)
    assert (kept.subject, kept.attempts, kept.problem) == (culprit, 1, "ZeroDivisionError: not today")
    assert await meet_due(database, NOTED, NOW) == 0, "it waits"


async def test_one_that_fails_is_put_off_longer_each_time_and_at_most_an_hour(database: Database, clock: Clock) -> None:
    [culprit] = await plan(database, NOW)
    waits = []
    for attempts in range(1, 16):
        assert await meet_due(database, failing([culprit]), clock()) == 1
        [kept] = await left(database)
        assert (kept.due_at, kept.attempts) == (NOW, attempts)
        waits.append(kept.next_try_at - clock())
        clock.instant = kept.next_try_at
    assert all(MOMENT / 2 <= each <= HOUR for each in waits)
    assert all(earlier * 1.99 < later for earlier, later in zip(waits[:-2], waits[2:], strict=True) if later < HOUR / 2)
    assert waits[-1] >= HOUR / 2
    assert await meet_due(database, NOTED, clock()) == 1
    assert await acted(database) == [culprit]


async def test_one_that_was_moved_while_it_failed_is_not_put_off(database: Database) -> None:
    [subject] = await plan(database, NOW)
    elsewhere = open_database(database.engine.url.render_as_string(hide_password=False))

    async def move(session: AsyncSession, held: UUID, now: datetime) -> None:
        await session.rollback()
        async with elsewhere.begin() as another:
            await cancel(another, [held])
            another.add(deadline(EXPIRES, held, NOW + HOUR))
        raise ZeroDivisionError

    assert await meet_due(database, {EXPIRES: Act(itself, move)}, NOW) == 1
    await elsewhere.close()
    [kept] = await left(database)
    assert (kept.subject, kept.next_try_at, kept.attempts, kept.problem) == (subject, NOW + HOUR, 0, None)


async def test_a_kind_that_a_worker_does_not_know_is_left_to_another(database: Database) -> None:
    [unknown] = await plan(database, NOW - HOUR, kind=ENDED)
    async with database.begin() as session:
        session.add(Deadline(kind="of.a.later.release", subject=unknown, due_at=NOW, next_try_at=NOW, attempts=0))
    [known] = await plan(database, NOW)
    assert await meet_due(database, NOTED, NOW, limit=1) == 1
    assert await acted(database) == [known]
    assert len(await left(database)) == 2


async def test_one_that_another_worker_has_in_hand_is_passed_over(database_url: str, database: Database) -> None:
    """On PostgreSQL; on SQLite there is one worker, and writers wait for each other."""
    if database.is_sqlite:
        pytest.skip("one worker")
    [subject] = await plan(database, NOW)
    holding, released = asyncio.Event(), asyncio.Event()

    async def hesitate(session: AsyncSession, held: UUID, now: datetime) -> None:
        holding.set()
        await released.wait()
        await note(session, held, now)

    first = asyncio.create_task(meet_due(database, {EXPIRES: Act(itself, hesitate)}, NOW))
    await holding.wait()
    assert not await meet(database, NOTED, EXPIRES, subject, NOW)
    released.set()
    await first
    assert await acted(database) == [subject]


async def test_two_workers_at_once_act_on_each_once(database_url: str, database: Database) -> None:
    subjects = await plan(database, *(NOW - MOMENT * number for number in range(SUBJECTS)))
    other = open_database(database_url)

    async def work(on: Database) -> None:
        while await meet_due(on, NOTED, NOW, limit=7):
            pass

    async with asyncio.TaskGroup() as tasks:
        for on in (database, other, database, other):
            tasks.create_task(work(on))
    await other.close()
    assert sorted(await acted(database)) == sorted(subjects)
    assert await left(database) == []


async def test_what_is_to_come_is_never_read_through(database: Database) -> None:
    """SQLite tells which index it takes; it takes the same with a million rows and with none, for it keeps no figures."""
    if not database.is_sqlite:
        pytest.skip("PostgreSQL decides by how much there is")
    asked: list[tuple[str, Any]] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    [subject] = await plan(database, NOW)
    await meet_due(database, NOTED, NOW)
    async with database.begin() as session:
        await cancel(session, [subject])
    plans = []
    async with database.engine.connect() as connection:
        for statement, values in list(asked):
            if statement.startswith(("SELECT", "DELETE")) and "deadline" in statement:
                explained = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
                plans.append("; ".join(row.detail for row in explained))
    assert plans == [
        "SEARCH deadline USING INDEX ix_deadline_next_try_at (next_try_at<?)",
        "SEARCH deadline USING INDEX sqlite_autoindex_deadline_1 (subject=? AND kind=?)",
        "SEARCH deadline USING INDEX sqlite_autoindex_deadline_1 (subject=?)",
    ]
