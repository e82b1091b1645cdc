"""Claiming owed work: several workers never hold the same entry, and an entry goes only when its work is done."""

import logging
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from random import uniform
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, bindparam, delete, exists, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Database
from models.outbox import OutboxEntry

log = logging.getLogger("placement.outbox")

LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Failure:
    """Why an entry was not done. One that is `lasting` waits up to LONGEST_WAIT, whatever is usual for its kind: to try it
    again soon would change nothing. Before `after` it is not tried again, and what does not count is no attempt: it was not
    even tried."""

    entry: OutboxEntry
    problem: str
    lasting: bool = False
    after: timedelta | None = None
    counts: bool = True


Outcome = tuple[list[OutboxEntry], list[Failure]]
"""Of a group: what was done, and what was not."""


@dataclass
class Claim:
    """Entries that this worker holds, and what became of them."""

    entries: list[OutboxEntry]
    longest_wait: timedelta
    done: list[OutboxEntry] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


@asynccontextmanager
async def claim(
    database: Database, kinds: Collection[str], now: datetime, limit: int, longest_wait: timedelta
) -> AsyncIterator[Claim]:
    """Entries of these kinds that are due. Those reported done go when the block ends; those reported failed wait, longer
    each time and at most `longest_wait`.

    On PostgreSQL the rows stay locked meanwhile and other workers skip them; a worker that dies frees them. SQLite
    knows no such lock: there, one worker at a time is the caller's duty, and what it has in hand it knows itself."""
    due = select(OutboxEntry).where(OutboxEntry.kind.in_(kinds), OutboxEntry.due_at <= now)
    due = due.order_by(OutboxEntry.due_at, OutboxEntry.id).limit(limit)
    if database.is_sqlite:
        async with _taken_in_hand(database, due) as entries:
            held = Claim(entries, longest_wait)
            yield held
            if entries:
                async with database.begin() as session:
                    await _settle(session, held, now)
    else:
        async with database.begin() as session:
            held = Claim(list(await session.scalars(due.with_for_update(skip_locked=True))), longest_wait)
            yield held
            await _settle(session, held, now)


@asynccontextmanager
async def _taken_in_hand(database: Database, due: Select[OutboxEntry]) -> AsyncIterator[list[OutboxEntry]]:
    """Those that nobody else in this process has in hand; nobody takes them for the length of the block."""
    async with database.taking:
        async with database.read() as session:
            entries = list(await session.scalars(due.where(OutboxEntry.id.not_in(database.in_hand))))
        taken = {entry.id for entry in entries}
        database.in_hand |= taken
    try:
        yield entries
    finally:
        database.in_hand -= taken


async def kinds_due(database: Database, kinds: Sequence[str], now: datetime) -> frozenset[str]:
    """Those of the kinds of which something is due. Each is looked up by itself, however much is owed of the others."""
    async with database.read() as session:
        return frozenset(await session.scalars(_looks_for(tuple(kinds)), {"now": now}))


@lru_cache
def _looks_for(kinds: Sequence[str]) -> CompoundSelect[str]:
    due = OutboxEntry.due_at <= bindparam("now", type_=OutboxEntry.due_at.type)
    return union_all(*(select(literal(kind)).where(exists().where(OutboxEntry.kind == kind, due)) for kind in kinds))


def refused_in_part(entries: Collection[OutboxEntry], reasons: Mapping[UUID, str]) -> Outcome:
    """All was done but what was refused for good, which has its reason by its subject. The log hears of each once."""
    refused = [Failure(entry, reasons[entry.subject], lasting=True) for entry in entries if entry.subject in reasons]
    for failure in refused:
        if not failure.entry.attempts:
            log.error("%s of %s is refused for good: %s", failure.entry.kind, failure.entry.subject, failure.problem)
    return [entry for entry in entries if entry.subject not in reasons], refused


async def _settle(session: AsyncSession, held: Claim, now: datetime) -> None:
    if held.done:
        await session.execute(delete(OutboxEntry).where(OutboxEntry.id.in_([entry.id for entry in held.done])))
    failed = select(OutboxEntry).where(OutboxEntry.id.in_([failure.entry.id for failure in held.failed]))
    there = {entry.id: entry for entry in await session.scalars(failed)} if held.failed else {}
    for failure in held.failed:
        kept = there.get(failure.entry.id)
        if kept is not None:
            kept.due_at = now + _put_off(failure, kept.attempts, held.longest_wait)
            kept.attempts, kept.problem = kept.attempts + failure.counts, failure.problem


def _put_off(failure: Failure, attempts: int, longest_wait: timedelta) -> timedelta:
    """The wait that is usual after so many attempts, or the longer one that was asked for; for what was not tried, only that."""
    asked_for = min(failure.after or timedelta(0), LONGEST_WAIT)
    if asked_for and not failure.counts:
        return asked_for
    return max(asked_for, min(wait(attempts), LONGEST_WAIT if failure.lasting else longest_wait))


def wait(attempts: int) -> timedelta:
    """How long to wait after that many earlier failures: doubling from a second, with jitter."""
    return timedelta(seconds=2.0 ** min(attempts, 20)) * uniform(0.5, 1.0)
