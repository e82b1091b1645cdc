"""Whether the process lives, whether it can serve, and what it counts. For machines: nothing here is about a person."""

import asyncio
import logging
from collections.abc import Awaitable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import InstrumentedAttribute
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from models.alert_mail import GATHERED
from models.alert_sweep import AlertSweep
from models.deadline import Deadline, DeadlineKind
from models.index_verification import IndexVerification
from models.outbox import OutboxEntry
from resolvers.context import Context
from transport.metrics import MEDIA_TYPE, Metrics
from transport.visitors import service_of

log = logging.getLogger("placement.health")

PATIENCE = 2.0
"""Seconds a part has to answer in."""
MOST_LAG = 120.0
"""Seconds that the oldest due work may wait before the worker counts as away."""
PROMPT = ("candidacy.changed", "job_offer.changed")
"""The work that readiness waits for. A mail server that is away, or thousands of new offers whose alerts are still to be told,
must not take searches and sign-ins with them."""
LEGAL = tuple(kind for kind in DeadlineKind if kind not in GATHERED.values())
"""The deadlines that it waits for. Mails of a whole time zone are due at the same instant."""
T = TypeVar("T")
NOT_KEPT = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Backlog:
    """Work that is due; `lag` is the age of the oldest, in seconds."""

    due: int
    lag: float

    @classmethod
    def of_both(cls, one: "Backlog", other: "Backlog") -> "Backlog":
        return cls(one.due + other.due, max(one.lag, other.lag))


async def alive(request: Request) -> Response:
    return PlainTextResponse("alive\n", headers=NOT_KEPT)


async def ready(request: Request) -> Response:
    """503 while the database or the search does not answer, or work or a deadline has waited too long."""
    service = service_of(request)
    database, search, outbox, deadlines = await asyncio.gather(
        _answers("database", _reachable(service)),
        _answers("search", service.engine.ready()),
        _or_none(outbox_backlog(service, PROMPT)),
        _or_none(deadline_backlog(service, LEGAL)),
    )
    waiting = Backlog.of_both(outbox, deadlines) if outbox and deadlines else None
    working = waiting is not None and waiting.lag <= MOST_LAG
    state = {
        "ready": database and search and working,
        "database": {"ready": database},
        "search": {"ready": search},
        "worker": {
            "ready": working,
            "lagSeconds": waiting and round(waiting.lag, 3),
            "due": waiting and waiting.due,
        },
    }
    return JSONResponse(state, 200 if state["ready"] else 503, NOT_KEPT)


async def _answers(part: str, question: Awaitable[bool]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            return await question
    except Exception as error:
        log.warning("%s does not answer: %r", part, error)
        return False


async def _reachable(service: Context) -> bool:
    async with service.database.read() as session:
        await session.execute(text("SELECT 1"))
    return True


async def sweep_found(service: Context) -> int:
    async with service.database.read() as session:
        return await session.scalar(select(func.coalesce(func.sum(AlertSweep.found), 0))) or 0


async def _or_none(read: Awaitable[T]) -> T | None:
    """What is read; None while the database does not answer."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await read
    except Exception as error:
        log.warning("what is counted cannot be read: %r", error)
        return None


async def outbox_backlog(service: Context, kinds: Collection[str] = ()) -> Backlog:
    """Of those kinds of work, or of all."""
    of_these = [OutboxEntry.kind.in_(kinds)] if kinds else []
    return await _backlog(service, OutboxEntry.due_at, *of_these)


async def outbox_attempts(service: Context) -> Mapping[str, int]:
    """Of the kinds of work at which something failed: how often the most stubborn entry did."""
    most = func.max(OutboxEntry.attempts).label("most")
    failed = select(OutboxEntry.kind, most).where(OutboxEntry.attempts > 0).group_by(OutboxEntry.kind)
    async with service.database.read() as session:
        return {row.kind: row.most for row in await session.execute(failed)}


async def deadline_backlog(service: Context, kinds: Collection[DeadlineKind] = tuple(DeadlineKind)) -> Backlog:
    """Deadlines that have come. One that failed is not due before it is tried again: it alone does not stop the service. A kind
    that only a later release knows is left to the workers of that one."""
    return await _backlog(service, Deadline.next_try_at, Deadline.kind.in_([kind.value for kind in kinds]))


async def _backlog(service: Context, due_at: InstrumentedAttribute[datetime], *of_these: ColumnElement[bool]) -> Backlog:
    now = service.now()
    query = select(func.count(), func.min(due_at)).where(due_at <= now, *of_these)
    async with service.database.read() as session:
        due, oldest = (await session.execute(query)).one()
    return Backlog(due=due, lag=(now - oldest).total_seconds() if oldest else 0.0)


async def _verifications(service: Context) -> Sequence[IndexVerification]:
    async with service.database.read() as session:
        return (await session.scalars(select(IndexVerification))).all()


class MetricsPage:
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def answer(self, request: Request) -> Response:
        """What is due is looked at when somebody asks. It keeps its last figures while the database does not answer."""
        service = service_of(request)
        if outbox := await _or_none(outbox_backlog(service)):
            self._metrics.outbox_due.set(outbox.due)
            self._metrics.outbox_lag.set(outbox.lag)
        if (attempts := await _or_none(outbox_attempts(service))) is not None:
            self._metrics.failing(attempts)
        if deadlines := await _or_none(deadline_backlog(service)):
            self._metrics.deadlines_due.set(deadlines.due)
            self._metrics.deadlines_lag.set(deadlines.lag)
        if (found := await _or_none(sweep_found(service))) is not None:
            self._metrics.sweep_found.set(found)
        for verification in await _or_none(_verifications(service)) or ():
            self._metrics.index(verification)
        return Response(self._metrics.text(), headers={**NOT_KEPT, "Content-Type": MEDIA_TYPE})
