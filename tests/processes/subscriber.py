"""A client of graphql-transport-ws, as small as the protocol allows. Not a test itself."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

Data = dict[str, Any]


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
