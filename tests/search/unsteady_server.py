"""A server between an engine and the real Elasticsearch that answers as it is told to, for as long as it is told to."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import orjson
from aiohttp import ClientSession, web

Answer = Callable[[web.Request, bytes], Awaitable[web.Response]]
PASSED_ON = ("content-type", "accept")
PRODUCT = {"X-Elastic-Product": "Elasticsearch"}


class UnsteadyServer:
    """Answers the next requests with what is in `faults`, each once, and the others with `lasting`; passes them on where there is
    none. Counts all of them."""

    def __init__(self, behind: str) -> None:
        self.faults: list[Answer] = []
        self.lasting: Answer | None = None
        self.requests: list[web.Request] = []
        self.url = ""
        self._behind = behind

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        body = await request.read()
        return await (self.faults.pop(0) if self.faults else self.lasting or self.passed_on)(request, body)

    async def passed_on(self, request: web.Request, body: bytes) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() in PASSED_ON}
        async with (
            ClientSession() as session,
            session.request(request.method, f"{self._behind}{request.path_qs}", data=body, headers=headers) as answer,
        ):
            return web.Response(
                status=answer.status,
                body=await answer.read(),
                headers={**PRODUCT, "Content-Type": answer.headers.get("Content-Type", "application/json")},
            )

    async def busy_for_half(self, request: web.Request, body: bytes) -> web.Response:
        """Takes every other document of a bulk request and says that it was too busy for the rest."""
        lines = body.strip(b"\n").split(b"\n")
        pairs = [(lines[i], lines[i + 1]) for i in range(0, len(lines), 2)]
        taken = b"".join(line + b"\n" for pair in pairs[::2] for line in pair)
        answer = orjson.loads((await self.passed_on(request, taken)).text or "")
        refused = {"index": {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "busy"}}}
        items = [answer["items"][i // 2] if i % 2 == 0 else refused for i in range(len(pairs))]
        return web.json_response({**answer, "errors": True, "items": items}, headers=PRODUCT)


def saying(status: int, error: str = "fault", **body: object) -> Answer:
    async def answer(request: web.Request, _: bytes) -> web.Response:
        content = body or {"error": {"type": error, "reason": error, "root_cause": []}, "status": status}
        return web.json_response(content, status=status, headers=PRODUCT)

    return answer


async def silence(request: web.Request, body: bytes) -> web.Response:
    await asyncio.sleep(60)
    return web.Response()


async def hanging_up(request: web.Request, body: bytes) -> web.Response:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def something_else(request: web.Request, body: bytes) -> web.Response:
    """A server that is not Elasticsearch."""
    return web.json_response({"version": {"number": "8.19.0"}})


@asynccontextmanager
async def unsteady(behind: str) -> AsyncIterator[UnsteadyServer]:
    async with listening(UnsteadyServer(behind)) as server:
        yield server


@asynccontextmanager
async def listening(server: UnsteadyServer, tls: ssl.SSLContext | None = None) -> AsyncIterator[UnsteadyServer]:
    """On a port of its own; with TLS, under the name of localhost."""
    application = web.Application(client_max_size=2**24)
    application.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    port = runner.addresses[0][1]
    server.url = f"https://localhost:{port}" if tls else f"http://127.0.0.1:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
