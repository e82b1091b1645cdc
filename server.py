"""The ASGI application: its routes, its life with the open parts of the service, and the HTTP server around it.
What a request means is decided in transport and below."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from logging.config import dictConfig
from pathlib import Path
from socket import socket

import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

import worker
from auth.caller import Caller
from bootstrap import Resources, open_resources
from config import Settings
from models.language import Language
from models.posting_limits import PostingLimits
from resolvers.context import Context
from schema.schema import schema as the_schema
from transport import health, page
from transport.access import Access
from transport.alert_mail_page import alert_mail
from transport.endpoint import GraphQLEndpoint
from transport.explorer import Explorer, Reference
from transport.job_offer_feed import job_offer_feed
from transport.link_pages import CONFIRM_EMAIL, CONFIRM_EMAIL_CHANGE, UNSUBSCRIBE
from transport.logs import LOGGING
from transport.metrics import Metrics
from transport.offer_page import job_offer
from transport.password_page import ACCEPT_INVITATION, RESET_PASSWORD
from transport.patience import PatientHTTP, PatientWebSocket
from transport.requests import LARGEST_BODY
from transport.serving import served
from transport.sockets import Sockets
from transport.welcome import welcome

log = logging.getLogger("placement.server")

ASSETS = Path(__file__).parent / "transport" / "assets"
LONGEST_HEAD = 16 * 1024
MOST_REQUESTS = 2_000
"""Connections open at once besides sockets; whoever comes then is told to come back (503)."""
WORKER_PATIENCE = 4.0
"""Seconds the worker has to finish what it holds when the server stops; less than the server's own five."""


Opening = Callable[[Settings], AbstractAsyncContextManager[Resources]]


def application(settings: Settings, schema: strawberry.Schema = the_schema, opening: Opening = open_resources) -> Starlette:
    """The application. Opens the service's parts when it starts, and closes them when it stops."""
    metrics = Metrics()
    serving = served(schema, metrics)
    sockets = Sockets(serving, settings.allowed_origins, metrics, settings.max_sockets)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            resources = await stack.enter_async_context(opening(settings))
            app.state.service = context(resources)
            if settings.embedded_worker:
                await stack.enter_async_context(_working(resources))
            await stack.enter_async_context(_watching(sockets, app.state.service))
            yield

    app = Starlette(
        routes=_routes(serving, sockets, metrics),
        middleware=_middleware(settings, metrics),
        exception_handlers={404: page.missing},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # a redirect would send a token wherever the Host header says
    return app


def context(
    resources: Resources, *, caller: Caller | None = None, language: Language = Language.FR, address: str = ""
) -> Context:
    """The context of an operation, from the open parts of the service."""
    return Context(
        database=resources.database,
        engine=resources.engine,
        popularity=resources.popularity,
        registry=resources.registry,
        passwords=resources.passwords,
        tokens=resources.tokens,
        vault=resources.vault,
        links=resources.links,
        feed=resources.feed,
        changes=resources.changes,
        together=resources.together,
        now=resources.now,
        caller=caller,
        language=language,
        address=address,
        posting=PostingLimits(resources.settings.max_open_offers, resources.settings.max_publications),
    )


def _routes(schema: strawberry.Schema, sockets: Sockets, metrics: Metrics) -> list[BaseRoute]:
    graphql = Explorer(GraphQLEndpoint(schema))
    return [
        Route("/graphql", graphql.answer, methods=["GET", "POST"]),
        WebSocketRoute("/graphql", sockets.serve),
        Route("/reference", Reference(schema).answer),
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/metrics", health.MetricsPage(metrics).answer),
        Route("/unsubscribe/{token}", UNSUBSCRIBE.answer, methods=["GET", "POST"]),
        Route("/confirm-email/{token}", CONFIRM_EMAIL.answer, methods=["GET", "POST"]),
        Route("/confirm-email-change/{token}", CONFIRM_EMAIL_CHANGE.answer, methods=["GET", "POST"]),
        Route("/reset-password/{token}", RESET_PASSWORD.answer, methods=["GET", "POST"]),
        Route("/accept-invitation/{token}", ACCEPT_INVITATION.answer, methods=["GET", "POST"]),
        Route("/job-offers/{number}", job_offer),
        Route("/feeds/job-offers.atom", job_offer_feed),
        Route("/alert-mails/{token}", alert_mail),
        Route("/", page.home),
        Mount("/assets", StaticFiles(directory=ASSETS)),
    ]


def _middleware(settings: Settings, metrics: Metrics) -> list[Middleware]:
    return [
        Middleware(Access, metrics=metrics, secure=settings.public_url.startswith("https://")),
        Middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["WWW-Authenticate"],
        ),
    ]


@asynccontextmanager
async def _working(resources: Resources) -> AsyncIterator[None]:
    """The worker, inside this process. It is started again whenever it breaks off."""
    stop = asyncio.Event()

    async def work() -> None:
        while not stop.is_set():
            try:
                await worker.run(resources, stop)
            except Exception:
                log.exception("the worker broke off and is started again")
                await asyncio.sleep(1)

    task = asyncio.create_task(work(), name="worker")
    try:
        yield
    finally:
        stop.set()
        with suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(task, WORKER_PATIENCE)


@asynccontextmanager
async def _watching(sockets: Sockets, service: Context) -> AsyncIterator[None]:
    task = asyncio.create_task(sockets.watch(service), name="socket-watch")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Server(uvicorn.Server):
    """Says where it is as soon as it can be reached."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(configuration(application(settings), settings))
        self._settings = settings

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(welcome(self._settings.public_url, demonstration=not self._settings.production), flush=True)


def configuration(app: Starlette, settings: Settings) -> uvicorn.Config:
    """How connections are held: nobody is waited for without end, and nothing large is taken in."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=PatientHTTP,
        ws=PatientWebSocket,
        lifespan="on",
        ws_max_size=LARGEST_BODY,
        ws_ping_interval=10,
        ws_ping_timeout=10,
        ws_per_message_deflate=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        limit_concurrency=settings.max_sockets + MOST_REQUESTS,
        timeout_keep_alive=65,
        timeout_graceful_shutdown=5,
        access_log=False,
        server_header=False,
        log_config=None,
    )


def serve(settings: Settings) -> bool:
    """Serves until it is told to stop; False when it could not begin to."""
    dictConfig(LOGGING)
    server = Server(settings)
    with suppress(SystemExit):  # what uvicorn does about an address that is taken
        server.run()
    return server.started
