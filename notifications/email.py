"""Handing messages to whoever carries them: a mail server, or a folder of files. Neither writes a message nor decides to."""

import asyncio
import hashlib
import os
import re
import socket
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from errors import NotYet
from notifications.wire import is_international, wire

CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 60.0
"""Patience with each answer, above all the one after the message itself: a server that has it must not get it twice."""
SMTP_PORTS = {"smtp": 25, "smtps": 465}
NO_SUCH_MAILBOX = re.compile(r"5\d\d 5\.(1\.(?![78]$)|2\.)\d+|55[013]")
"""The codes of an answer that speaks of the recipient's mailbox. A relay that will not serve us answers 5.7.1, one that does
not know the sender 5.1.8: mended there, both take the message."""
ENHANCED_CODE = re.compile(r"\d\.\d{1,3}\.\d{1,3}\b")


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


def open_mailer(url: str) -> Mailer:
    """For `file:FOLDER`, `smtp://user:password@host:port` (encrypted when offered) and `smtps://…` (always)."""
    scheme = url.partition(":")[0]
    if scheme == "file" and (folder := url.removeprefix("file:").removeprefix("//")):
        return FileMailer(Path(folder))
    parts = urlsplit(url)
    if scheme not in SMTP_PORTS or not parts.hostname:
        raise ValueError("mail is sent to file:FOLDER, smtp://HOST:PORT or smtps://HOST:PORT")
    return SmtpMailer(
        host=parts.hostname,
        port=parts.port or SMTP_PORTS[scheme],
        encrypted=scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or ""),
    )


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


@dataclass(frozen=True)
class SmtpMailer:
    """One conversation for each message. A password is never sent over a connection that is not encrypted."""

    host: str
    port: int
    encrypted: bool = False
    user: str | None = None
    password: str = ""
    answer_seconds: float = ANSWER_SECONDS

    async def send(self, message: EmailMessage) -> None:
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.encrypted,
            timeout=self.answer_seconds,
            local_hostname=socket.gethostname(),
        )
        try:
            await client.connect(timeout=min(CONNECT_SECONDS, self.answer_seconds))
            await self._sign_in(client)
            await _hand_over(client, message)
            await _take_leave(client)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDelayed(_said(error)) from error
        finally:
            client.close()

    async def _sign_in(self, client: aiosmtplib.SMTP) -> None:
        if self.user is None:
            return
        if client.get_transport_info("sslcontext") is None:
            raise MailDelayed("the mail server offers no encryption, so the password was not sent")
        await client.login(self.user, self.password)


async def _hand_over(client: aiosmtplib.SMTP, message: EmailMessage) -> None:
    """Only what the server says of this recipient and this message is final: the rest is our own matter, or passing."""
    sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    options = ["SMTPUTF8", "BODY=8BITMIME"] if is_international(message) else []
    try:
        await client.sendmail(sender, [recipient], wire(message), mail_options=options)
    except aiosmtplib.SMTPRecipientsRefused as error:
        said = _said(error.recipients[0])
        raise AddressRefused(said) if NO_SUCH_MAILBOX.fullmatch(said) else MailDelayed(said) from error
    except aiosmtplib.SMTPDataError as error:
        raise MailRefused(_said(error)) if error.code >= 500 else MailDelayed(_said(error)) from error
    except (ValueError, aiosmtplib.SMTPNotSupported) as error:
        raise AddressRefused("the mail server cannot write to this address") from error


async def _take_leave(client: aiosmtplib.SMTP) -> None:
    """The server has the message: what goes wrong now is of no account."""
    with suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=1)


def _said(error: Exception) -> str:
    """For the outbox and the log: the codes of the server's answer, without its words, which may name the recipient; or what
    kept it from answering, on one line of bounded length."""
    if not isinstance(error, aiosmtplib.SMTPResponseException):
        return " ".join(f"{error!r}".split())[:300]
    enhanced = ENHANCED_CODE.match(error.message)
    return f"{error.code} {enhanced[0]}" if enhanced else f"{error.code}"
