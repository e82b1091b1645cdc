"""A client of graphql-transport-ws that sends what it is told, right or wrong. Not a test itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.serving import Running

PATIENCE = 5.0


class Speaker:
    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, message: Any) -> None:
        """Sends a string or bytes as they are, and anything else as JSON text."""
        await self.connection.send(message if isinstance(message, str | bytes) else orjson.dumps(message).decode())

    async def hear(self, patience: float = PATIENCE) -> Any:
        async with asyncio.timeout(patience):
            return orjson.loads(await self.connection.recv())

    async def introduce(self, **payload: Any) -> None:
        await self.say({"type": "connection_init", "payload": payload})
        assert await self.hear() == {"type": "connection_ack"}

    async def subscribe(self, name: str, query: str, **members: Any) -> None:
        await self.say({"id": name, "type": "subscribe", "payload": {"query": query, **members}})

    async def ended(self, patience: float = PATIENCE) -> tuple[int, str]:
        """The code and the reason with which the server closes, whatever it still says before."""
        async with asyncio.timeout(patience):
            with suppress(ConnectionClosed):
                while True:
                    await self.connection.recv()
            await self.connection.wait_closed()
        return self.connection.close_code or 1006, self.connection.close_reason or ""


@asynccontextmanager
async def speaking(
    server: Running, *, protocol: str | None = "graphql-transport-ws", origin: str | None = None, language: str = "en"
) -> AsyncIterator[Speaker]:
    async with connect(
        server.socket_url,
        subprotocols=[Subprotocol(protocol)] if protocol else None,
        origin=Origin(origin) if origin else None,
        additional_headers={"Accept-Language": language},
        proxy=None,
    ) as connection:
        yield Speaker(connection)
