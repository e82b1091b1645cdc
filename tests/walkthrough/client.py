"""A client of the application in the same process, over HTTP and graphql-transport-ws. Not a test itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import orjson
from starlette.applications import Starlette

import server
from bootstrap import Resources
from config import Settings
from models.language import Language
from tests.service import Service

HOST = "placement.example.org"
PATIENCE = 5.0


@dataclass(frozen=True)
class Client:
    """Speaks one language, whoever it asks for."""

    app: Starlette
    http: httpx.AsyncClient
    language: Language

    async def ask(self, text: str, variables: Any, authorization: str | None) -> Any:
        """The whole body of the answer."""
        headers = {"Accept-Language": self.language.lower(), **({"Authorization": authorization} if authorization else {})}
        answer = await self.http.post("/graphql", json={"query": text, "variables": variables}, headers=headers)
        return answer.json()

    async def follow(self, text: str, authorization: str | None, count: int) -> list[Any]:
        """The first events of a subscription, and one more if it comes at once."""
        async with self._socket() as (say, hear), asyncio.timeout(PATIENCE):
            await say({"type": "connection_init", "payload": {"authorization": authorization}})
            assert (await hear())["type"] == "connection_ack"
            await say({"id": "1", "type": "subscribe", "payload": {"query": text}})
            heard = [await hear() for _ in range(count)]
            await say({"type": "ping"})
            while (last := await hear())["type"] != "pong":
                heard.append(last)
        return [each.get("payload") for each in heard]

    @asynccontextmanager
    async def _socket(self) -> AsyncIterator[Any]:
        """How to say something on a socket of its own, and how to hear the next."""
        incoming: asyncio.Queue[Any] = asyncio.Queue()
        outgoing: asyncio.Queue[Any] = asyncio.Queue()

        async def say(message: Any) -> None:
            await incoming.put({"type": "websocket.receive", "text": orjson.dumps(message).decode()})

        async def hear() -> Any:
            return orjson.loads((await outgoing.get())["text"])

        talk = asyncio.create_task(self.app(_scope(self.language), incoming.get, outgoing.put))
        await incoming.put({"type": "websocket.connect"})
        assert (await outgoing.get())["type"] == "websocket.accept"
        yield say, hear
        await incoming.put({"type": "websocket.disconnect", "code": 1000})
        await talk


def _scope(language: Language) -> dict[str, Any]:
    headers = [(b"host", HOST.encode()), (b"accept-language", language.lower().encode())]
    address = {"scheme": "wss", "server": (HOST, 443), "client": ("203.0.113.7", 50000)}
    path = {"path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "root_path": ""}
    return {"type": "websocket", "headers": headers, "subprotocols": ["graphql-transport-ws"], **address, **path}


@asynccontextmanager
async def client(service: Service, language: Language) -> AsyncIterator[Client]:
    """Of the application on the parts of that service."""

    @asynccontextmanager
    async def opening(_: Settings) -> AsyncIterator[Resources]:
        yield service.resources

    settings = replace(service.resources.settings, embedded_worker=False)
    app = server.application(settings, opening=opening)
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=f"https://{HOST}")
    async with app.router.lifespan_context(app), http:
        yield Client(app, http, language)
