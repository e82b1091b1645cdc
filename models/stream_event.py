"""What readers can follow live besides offers: for each reader and stream a log, which a stream resumes by. A reader is a
candidate or an employer. What an event says is read again from its subject."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class StreamEvent(Base):
    """`subject` became `what`. `position` counts the events of a reader in a stream in the order of their commits, without
    gaps: a hole is what was purged or erased."""

    __tablename__ = "stream_event"

    reader_id: Mapped[UUID] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[UUID] = mapped_column(index=True)
    what: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class StreamLength(Base):
    """How many events a reader has had in a stream so far. The row is locked until the transaction that counts one ends."""

    __tablename__ = "stream_length"

    reader_id: Mapped[UUID] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


@dataclass(frozen=True)
class Change:
    """`subject` became `what`, at that instant."""

    subject: UUID
    what: str
    at: datetime


async def tell(session: AsyncSession, stream: str, readers: Collection[UUID], change: Change) -> None:
    """One event for each reader, if the transaction commits. Readers are locked in one order: whoever tells of several subjects
    in one transaction takes them in an order of their readers."""
    for reader in sorted(readers):
        position = await _next(session, stream, reader)
        event = StreamEvent(reader_id=reader, stream=stream, position=position)
        event.subject, event.what, event.at = change.subject, change.what, change.at
        session.add(event)


async def _next(session: AsyncSession, stream: str, reader: UUID) -> int:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(StreamLength).values(reader_id=reader, stream=stream, last=1)
    key = [StreamLength.reader_id, StreamLength.stream]
    counted = first.on_conflict_do_update(index_elements=key, set_={"last": StreamLength.last + 1})
    return (await session.execute(counted.returning(StreamLength.last))).scalar_one()
