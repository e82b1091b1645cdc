"""The mailer that speaks to a mail server. A conversation is kept open for the messages that follow, and left when it rests.

A message is tried again in another conversation only when this one cannot have taken it: never once DATA was said."""

import asyncio
import re
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

import aiosmtplib

from notifications.email import AddressRefused, MailDelayed, MailRefused
from notifications.pace import Pace
from notifications.wire import is_international, wire

CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 60.0
"""Patience with each answer, above all the one after the message itself: a server that has it must not get it twice."""
REST_SECONDS = 10.0
"""Servers and what lies before them forget a silent conversation; ours is left long before that."""
MESSAGES = 100
"""In one conversation. Servers end one that is longer than they like, and balancers see a new one now and then."""
NO_SUCH_MAILBOX = re.compile(r"5\d\d 5\.(1\.(?![78]$)|2\.)\d+|55[013]")
"""The codes of an answer that speaks of the recipient's mailbox. A relay that will not serve us answers 5.7.1, one that does
not know the sender 5.1.8: mended there, both take the message."""
ENHANCED_CODE = re.compile(r"\d\.\d{1,3}\.\d{1,3}\b")
CLOSING = 421
"""The server ends the conversation, whatever it was asked."""


class Forsaken(Exception):
    """The conversation is over, and the message cannot have been taken in it."""


@dataclass(eq=False)
class Conversation:
    """Signed in, and between two messages."""

    client: aiosmtplib.SMTP
    messages: int = 0
    resting: asyncio.TimerHandle | None = None

    @property
    def goes_on(self) -> bool:
        return self.client.is_connected and self.messages < MESSAGES

    async def hand_over(self, message: EmailMessage, sender: str) -> None:
        """Only what the server says of this recipient and this message is final: the rest is our own matter, or passing.
        Raises Forsaken as long as nothing but the addresses was said."""
        self.messages += 1
        content = wire(message)
        await self._introduce(message, sender, len(content))
        try:
            await self.client.data(content)
        except aiosmtplib.SMTPDataError as error:
            await self._reset()
            raise MailRefused(said(error)) if error.code >= 500 else MailDelayed(said(error)) from error

    async def _introduce(self, message: EmailMessage, sender: str, size: int) -> None:
        recipient, encoding = message["To"].addresses[0].addr_spec, "ascii"
        options = [f"SIZE={size}"] if self.client.supports_extension("size") else []
        if is_international(message):
            if not self.client.supports_extension("smtputf8"):
                raise AddressRefused("the mail server cannot write to this address")
            options, encoding = [*options, "SMTPUTF8", "BODY=8BITMIME"], "utf-8"
        try:
            await self.client.mail(sender, options=options, encoding=encoding)
            await self.client.rcpt(recipient, encoding=encoding)
        except aiosmtplib.SMTPRecipientRefused as error:
            if error.code == CLOSING:
                raise Forsaken(said(error)) from error
            await self._reset()
            raise AddressRefused(said(error)) if NO_SUCH_MAILBOX.fullmatch(said(error)) else MailDelayed(said(error)) from error
        except ValueError as error:
            await self._reset()
            raise AddressRefused("the mail server cannot write to this address") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Forsaken(said(error)) from error

    async def _reset(self) -> None:
        """What was said of the message is forgotten. If the conversation has ended, that is seen before the next one."""
        with suppress(aiosmtplib.SMTPException, OSError):
            await self.client.rset()

    async def leave(self) -> None:
        """The server has what it was given: what goes wrong now is of no account."""
        with suppress(aiosmtplib.SMTPException, OSError):
            await self.client.quit(timeout=1)
        self.client.close()


@dataclass
class SmtpMailer:
    """Used from one event loop, by any number of senders: each has a conversation of its own. A password is never sent over a
    connection that is not encrypted."""

    host: str
    port: int
    encrypted: bool = False
    user: str | None = None
    password: str = ""
    return_path: str | None = None
    answer_seconds: float = ANSWER_SECONDS
    rest_seconds: float = REST_SECONDS
    pace: Pace = field(default_factory=Pace)
    _resting: list[Conversation] = field(default_factory=list, init=False)
    _leaving: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    async def send(self, message: EmailMessage) -> None:
        await self.pace.turn()
        sender = self.return_path or message["From"].addresses[0].addr_spec
        while (conversation := self._take_up()) is not None:
            with suppress(Forsaken):
                return await self._go_on(conversation, message, sender)
        try:
            await self._go_on(await self._begin(), message, sender)
        except Forsaken as reason:
            raise MailDelayed(str(reason)) from reason

    async def close(self) -> None:
        """Ends the conversations that rest."""
        while (conversation := self._take_up()) is not None:
            await conversation.leave()
        await asyncio.gather(*self._leaving)

    async def _go_on(self, conversation: Conversation, message: EmailMessage, sender: str) -> None:
        try:
            await conversation.hand_over(message, sender)
        except (MailDelayed, MailRefused):
            self._rest(conversation)
            raise
        except (aiosmtplib.SMTPException, OSError) as error:
            conversation.client.close()
            raise MailDelayed(said(error)) from error
        except BaseException:
            conversation.client.close()
            raise
        self._rest(conversation)

    async def _begin(self) -> Conversation:
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.encrypted,
            timeout=self.answer_seconds,
            local_hostname=socket.gethostname(),
        )
        try:
            await client.connect(timeout=min(CONNECT_SECONDS, self.answer_seconds))
            await _greet(client)
            await self._sign_in(client)
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise MailDelayed(said(error)) from error
        except BaseException:
            client.close()
            raise
        return Conversation(client)

    async def _sign_in(self, client: aiosmtplib.SMTP) -> None:
        if self.user is None:
            return
        if client.get_transport_info("sslcontext") is None:
            raise MailDelayed("the mail server offers no encryption, so the password was not sent")
        await client.login(self.user, self.password)

    def _take_up(self) -> Conversation | None:
        """The one that rested least, of those that are still open."""
        while self._resting:
            conversation = self._resting.pop()
            if conversation.resting is not None:
                conversation.resting.cancel()
            if conversation.client.is_connected:
                return conversation
        return None

    def _rest(self, conversation: Conversation) -> None:
        if not conversation.goes_on:
            self._leave(conversation)
            return
        loop = asyncio.get_running_loop()
        conversation.resting = loop.call_later(self.rest_seconds, self._leave, conversation)
        self._resting.append(conversation)

    def _leave(self, conversation: Conversation) -> None:
        if conversation in self._resting:
            self._resting.remove(conversation)
        leaving = asyncio.get_running_loop().create_task(conversation.leave())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)


async def _greet(client: aiosmtplib.SMTP) -> None:
    """To learn what the server can; one of the old kind can nothing."""
    if client.is_ehlo_or_helo_needed:
        try:
            await client.ehlo()
        except aiosmtplib.SMTPHeloError:
            await client.helo()


def said(error: Exception) -> str:
    """For the outbox and the log: the codes of the server's answer, without its words, which may name the recipient; or what
    kept it from answering, on one line of bounded length."""
    if not isinstance(error, aiosmtplib.SMTPResponseException):
        return " ".join(f"{error!r}".split())[:300]
    enhanced = ENHANCED_CODE.match(error.message)
    return f"{error.code} {enhanced[0]}" if enhanced else f"{error.code}"
