"""Reading together what many ask for at the same moment: one query for a thousand followers who are all told of one offer, in the
place of a thousand."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Database

Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")
Reading = Callable[[AsyncSession, Sequence[Asked]], Awaitable[Mapping[Asked, Answer]]]
MOST = 500
"""Answered by one reading."""


class JointReadings:
    """One for each process, used from one event loop. Of each reading one is under way at a time: whoever asks meanwhile is
    answered by the next, together with all others who did. Nobody is given what was read before they asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._joint: dict[Reading[Any, Any], _Joint[Any, Any]] = {}

    async def ask(self, reading: Reading[Asked, Answer], asked: Asked) -> Answer | None:
        """None where the reading has no answer. Raises what the reading raises."""
        joint = self._joint.setdefault(reading, _Joint(self._database, reading))
        answer: Answer | None = await joint.ask(asked)
        return answer


class _Joint(Generic[Asked, Answer]):
    def __init__(self, database: Database, reading: Reading[Asked, Answer]) -> None:
        self._database = database
        self._reading = reading
        self._waiting: dict[Asked, asyncio.Future[Answer | None]] = {}
        self._under_way: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answer | None:
        waiting = self._waiting.setdefault(asked, asyncio.get_running_loop().create_future())
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(self._read_all(), name="joint reading")
        return await asyncio.shield(waiting)  # others may wait for the same

    async def _read_all(self) -> None:
        while self._waiting:
            await asyncio.sleep(0)  # who was woken together asks together
            some = {asked: self._waiting.pop(asked) for asked in list(self._waiting)[:MOST]}
            try:
                async with self._database.read() as session:
                    answers = await self._reading(session, list(some))
            except Exception as problem:
                for waiting in some.values():
                    waiting.set_exception(problem)
                    waiting.exception()  # who asked may have left: then nobody looks at it
            else:
                for asked, waiting in some.items():
                    waiting.set_result(answers.get(asked))
