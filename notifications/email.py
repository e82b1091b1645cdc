"""Handing messages to whoever carries them: a mail server (notifications.smtp), or a folder of files. Neither writes a
message nor decides to."""

import asyncio
import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol

from errors import NotYet
from notifications.wire import wire


class MailDelayed(NotYet):
    """The message could not be handed over now; trying again later is right."""


class MailRefused(Exception):
    """The message will never be taken as it is: no such mailbox, or a content that is not wanted."""

    code = "MAIL_REFUSED"


class AddressRefused(MailRefused):
    """Nothing will ever be taken for that address."""

    code = "ADDRESS_REFUSED"


class Mailer(Protocol):
    async def send(self, message: EmailMessage) -> None:
        """Returns when the other side has taken charge of it. Raises MailDelayed or MailRefused."""
        ...

    async def close(self) -> None:
        """Lets go of what is kept open between two messages."""
        ...


@dataclass(frozen=True)
class FileMailer:
    """One `.eml` for each message, in the order of their dates. Sent again with the same date, a message replaces itself; with
    another it lies there twice, under one Message-ID."""

    folder: Path

    async def send(self, message: EmailMessage) -> None:
        date = parsedate_to_datetime(message["Date"]).astimezone(UTC)
        digest = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:16]
        try:
            await asyncio.to_thread(self._write, f"{date:%Y%m%dT%H%M%SZ}-{digest}.eml", wire(message))
        except OSError as error:
            raise MailDelayed(f"the message cannot be written: {error.strerror}") from error

    async def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, name: str, content: bytes) -> None:
        """Under another name first: a reader never sees half a message."""
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor, path = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(path).replace(self.folder / name)
        except BaseException:
            Path(path).unlink(missing_ok=True)
            raise
