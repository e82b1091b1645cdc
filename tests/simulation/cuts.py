"""Cuts: the worker stops dead at some statement, or when a mail has been taken and not marked, as if its process were killed.
What was committed stays, nothing else does."""

from dataclasses import dataclass, field
from email.message import EmailMessage

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.email import MailDelayed


class Cut(BaseException):
    """No Exception: nothing in a worker may survive it."""


class Scissors:
    """Once armed, cuts at the n-th statement or commit that follows."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.left: int | None = None
        for moment in ("before_cursor_execute", "commit"):
            event.listen(engine.sync_engine, moment, self._step)

    def _step(self, *_: object) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            self.left = None
            raise Cut


@dataclass
class Carrier:
    """Takes mails and remembers them in order: a folder would only be read again. While `away` it takes none."""

    away: bool = False
    cuts_after_next: bool = False
    taken: list[EmailMessage] = field(default_factory=list)
    """Since somebody last looked."""

    async def send(self, message: EmailMessage) -> None:
        if self.away:
            raise MailDelayed("the mail server is away")
        self.taken.append(message)
        if self.cuts_after_next:
            self.cuts_after_next = False
            raise Cut

    async def close(self) -> None:
        """Keeps nothing open."""
