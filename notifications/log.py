"""What the live feed reads: logs of what one reader was told, in order, and how far each reader's log has got. That of the
ledger of offers, and that of whatever else can be followed. Writes nothing."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models.among import among
from models.candidate import Candidate
from models.employer import EmployerMember
from models.notification import Notification, NotificationAlert
from models.stream_event import StreamEvent, StreamLength


class Event(Protocol):
    """What has a place in a log. Positions have no holes but where something was purged."""

    @property
    def position(self) -> int: ...

    @property
    def at(self) -> datetime: ...


Reader = TypeVar("Reader")
Told = TypeVar("Told", bound=Event)


@dataclass(frozen=True)
class Log(Generic[Reader, Told]):
    """How logs of a kind are read: the next events of a reader beyond a position, at most so many; the events at places, each
    that of a reader; and how many each reader has had so far. A position is only seen when its event can be."""

    read: Callable[[AsyncSession, Reader, int, int], Awaitable[Sequence[Told]]]
    at: Callable[[AsyncSession, Sequence[tuple[Reader, int]]], Awaitable[Mapping[tuple[Reader, int], Told]]]
    last_positions: Callable[[AsyncSession, Iterable[Reader]], Awaitable[dict[Reader, int]]]
    named: Callable[[str], Reader] | None = None
    """The reader of a name in a wake-up call; None where nobody calls."""


@dataclass(frozen=True)
class Matched:
    """An offer or a candidacy, by its id, that matched a person's alerts. `alert_ids` names those that are still there."""

    position: int
    notification_id: UUID
    subject: UUID
    alert_ids: frozenset[UUID]
    at: datetime


async def read_log(session: AsyncSession, person_id: UUID, after: int, limit: int) -> list[Matched]:
    """The next events of a person beyond a position, at most so many."""
    later = select(Notification).where(Notification.person_id == person_id, Notification.position > after)
    return await _matched(session, (await session.scalars(later.order_by(Notification.position).limit(limit))).all())


async def matched_at(session: AsyncSession, places: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], Matched]:
    key = tuple_(Notification.person_id, Notification.position)
    rows = (await session.scalars(select(Notification).where(key.in_(places)))).all()
    persons = {row.id: row.person_id for row in rows}
    return {(persons[event.notification_id], event.position): event for event in await _matched(session, rows)}


async def _matched(session: AsyncSession, rows: Sequence[Notification]) -> list[Matched]:
    alerts: defaultdict[UUID, set[UUID]] = defaultdict(set)
    pairs = select(NotificationAlert).where(NotificationAlert.notification_id.in_([row.id for row in rows]))
    for pair in await session.scalars(pairs) if rows else ():
        alerts[pair.notification_id].add(pair.alert_id)
    return [
        Matched(row.position, row.id, subject, frozenset(alerts[row.id]), row.created_at)
        for row in rows
        if row.position is not None  # always, and so is the subject: only what was published has a position
        if (subject := row.job_offer_id or row.matched_candidacy_id) is not None
    ]


async def last_positions(session: AsyncSession, persons: Iterable[UUID]) -> dict[UUID, int]:
    """How many notifications each person has had so far. A position is only seen when its notification can be."""
    ids = list(persons)
    theirs = [select(each.id, each.live_position).where(among(session, each.id, ids)) for each in (Candidate, EmployerMember)]
    return {row.id: row.live_position for row in await session.execute(union_all(*theirs))}


LEDGER: Log[UUID, Matched] = Log(read_log, matched_at, last_positions, UUID)
"""Of offers, by person."""


@dataclass(frozen=True)
class Following:
    """Who follows which stream: a candidate or an employer."""

    reader_id: UUID
    stream: str


@dataclass(frozen=True)
class Changed:
    """`subject` became `what`."""

    position: int
    subject: UUID
    what: str
    at: datetime


async def read_changes(session: AsyncSession, following: Following, after: int, limit: int) -> list[Changed]:
    of_reader = (StreamEvent.reader_id == following.reader_id, StreamEvent.stream == following.stream)
    later = select(StreamEvent).where(*of_reader, StreamEvent.position > after)
    rows = await session.scalars(later.order_by(StreamEvent.position).limit(limit))
    return [_changed(row) for row in rows]


async def changed_at(session: AsyncSession, places: Sequence[tuple[Following, int]]) -> dict[tuple[Following, int], Changed]:
    key = tuple_(StreamEvent.reader_id, StreamEvent.stream, StreamEvent.position)
    wanted = [(of.reader_id, of.stream, position) for of, position in places]
    rows = await session.scalars(select(StreamEvent).where(key.in_(wanted)))
    return {(Following(row.reader_id, row.stream), row.position): _changed(row) for row in rows}


def _changed(row: StreamEvent) -> Changed:
    return Changed(row.position, row.subject, row.what, row.at)


async def last_changes(session: AsyncSession, followings: Iterable[Following]) -> dict[Following, int]:
    wanted = set(followings)
    theirs = select(StreamLength.reader_id, StreamLength.stream, StreamLength.last)
    theirs = theirs.where(among(session, StreamLength.reader_id, {each.reader_id for each in wanted}))
    lengths = {Following(reader_id, stream): last for reader_id, stream, last in await session.execute(theirs)}
    return {following: last for following, last in lengths.items() if following in wanted}


CHANGES: Log[Following, Changed] = Log(read_changes, changed_at, last_changes)
"""Of whatever else can be followed."""
