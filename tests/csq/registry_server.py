"""A registry on the loopback that sends the bytes it is told to send, with or without TLS. Not a test itself."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """What the server was sent. The names of headers are in lower case."""

    line: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def message(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.body)
        return message


Handler = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def http(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """An answer in HTTP. Without headers it is JSON; `length` is a lie."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, *(headers or ["Content-Type: application/json"]), "", ""]).encode() + body


def recognising(request: Request, **changes: Any) -> bytes:
    """The body that recognises what was asked about, but for the changes."""
    answer = {"requestId": request.message["requestId"], "outcome": "RECOGNISED", "invitationLetterSent": True}
    return json.dumps({**answer, "residence": "ABROAD", **changes}).encode()


def not_recognising(request: Request) -> bytes:
    return json.dumps({"requestId": request.message["requestId"], "outcome": "NOT_RECOGNISED"}).encode()


async def recognise(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(http("200 OK", recognising(request)))


def sending(raw: bytes) -> Handler:
    """Sends that and hangs up."""

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        writer.close()

    return handle


class RegistryServer:
    """Answers every request with what `handler` does, and remembers them all."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.handler: Handler = recognise
        self.requests: list[Request] = []
        self.connections = 0
        self.port = 0
        self._tls = tls
        self._serving: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._listening: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://localhost:{self.port}/validations"

    async def start(self) -> None:
        """Where it was before, if it was."""
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self._tls)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """From now on connections are refused, and those that there are, cut."""
        assert self._listening is not None
        self._listening.close()
        serving = dict(self._serving)
        for task, writer in serving.items():
            writer.transport.abort()
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        await self._listening.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.connections += 1
        self._serving[task] = writer
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
                while not writer.is_closing():
                    self.requests.append(await _read(reader))
                    await self.handler(self.requests[-1], writer)
                    await writer.drain()
        finally:
            writer.close()
            del self._serving[task]


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    return Request(head[0], headers, await reader.readexactly(int(headers["content-length"])))


@asynccontextmanager
async def registry_server(tls: ssl.SSLContext | None = None) -> AsyncIterator[RegistryServer]:
    server = RegistryServer(tls)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
