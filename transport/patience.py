"""The HTTP server's patience: how long a peer may take to say what it wants, and to read what it is told. The server as it
comes would wait for ever."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEAD_SECONDS = 10.0
"""For the head of a request, from the moment the connection is open or the first byte of the next request is there. A body
that goes on after its answer is held to it as well."""
READING_SECONDS = 30.0
"""For a peer that lets its answer wait in our memory."""


class Deadline:
    """Breaks a connection off, unless it is stopped in time. Started twice, it goes on from the first time."""

    def __init__(self, seconds: float, transport: asyncio.Transport) -> None:
        self._seconds = seconds
        self._transport = transport
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._seconds, self._transport.abort)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class PatientHTTP(H11Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head = Deadline(HEAD_SECONDS, transport)
        self._reading = Deadline(READING_SECONDS, transport)
        self._head.start()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head.stop()
        self._reading.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._serving():
            self._head.stop()
        else:
            self._head.start()  # which changes nothing where it runs: single bytes buy no time

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._serving():
            self._head.stop()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading.start()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._reading.stop()

    def _serving(self) -> bool:
        """Whether a request is being answered, or the connection is a WebSocket now."""
        return self not in self.connections or (self.cycle is not None and not self.cycle.response_complete)


class PatientWebSocket(WebSocketsSansIOProtocol):
    def keepalive_timeout(self) -> None:
        """The peer neither answers nor reads: closing would wait until it has read the rest."""
        super().keepalive_timeout()
        self.loop.call_later(1.0, self.transport.abort)
