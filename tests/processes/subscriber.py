"""A client of graphql-transport-ws, as small as the protocol allows. Not a test itself."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

Data = dict[str, Any]
MATCHES = """subscription { jobOfferMatches { __typename
    ... on JobOfferMatched { cursor notificationId jobOffer { number title { fr } } alerts { name } }
    ... on StreamGap { since } } }"""


class Subscriber:
    """Follows one subscription."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def introduce(self, token: str, last_cursor: str | None) -> None:
        said = {"authorization": f"Bearer {token}", **({"lastCursor": last_cursor} if last_cursor else {})}
        await self._send({"type": "connection_init", "payload": said})
        assert (await self._received(10))["type"] == "connection_ack"

    async def follow(self, query: str) -> None:
        await self._send({"id": "1", "type": "subscribe", "payload": {"query": query}})

    async def event(self, longest: float = 10.0) -> Data:
        """The data of the next event. Raises TimeoutError when none comes."""
        message = await self._received(longest)
        assert (message["type"], message["payload"].get("errors")) == ("next", None), message
        data: Data = message["payload"]["data"]
        return data

    async def quiet(self, seconds: float) -> bool:
        """Whether no event comes for so long."""
        try:
            await self._received(seconds)
        except TimeoutError:
            return True
        return False

    def break_off(self) -> None:
        """As a network does: neither side is told why."""
        self._connection.transport.abort()

    async def closed(self, longest: float = 10.0) -> int:
        """The code that the server closes the socket with."""
        async with asyncio.timeout(longest):
            await self._connection.wait_closed()
        assert self._connection.close_code is not None
        return self._connection.close_code

    async def _send(self, message: Data) -> None:
        await self._connection.send(json.dumps(message))

    async def _received(self, longest: float) -> Data:
        async with asyncio.timeout(longest):
            message: Data = json.loads(await self._connection.recv())
        return message


@asynccontextmanager
async def subscriber(url: str, token: str, last_cursor: str | None = None) -> AsyncIterator[Subscriber]:
    """A client that has introduced itself."""
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as connection:
        assert connection.subprotocol == "graphql-transport-ws"
        client = Subscriber(connection)
        await client.introduce(token, last_cursor)
        yield client


@dataclass
class Follower:
    """Somebody who follows the stream of matches and comes back whenever the connection breaks, with the last cursor. `stays`
    says for how many seconds; then the connection is broken off from this side."""

    url: str
    token: str
    cursor: str = "0"
    events: list[Data] = field(default_factory=list)
    connections: int = 0
    stays: Callable[[], float] = lambda: inf

    @property
    def numbers(self) -> list[str]:
        """Of the offers told of, in their order."""
        return [event["jobOffer"]["number"] for event in self.events]

    def renew(self, token: str) -> None:
        self.token = token

    async def follow_until(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                async with subscriber(self.url, self.token, self.cursor) as stream:
                    self.connections += 1
                    await stream.follow(MATCHES)
                    await self._listen(stream, stop)
            except (OSError, WebSocketException):
                await asyncio.sleep(0.05)

    async def _listen(self, stream: Subscriber, stop: asyncio.Event) -> None:
        until = time.monotonic() + self.stays()
        while not stop.is_set():
            if (left := until - time.monotonic()) <= 0:
                stream.break_off()
                return
            try:
                event = (await stream.event(min(0.5, left)))["jobOfferMatches"]
            except TimeoutError:
                continue
            self.events.append(event)
            self.cursor = event["cursor"]
