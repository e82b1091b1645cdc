"""The outbox: what must happen after a commit, written in the same transaction. Kind and id only; the worker re-reads the row."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Serial


class OutboxEntry(Base):
    """Work that is owed. `due_at` is set for work that must wait, or is tried again later; the row goes when it is done."""

    __tablename__ = "outbox"

    id: Mapped[Serial]
    kind: Mapped[str]
    subject: Mapped[UUID]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]

    __table_args__ = (
        Index(None, "kind", "due_at"),
        Index(None, "kind", "id"),
        {"sqlite_autoincrement": True},  # no id twice: letters are told apart by it
    )


class Store(Protocol):
    """What new rows are given to: a session, or whoever writes them to the database in the same transaction."""

    def add(self, instance: object, /) -> None: ...


def emit(session: Store, kind: str, subject: UUID, due_at: datetime) -> None:
    """Owes `kind` for `subject` from `due_at` on, if the session's transaction commits."""
    session.add(OutboxEntry(kind=kind, subject=subject, due_at=due_at))
