"""Calls to the server: tried again while it may yet answer, and Unavailable when it does not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from random import uniform
from typing import TypeVar

from elasticsearch import ApiError, ConnectionTimeout, TransportError

from errors import Unavailable

T = TypeVar("T")
logger = logging.getLogger(__name__)

WORTH_ANOTHER_TRY = frozenset({404, 408, 429, 502, 503, 504})
"""404: an index may be replaced between the moment its alias is read and the moment it is asked."""
ATTEMPTS = 4
FIRST_PAUSE = 0.1
"""Seconds before the second attempt; each further one waits about three times as long."""


def pauses(attempts: int = ATTEMPTS) -> Iterator[float]:
    """How long to wait after each failed attempt but the last, with jitter: clients must not come back all at once."""
    return (FIRST_PAUSE * 3**attempt * uniform(0.5, 1.5) for attempt in range(attempts - 1))


async def answered(call: Callable[[], Awaitable[T]], attempts: int = ATTEMPTS) -> T:
    """What the call answers. Asked more than once, it must be safe to repeat. A server that takes too long is not asked
    again: it has enough to do."""
    for pause in pauses(attempts):
        try:
            return await call()
        except (ApiError, TransportError) as problem:
            if not _passing(problem):
                raise unavailable(problem) from problem
            logger.info("the search server is asked again: %s", problem)
        await asyncio.sleep(pause)
    try:
        return await call()
    except (ApiError, TransportError) as problem:
        raise unavailable(problem) from problem


def unavailable(problem: Exception) -> Unavailable:
    if isinstance(problem, TransportError):  # where in our code we were tells nothing of that
        logger.error("the search server failed: %s", problem.message)
    else:
        logger.error("the search server failed: %s", problem, exc_info=problem)
    return Unavailable("SEARCH_UNAVAILABLE")


def _passing(problem: ApiError | TransportError) -> bool:
    if isinstance(problem, ApiError):
        return problem.status_code in WORTH_ANOTHER_TRY
    return not isinstance(problem, ConnectionTimeout)
