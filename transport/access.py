"""Around every request: one line in the log, the headers that keep browsers careful, and a calm answer to what nobody
foresaw. No path, address, token or name gets into the log: a route says enough."""

import logging
import time

import orjson
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from transport.masking import fault
from transport.metrics import Metrics

log = logging.getLogger("placement.access")

POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
"""What a browser may do with an answer that sets no policy of its own: nothing."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FOR_A_YEAR = "max-age=31536000; includeSubDomains"


class Access:
    """Middleware, outermost but for Starlette's own."""

    def __init__(self, app: ASGIApp, metrics: Metrics, secure: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._headers = HEADERS | ({"Strict-Transport-Security": FOR_A_YEAR} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = time.monotonic(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(message)
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except ClientDisconnect:
            status = 499
        except Exception as error:
            await _apologise(error, noted if not status else None)
        route, took = _route(scope), (time.monotonic() - began) * 1000
        self._metrics.response(route, status)
        log.info("method=%s route=%s status=%d ms=%.1f", scope["method"], route, status, took)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, code = time.monotonic(), 1005

        async def noted(message: Message) -> None:
            nonlocal code
            if message["type"] == "websocket.close":
                code = message.get("code", 1000)
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except WebSocketDisconnect:
            code = 1006
        log.info("method=WEBSOCKET route=%s code=%d seconds=%.1f", _route(scope), code, time.monotonic() - began)

    def _add_headers(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", POLICY)


def _route(scope: Scope) -> str:
    """The template of the route, such as /unsubscribe/{token}: what the path holds may be a secret."""
    return getattr(scope.get("route"), "path", None) or "unknown"


async def _apologise(error: Exception, send: Send | None) -> None:
    """Logs what went wrong; answers too, unless an answer has begun."""
    message, extensions = fault(error)
    if send is None:
        raise error
    body = orjson.dumps({"errors": [{"message": message, "extensions": extensions}]})
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})
