"""Meeting deadlines: each is acted on once, however many workers look, and whatever kills one of them in between."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Database
from models.deadline import Deadline, DeadlineKind
from models.lock import try_lock
from models.outbox_claim import LONGEST_WAIT, wait

log = logging.getLogger("placement.deadline")

LOOKED_AT_ONCE = 50


@dataclass(frozen=True)
class Act:
    """What is done when a deadline comes. `hold` locks what it is about and gives it, or None when there is nothing left to
    act on; `do` acts on it in the same transaction, in which the deadline goes."""

    hold: Callable[[AsyncSession, UUID], Awaitable[Any]]
    do: Callable[[AsyncSession, Any, datetime], Awaitable[None]]


Acts = Mapping[DeadlineKind, Act]


async def meet_due(database: Database, acts: Acts, now: datetime, limit: int = LOOKED_AT_ONCE) -> int:
    """Acts on deadlines that are due, the most overdue first; answers how many it has dealt with, which leaves out those that
    another worker has in hand. One that fails is put off, longer each time, and holds up no other."""
    dealt_with = 0
    for kind, subject in await find_due(database, acts, now, limit):
        try:
            dealt_with += await meet(database, acts, DeadlineKind(kind), subject, now)
        except Exception as error:
            log.warning("the deadline %s of %s was not met: %r", kind, subject, error, exc_info=error)
            await _put_off(database, kind, subject, f"{type(error).__name__}: {error}"[:500], now)
            dealt_with += 1
    return dealt_with


async def find_due(database: Database, acts: Acts, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """Without holding them: another worker may find the same."""
    query = select(Deadline.kind, Deadline.subject).where(Deadline.next_try_at <= now, Deadline.kind.in_(list(acts)))
    async with database.read() as session:
        rows = await session.execute(query.order_by(Deadline.next_try_at).limit(limit))
        return [(kind, subject) for kind, subject in rows]


async def meet(database: Database, acts: Acts, kind: DeadlineKind, subject: UUID, now: datetime) -> bool:
    """Whether this call acted on it. It did not when another worker has it at this moment or had it before, or when it was
    cancelled or put to a later time since it was found."""
    async with database.begin() as session:
        if not await try_lock(session, f"deadline {kind} {subject}"):
            return False
        held = await acts[kind].hold(session, subject)
        if not await _taken(session, kind, subject, now):
            return False
        if held is not None:
            await acts[kind].do(session, held, now)
    return True


async def _taken(session: AsyncSession, kind: str, subject: UUID, now: datetime) -> bool:
    """In a form of the condition that no index serves: after an outage a great many are due, and this is one by its key."""
    this = (Deadline.kind == kind, Deadline.subject == subject, func.coalesce(Deadline.next_try_at, now) <= now)
    taken = delete(Deadline).where(*this).returning(Deadline.subject)
    return (await session.execute(taken, execution_options={"synchronize_session": False})).one_or_none() is not None


async def _put_off(database: Database, kind: str, subject: UUID, problem: str, now: datetime) -> None:
    async with database.begin() as session:
        kept = await session.get(Deadline, {"kind": kind, "subject": subject}, with_for_update=True)
        if kept is not None and kept.next_try_at <= now:
            kept.next_try_at = now + min(wait(kept.attempts), LONGEST_WAIT)
            kept.attempts, kept.problem = kept.attempts + 1, problem
