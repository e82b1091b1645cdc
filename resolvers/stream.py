"""Live streams that resume: from where the client left off, and nothing twice on one connection. What a stream tells of is not
known here."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from errors import Invalid, Problem
from notifications.feed import Feed, Gap
from notifications.log import Changed, Event, Following
from resolvers.context import Context

Reader = TypeVar("Reader")
Told = TypeVar("Told", bound=Event)
Shown = TypeVar("Shown")
CURSOR = re.compile(r"(?:([a-z_]+)\.)?([0-9]{1,15})", re.ASCII)


@dataclass(frozen=True)
class StreamGap:
    """What lies before the cursor is no longer stored."""

    cursor: str
    since: datetime


@dataclass(frozen=True)
class Place:
    """Where a client wants to go on: in which stream, by its name in the cursors, and after which cursor. `part` is a part of the
    stream, None all of it."""

    stream: str
    after: str | None
    part: Hashable = None

    def start(self, context: Context) -> int | None:
        """The last of the places that are known: clients repeat their first `after`, and the cursor of their connection is as
        old as it. What was sent of all of a stream was sent of each part. Raises Invalid for what no event gave."""
        known = [(self.stream, part) for part in (self.part, None)]
        sent = [context.streamed.get(each) for each in known if each in context.streamed]
        places = [self._read(self.after), *(sent or [self._connection(context.last_cursor)])]
        return max((each for each in places if each is not None), default=None)

    def sent(self, context: Context, position: int) -> None:
        key = (self.stream, self.part)
        context.streamed[key] = max(position, context.streamed.get(key, 0))

    def cursor(self, position: int) -> str:
        return f"{self.stream}.{position}" if self.stream else str(position)

    def _read(self, cursor: str | None) -> int | None:
        if cursor is None:
            return None
        match = CURSOR.fullmatch(cursor)
        if match is None or (match[1] or "") != self.stream:
            raise Invalid([Problem(("after",), "INVALID_STREAM_CURSOR")])
        return int(match[2])

    def _connection(self, cursor: str | None) -> int | None:
        """A connection names one cursor for all its streams: that of another is none of ours."""
        match = CURSOR.fullmatch(cursor) if cursor is not None else None
        return None if match and (match[1] or "") != self.stream else self._read(cursor)


async def follow(
    context: Context,
    feed: Feed[Reader, Told],
    reader: Reader,
    place: Place,
    show: Callable[[Told], Awaitable[Shown | None]],
) -> AsyncGenerator[Shown | StreamGap, None]:
    """Everything since the place in order, then what comes. What `show` makes nothing of is passed over."""
    async with aclosing(feed.follow(reader, place.start(context))) as events:
        async for event in events:
            if isinstance(event, Gap):
                yield StreamGap(place.cursor(event.position), event.since)
            elif (shown := await show(event)) is not None:
                yield shown
            place.sent(context, event.position)  # asked for more: it was sent


async def follow_changes(
    context: Context, stream: str, after: str | None, show: Callable[[str, Changed], Awaitable[Shown | None]]
) -> AsyncGenerator[Shown | StreamGap, None]:
    """A stream of changes: that of the caller's employer for a member of one, else that of the caller. `show` is given the
    cursor of each event with it."""
    place = Place(stream, after)
    reader = context.caller.employer_id if context.caller and context.caller.employer_id else context.account_id

    async def shown(event: Changed) -> Shown | None:
        return await show(place.cursor(event.position), event)

    async with aclosing(follow(context, context.changes, Following(reader, stream), place, shown)) as events:
        async for event in events:
            yield event
