"""The open WebSockets of the process: who may open one, and the watch that closes those whose token or session is over."""

import asyncio
import logging
import time
from collections.abc import Collection
from datetime import datetime

import strawberry
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from auth.attempts import network_of
from resolvers.context import Context
from transport import frames
from transport.frames import Closing
from transport.metrics import Metrics
from transport.revocation import ended
from transport.socket import Socket
from transport.visitors import visitor

log = logging.getLogger("placement.sockets")

WATCH_SECONDS = 1.0
STRANGERS_STAY = 60.0
"""Seconds. Whoever is not signed in can follow nothing, and asks better by HTTP."""
STRANGERS_OF_A_NETWORK = 100
"""At a time: one machine does not keep everybody out."""


class Sockets:
    def __init__(self, schema: strawberry.Schema, allowed_origins: Collection[str], metrics: Metrics, most: int) -> None:
        self._schema = schema
        self._allowed_origins = frozenset(allowed_origins)
        self._metrics = metrics
        self._most = most
        self._open: set[Socket] = set()

    async def serve(self, connection: WebSocket) -> None:
        """A WebSocket route: talks with one client until it or we end it."""
        if not self._admits(connection.headers.get("origin"), connection.headers.get("host")):
            await connection.close()
        elif len(self._open) >= self._most or self._is_crowded(visitor(connection).address):
            await connection.send_denial_response(PlainTextResponse("Too many connections", 503))
        elif frames.PROTOCOL not in connection.scope["subprotocols"]:
            await connection.accept()
            await connection.close(frames.NO_PROTOCOL, f"Only {frames.PROTOCOL} is spoken")
        else:
            await connection.accept(frames.PROTOCOL)
            await self._talk(Socket(connection, self._schema))

    def _admits(self, origin: str | None, host: str | None) -> bool:
        """Browsers name the page's origin and apply no other rule to WebSockets; other clients name none."""
        if origin is None or "*" in self._allowed_origins or origin in self._allowed_origins:
            return True
        return origin in (f"http://{host}", f"https://{host}")

    def _is_crowded(self, address: str) -> bool:
        network = network_of(address)
        return sum(each.caller is None and each.network == network for each in self._open) >= STRANGERS_OF_A_NETWORK

    async def _talk(self, socket: Socket) -> None:
        self._open.add(socket)
        self._metrics.sockets.inc()
        try:
            await socket.serve()
        finally:
            self._open.discard(socket)
            self._metrics.sockets.dec()

    async def watch(self, service: Context) -> None:
        """Closes what is over, for ever. One task and one query for all sockets, however many there are."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self._close_ended(service, service.now())
            except Exception as error:
                log.warning("sockets could not be checked: %r", error)

    async def _close_ended(self, service: Context, now: datetime) -> None:
        await self._close_strangers()
        callers = {socket: socket.caller for socket in self._open if socket.caller}
        if not callers:
            return
        why = await ended(service.database, {caller.session_id for caller in callers.values()})
        over = {socket: why[caller.session_id] for socket, caller in callers.items() if caller.session_id in why}
        expired = {socket: "TOKEN_EXPIRED" for socket, caller in callers.items() if now >= caller.token_expires_at}
        closings = (expired | over).items()
        await asyncio.gather(*(socket.close(Closing(frames.FORBIDDEN, code)) for socket, code in closings))

    async def _close_strangers(self) -> None:
        since = time.monotonic() - STRANGERS_STAY
        strangers = [socket for socket in self._open if socket.caller is None and socket.opened_at < since]
        await asyncio.gather(*(socket.close(Closing(frames.NORMAL, "Nobody has signed in")) for socket in strangers))
