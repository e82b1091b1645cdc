"""Whether the process lives, whether it can serve, and what it counts. For machines: nothing here is about a person."""

import asyncio
import logging
from collections.abc import Awaitable, Collection
from dataclasses import dataclass

from sqlalchemy import func, select, text
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from models.outbox import OutboxEntry
from resolvers.context import Context
from transport.metrics import MEDIA_TYPE, Metrics
from transport.visitors import service_of

log = logging.getLogger("placement.health")

PATIENCE = 2.0
"""Seconds a part has to answer in."""
MOST_LAG = 120.0
"""Seconds that the oldest due work may wait before the worker counts as away."""
PROMPT = ("candidacy.changed", "job_offer.changed", "job_offer.announced")
"""The work that readiness waits for. A mail server that is away must not take searches and sign-ins with it."""
NOT_KEPT = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Backlog:
    """Due work of the outbox; `lag` is the age of the oldest, in seconds."""

    due: int
    lag: float


async def alive(request: Request) -> Response:
    return PlainTextResponse("alive\n", headers=NOT_KEPT)


async def ready(request: Request) -> Response:
    """503 while the database or the search does not answer, or work has waited too long."""
    service = service_of(request)
    database, search, waiting = await asyncio.gather(
        _answers("database", _reachable(service)), _answers("search", service.engine.ready()), backlog_or_none(service, PROMPT)
    )
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


async def backlog_or_none(service: Context, kinds: Collection[str] = ()) -> Backlog | None:
    """The backlog; None while the database does not answer."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await backlog(service, kinds)
    except Exception as error:
        log.warning("the outbox cannot be read: %r", error)
        return None


async def backlog(service: Context, kinds: Collection[str] = ()) -> Backlog:
    """Of those kinds of work, or of all."""
    now = service.now()
    query = select(func.count(), func.min(OutboxEntry.due_at)).where(OutboxEntry.due_at <= now)
    if kinds:
        query = query.where(OutboxEntry.kind.in_(kinds))
    async with service.database.read() as session:
        due, oldest = (await session.execute(query)).one()
    return Backlog(due=due, lag=(now - oldest).total_seconds() if oldest else 0.0)


class MetricsPage:
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def answer(self, request: Request) -> Response:
        """The outbox is looked at when somebody asks. It keeps its last figures while the database does not answer."""
        if waiting := await backlog_or_none(service_of(request)):
            self._metrics.outbox_due.set(waiting.due)
            self._metrics.outbox_lag.set(waiting.lag)
        return Response(self._metrics.text(), headers={**NOT_KEPT, "Content-Type": MEDIA_TYPE})
