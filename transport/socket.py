"""One WebSocket that speaks graphql-transport-ws: its opening, its messages, its end. What an operation does is the schema's;
an error of one operation never touches another."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any

import orjson
import strawberry
from starlette.websockets import WebSocket, WebSocketDisconnect

from auth.attempts import network_of
from auth.caller import Caller
from errors import NotAllowed
from resolvers.context import Context
from transport import frames
from transport.frames import Closing, Frame
from transport.masking import fault
from transport.operation import results_of
from transport.requests import GraphQLRequest
from transport.visitors import context_for, service_of, visitor

LONGEST_SILENCE = 10.0
"""Seconds until a client has to have introduced itself."""
LONGEST_FAREWELL = 2.0
MOST_OPERATIONS = 20
"""At once, on one socket."""
TOO_MANY = {"message": f"At most {MOST_OPERATIONS} operations at once.", "extensions": {"code": "TOO_MANY_OPERATIONS"}}


class Socket:
    """Accepted, and not yet introduced. `caller` is who introduced itself; None until then, and for nobody. `network` is where it
    comes from, `opened_at` when, by the monotonic clock."""

    def __init__(self, connection: WebSocket, schema: strawberry.Schema) -> None:
        self._connection = connection
        self._schema = schema
        self._service = service_of(connection)
        self._visitor = replace(visitor(connection), authorization=None)
        self.network = network_of(self._visitor.address)
        self.opened_at = time.monotonic()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._introduced = False
        self._acknowledged = False
        self._closed = False
        self.caller: Caller | None = None

    async def serve(self) -> None:
        """Talks until either side ends it. Nothing of it goes on afterwards."""
        try:
            await self._introduction()
            while not self._closed:
                await self._handle(frames.frame_of(await self._received()))
        except Closing as closing:
            await self.close(closing)
        except WebSocketDisconnect:
            self._closed = True
        except Exception as error:
            fault(error)
            await self.close(Closing(frames.INTERNAL, "Internal error"))
        finally:
            await self._end_operations()

    async def close(self, closing: Closing) -> None:
        """Ends the socket and all that runs on it. Does nothing to one that has ended."""
        if self._closed:
            return
        self._closed = True
        for task in self._tasks - {asyncio.current_task()}:
            task.cancel()
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):  # the client was quicker, or reads nothing
            async with asyncio.timeout(LONGEST_FAREWELL):
                await self._connection.close(closing.code, closing.reason)

    async def _introduction(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_SILENCE):
                while not self._introduced:
                    await self._handle(frames.frame_of(await self._received()))
        except TimeoutError:
            raise Closing(frames.TOO_LATE, "Connection initialisation timeout") from None

    async def _received(self) -> str | None:
        """The text of the next message; None for bytes."""
        message = await self._connection.receive()
        if message["type"] == "websocket.disconnect" or self._closed:
            raise WebSocketDisconnect(message.get("code") or 1006)
        text: str | None = message.get("text")
        return text

    async def _handle(self, frame: Frame) -> None:
        match frame["type"]:
            case "connection_init":
                await self._introduce(frame)
            case "ping":
                await self._answer(frame)
            case "pong":
                frames.payload_of(frame)
            case "subscribe":
                await self._start(frames.id_of(frame), frame)
            case "complete":
                self._complete(frames.id_of(frame))
            case unknown:
                raise Closing(frames.BAD_MESSAGE, f"Unknown message type {unknown[:40]!r}")

    async def _answer(self, ping: Frame) -> None:
        try:
            await self._send({"type": "pong", **({"payload": frames.payload_of(ping)} if "payload" in ping else {})})
        except orjson.JSONEncodeError:  # deeper nesting can be read than be written
            raise Closing(frames.BAD_MESSAGE, "The payload is nested too deeply") from None

    async def _introduce(self, frame: Frame) -> None:
        if self._introduced:
            raise Closing(frames.INITIALISED_TWICE, "Too many initialisation requests")
        self._introduced = True
        given = frames.payload_of(frame)
        self._visitor = replace(
            self._visitor,
            authorization=frames.text_in(given, "Authorization" if "Authorization" in given else "authorization"),
            last_cursor=frames.text_in(given, "lastCursor"),
        )
        self.caller = (await self._context()).caller
        await self._send({"type": "connection_ack"})
        self._acknowledged = True

    async def _context(self) -> Context:
        """The context of an operation that starts now. Raises Closing for a token or a session that holds no more."""
        try:
            return await context_for(self._visitor, self._service)
        except NotAllowed as refused:
            raise Closing(frames.FORBIDDEN, refused.code) from None

    async def _start(self, name: str, frame: Frame) -> None:
        request = frames.request_in(frame)
        if not self._acknowledged:
            raise Closing(frames.NOT_INITIALISED, "Unauthorized")
        if name in self._operations:
            raise Closing(frames.NAME_TAKEN, f"Subscriber for {name} already exists")
        if len(self._tasks) >= MOST_OPERATIONS:
            await self._send({"id": name, "type": "error", "payload": [TOO_MANY]})
            return
        task = asyncio.create_task(self._run(name, request))
        self._operations[name] = task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _complete(self, name: str) -> None:
        """The client wants no more of an operation. What it holds is given back in its own time."""
        if task := self._operations.pop(name, None):
            task.cancel()

    async def _run(self, name: str, request: GraphQLRequest) -> None:
        """Runs an operation to its end. Its name is free again before the message that ends it is sent."""
        try:
            async with aclosing(results_of(self._schema, request, self._context)) as results:
                async for kind, payload in results:
                    if kind != "next":
                        self._operations.pop(name, None)
                    await self._send({"id": name, "type": kind, **({} if payload is None else {"payload": payload})})
        except Closing as closing:
            await self.close(closing)
        except WebSocketDisconnect:
            self._operations.pop(name, None)

    async def _end_operations(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send(self, frame: Mapping[str, Any]) -> None:
        if not self._closed:
            await self._connection.send_text(orjson.dumps(frame).decode())
