"""A real mail server on loopback, for the tests that send. It keeps what it takes, and answers what it is told to."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

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
    senders: list[str] = field(default_factory=list)
    conversations: list[SMTP] = field(default_factory=list)
    """All there were."""

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for content in self.contents]

    def hang_up(self) -> None:
        """Ends every conversation without a word."""
        for each in self.conversations:
            if each.transport is not None:
                each.transport.close()


@dataclass(frozen=True)
class Clerk:
    """What the library calls. It looks at every attribute of this for each conversation: there is one."""

    kept: MailServer

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        said = await self.kept.on_recipient()
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = await self.kept.on_data()
        if said.startswith("250"):
            self.kept.contents.append(cast(bytes, envelope.content))
            self.kept.recipients += envelope.rcpt_tos
            self.kept.senders.append(str(envelope.mail_from))
            self.kept.encrypted.append(session.ssl is not None)
        return said

    def sign_in(self, server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.kept.sign_ins.append((data.login.decode(), data.password.decode()))
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
        options: dict[str, Any] = {"tls_context": starttls, "authenticator": Clerk(kept).sign_in, "auth_require_tls": True}
        kept.conversations.append(SMTP(Clerk(kept), hostname=kept.host, loop=loop, enable_SMTPUTF8=international, **options))
        return kept.conversations[-1]

    server = await loop.create_server(protocol, kept.host, 0, ssl=tls if from_the_start else None)
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
        kept.hang_up()
        await server.wait_closed()


def own_certificate(path: Path) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")]), datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=3650))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return path
