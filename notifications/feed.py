"""The live feed of a kind of logs: each follower receives what one reader is told, in order, from where it left off. No event
waits in memory, only how far each followed log has got; events are read from the log in pages, at the pace of the follower."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from models.bell import LONGEST, listening, ring
from models.database import Database
from models.joint_reading import JointReadings
from notifications.log import Event, Log

LOOKS_EVERY = 0.5
"""Seconds until what another process recorded is seen for sure; where the database carries wake-up calls, mostly at once. One
query serves all the followers of this process."""
BELL = "placement_told"
PAGE = 50
REPLAYS = 8
"""Pages that are read at a time: a thousand followers who return together leave the database to others too."""
Reader = TypeVar("Reader")
Told = TypeVar("Told", bound=Event)

log = logging.getLogger("placement.feed")


async def wake_everywhere(database: Database, person_ids: Collection[UUID]) -> None:
    """Has the feeds of all processes look for news of those people, whose ledger is committed."""
    if person_ids:
        names = ",".join(each.hex for each in person_ids)
        await ring(database, BELL, names if len(names) <= LONGEST else "")


@dataclass(frozen=True)
class Gap:
    """What lies between the event before and `position` is no longer stored. From `since` on the log is whole."""

    position: int
    since: datetime


@dataclass
class _Followed:
    """A reader's log as far as this process knows it. `news` wakes those who wait for it to get longer."""

    followers: int = 0
    last: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def reaches(self, last: int) -> None:
        if last > self.last:
            self.last = last
            self.news.set()
            self.news = asyncio.Event()

    async def beyond(self, position: int) -> None:
        while self.last <= position:
            await self.news.wait()


class Feed(Generic[Reader, Told]):
    """One for each process and kind of logs, used from one event loop."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], log: Log[Reader, Told], looks_every: float = LOOKS_EVERY
    ) -> None:
        self._database = database
        self._together = JointReadings(database)
        self._replays = asyncio.Semaphore(REPLAYS)
        self._looks_every = looks_every
        self._now = now
        self._log = log
        self._followed: dict[Reader, _Followed] = {}
        self._woken: set[Reader] = set()
        self._alarm = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None

    async def follow(self, reader: Reader, after: int | None) -> AsyncGenerator[Told | Gap, None]:
        """Everything after a position, then what comes, for ever. None begins with what is recorded from now on.

        Where the log was purged, or never reached `after`, a Gap says so and the events go on behind it. Closing the
        iterator, or cancelling who reads it, leaves nothing behind."""
        with self._following(reader) as followed:  # listens first, then reads: nothing falls between the two
            followed.reaches(await self._last(reader))
            position = followed.last if after is None else max(after, 0)
            if position > followed.last:
                position = followed.last
                yield Gap(position, self._now())
            while True:
                for event in await self._stored(reader, position, followed.last):
                    position = event.position
                    yield event
                await followed.beyond(position)

    def wake(self, readers: Iterable[Reader]) -> None:
        """Looks at once for news of those readers, where they are followed: somebody in this process recorded some."""
        self._woken.update(self._followed.keys() & set(readers))
        if self._woken:
            self._alarm.set()

    async def _last(self, reader: Reader) -> int:
        return await self._together.ask(self._log.last_positions, reader) or 0

    async def _stored(self, reader: Reader, after: int, last: int) -> Sequence[Told | Gap]:
        """The next page. `last` was known before, so that all events up to it are there to be read, or were purged. One event
        is mostly news that many are told of at once."""
        if after >= last:
            return ()
        if after + 1 == last:
            return (await self._together.ask(self._log.at, (reader, last)) or Gap(last, self._now()),)
        async with self._replays, self._database.read() as session:
            page = await self._log.read(session, reader, after, PAGE)
        return list(_with_gaps(page, after)) if page else (Gap(last, self._now()),)

    @contextmanager
    def _following(self, reader: Reader) -> Iterator[_Followed]:
        followed = self._followed.setdefault(reader, _Followed())
        followed.followers += 1
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._keep_watch(), name="feed")
        try:
            yield followed
        finally:
            followed.followers -= 1
            if not followed.followers:
                del self._followed[reader]
            if not self._followed:
                self._alarm.set()  # so that the watch ends now

    async def _keep_watch(self) -> None:
        """While anybody follows. Taking down the line to the database takes its time: who comes meanwhile is not forgotten."""
        while self._followed:
            async with listening(self._database, BELL, self._heard) if self._log.named else nullcontext():
                await self._look_out()

    async def _look_out(self) -> None:
        """Looks for news of everybody twice a second, and of those who were woken at once."""
        clock, due = asyncio.get_running_loop().time, 0.0
        while self._followed:
            readers = self._followed.keys() & self._woken
            if clock() >= due:
                readers, due = set(self._followed), clock() + self._looks_every
            self._woken.clear()
            self._alarm.clear()
            await self._look(readers)
            await self._rest(due)

    def _heard(self, names: str) -> None:
        """From whichever process. Without names it may be about anybody."""
        named = self._log.named
        self.wake([named(each) for each in names.split(",")] if names and named else list(self._followed))

    async def _look(self, readers: Iterable[Reader]) -> None:
        try:
            async with self._database.read() as session:
                positions = await self._log.last_positions(session, readers)
        except Exception:  # the database may be away for a while: followers wait, and miss nothing
            log.exception("what is followed cannot be read")
            return
        for reader, last in positions.items():
            if (followed := self._followed.get(reader)) is not None:
                followed.reaches(last)

    async def _rest(self, due: float) -> None:
        try:
            async with asyncio.timeout_at(due):
                await self._alarm.wait()
        except TimeoutError:
            return


def _with_gaps(page: Iterable[Told], after: int) -> Iterator[Told | Gap]:
    """Positions have no holes, so that a hole is what was purged."""
    for event in page:
        if event.position > after + 1:
            yield Gap(event.position - 1, event.at)
        yield event
        after = event.position
