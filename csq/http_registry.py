"""The ministry's registry over HTTPS, as docs/registry.md has it. Never judges and never raises: a question gets a verdict in the
agreed words, or no answer and the reason in a stable code. The log gets that code and the request's id, never a number."""

import asyncio
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import uuid4

import aiohttp

from csq.access import Access
from csq.message import NoAnswer, question, read_answer
from csq.registry import Answer
from models.certificate import Certificate, Verdict

log = logging.getLogger("placement.registry")

LONGEST_BODY = 16 * 1024
"""Bytes. An answer has some two hundred; nothing is read beyond."""
CONNECTIONS = 32
IDLE_SECONDS = 15.0
"""How long a connection is kept for the next question: shorter than servers usually keep theirs."""
SECONDS = re.compile(r"[0-9]{1,9}")

FAULTS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLError, "REGISTRY_UNTRUSTED"),
    (aiohttp.ClientSSLError, "REGISTRY_UNTRUSTED"),
    (TimeoutError, "REGISTRY_TIMED_OUT"),
    (aiohttp.ClientConnectorError, "REGISTRY_UNREACHABLE"),
    (aiohttp.ClientResponseError, "REGISTRY_MALFORMED"),
    (aiohttp.ClientError, "REGISTRY_CUT_OFF"),
    (OSError, "REGISTRY_CUT_OFF"),
)
"""What goes wrong on the way, and its code; the first that fits."""


@dataclass(frozen=True)
class Patience:
    """Seconds for a whole question, and for making a connection."""

    whole: float = 10.0
    connect: float = 5.0


PATIENCE = Patience()


class HttpRegistry:
    """One pool of connections, given back by `close`. Made inside a running event loop."""

    def __init__(self, access: Access, now: Callable[[], datetime], patience: Patience = PATIENCE) -> None:
        self._url, self._token, self._now, self._patience = access.url, access.token, now, patience
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=access.tls(), limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=patience.connect),
            auto_decompress=False,
            trust_env=False,
            read_bufsize=LONGEST_BODY,
        )

    async def validate(self, certificate: Certificate, attempt: int) -> Answer:
        request_id = str(uuid4())
        try:
            async with asyncio.timeout(self._patience.whole):
                return Answer(await self._ask(request_id, certificate))
        except NoAnswer as none:
            silence = Answer(Verdict.NO_ANSWER, none.problem, none.retry_after)
        except Exception as fault:  # whatever it is, it is no verdict
            silence = Answer(Verdict.NO_ANSWER, problem_of(fault))
        log.warning("no answer to request %s: %s", request_id, silence.problem)
        return silence

    async def close(self) -> None:
        await self._session.close()

    async def _ask(self, request_id: str, certificate: Certificate) -> Verdict:
        sent = question(request_id, certificate)
        async with self._session.post(self._url, data=sent, headers=self._headers(request_id), allow_redirects=False) as response:
            self._check_status(response)
            _check_form(response)
            return read_answer(await _body(response), request_id)

    def _headers(self, request_id: str) -> dict[str, str]:
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "User-Agent": "online-placement",
            "X-Request-ID": request_id,
        }
        return headers | ({"Authorization": f"Bearer {self._token}"} if self._token else {})

    def _check_status(self, response: aiohttp.ClientResponse) -> None:
        status = response.status
        if status in (429, 503):
            asked_for = retry_after(response.headers.get("Retry-After", ""), self._now())
            raise NoAnswer("REGISTRY_BUSY" if status == 429 else "REGISTRY_FAILED", asked_for)
        if status != 200:
            wrong = {3: "REGISTRY_REDIRECTED", 4: "REGISTRY_REFUSED", 5: "REGISTRY_FAILED"}
            raise NoAnswer(wrong.get(status // 100, "REGISTRY_MALFORMED"))


def _check_form(response: aiohttp.ClientResponse) -> None:
    """Nothing is decompressed, and so nothing swells."""
    if response.content_type != "application/json" or (response.charset or "utf-8").lower() not in ("utf-8", "utf8"):
        raise NoAnswer("REGISTRY_WRONG_TYPE")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NoAnswer("REGISTRY_WRONG_TYPE")
    if (response.content_length or 0) > LONGEST_BODY:
        raise NoAnswer("REGISTRY_OVERSIZED")


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """Leaving it half read closes the connection."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise NoAnswer("REGISTRY_OVERSIZED")
    return bytes(body)


def retry_after(value: str, now: datetime) -> timedelta | None:
    """How long a Retry-After asks for, in seconds or until a date; None when it asks for nothing that can be understood."""
    if SECONDS.fullmatch(value.strip()):
        asked_for = timedelta(seconds=int(value))
    else:
        try:
            until = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        asked_for = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return asked_for if asked_for > timedelta(0) else None


def problem_of(fault: BaseException) -> str:
    """The code of what went wrong. What refuses a TLS handshake is often under something else: a connection that was cut."""
    causes = list(_causes(fault))
    known = (code for kind, code in FAULTS if any(isinstance(cause, kind) for cause in causes))
    return next(known, f"REGISTRY_FAULT_{type(fault).__name__}")


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__
