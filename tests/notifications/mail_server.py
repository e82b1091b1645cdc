"""A real mail server on loopback, for the tests that send. It keeps what it takes, and answers what it is told to."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

Answer = Callable[[], Awaitable[str]]


async def taken() -> str:
    return "250 taken"


def answering(said: str) -> Answer:
    async def answer() -> str:
        return said

    return answer


@dataclass
class MailServer:
    """`on_recipient` and `on_data` may be replaced at any time. Answers before the dot of a message are not final."""

    host: str = "127.0.0.1"
    port: int = 0
    on_recipient: Answer = taken
    on_data: Answer = taken
    contents: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    sign_ins: list[tuple[str, str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for content in self.contents]

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        said = await self.on_recipient()
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = await self.on_data()
        if said.startswith("250"):
            self.contents.append(cast(bytes, envelope.content))
            self.recipients += envelope.rcpt_tos
            self.encrypted.append(session.ssl is not None)
        return said

    def sign_in(self, server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.sign_ins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=True)


@asynccontextmanager
async def mail_server(
    tls: ssl.SSLContext | None = None, *, from_the_start: bool = False, international: bool = True
) -> AsyncIterator[MailServer]:
    """With `tls` it offers STARTTLS and signing in, or speaks nothing but TLS from the start."""
    kept = MailServer()
    loop = asyncio.get_running_loop()
    starttls = None if from_the_start else tls

    def protocol() -> SMTP:
        options: dict[str, Any] = {"tls_context": starttls, "authenticator": kept.sign_in, "auth_require_tls": True}
        return SMTP(kept, loop=loop, enable_SMTPUTF8=international, **options)

    server = await loop.create_server(protocol, kept.host, 0, ssl=tls if from_the_start else None)
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
        await server.wait_closed()
