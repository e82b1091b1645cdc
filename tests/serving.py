"""A real HTTP server on a port of its own, in the test's own event loop. Not a test itself."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import strawberry
import uvicorn
from starlette.applications import Starlette

import server
from bootstrap import open_resources
from config import Settings
from resolvers.context import Context

ORIGIN = "https://app.example.org"


@dataclass(frozen=True)
class Running:
    port: int
    app: Starlette

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/graphql"

    @property
    def service(self) -> Context:
        service = self.app.state.service
        assert isinstance(service, Context)
        return service


@asynccontextmanager
async def without_table(running: Running, table: str) -> AsyncIterator[None]:
    """The database cannot answer what is asked of that table meanwhile."""
    engine = running.service.database.engine
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO away")
    try:
        yield
    finally:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(f"ALTER TABLE away RENAME TO {table}")


def settings_for(database_url: str, folder: Path, *, embedded_worker: bool = False) -> Settings:
    return Settings(
        environment="development",
        database_url=database_url,
        search_url=f"embedded:{folder / 'search'}",
        search_api_key=None,
        search_ca=None,
        registry_url="sandbox:",
        registry_token=None,
        registry_certificate=None,
        registry_key=None,
        registry_ca=None,
        mail_url=f"file:{folder / 'mail'}",
        live_mail_wait=timedelta(0),
        mail_from="Placement <placement@example.org>",
        mail_return_path=None,
        mail_rate=0,
        secret_key="a secret that only tests know of, and long enough",
        host="127.0.0.1",
        port=0,
        public_url="https://placement.example.org",
        allowed_origins=(ORIGIN,),
        embedded_worker=embedded_worker,
        max_sockets=2_000,
        max_open_offers=500,
        max_publications=50,
    )


@asynccontextmanager
async def running(settings: Settings, schema: strawberry.Schema, now: Callable[[], datetime]) -> AsyncIterator[Running]:
    """The whole server, over real parts, with the clock of the test."""
    app = server.application(settings, schema, partial(open_resources, now=now))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    serving = uvicorn.Server(server.configuration(app, settings))
    task = asyncio.create_task(serving.serve([listening]))
    while not serving.started:
        await asyncio.sleep(0.01)
        assert not task.done(), "the server did not start"
    try:
        yield Running(listening.getsockname()[1], app)
    finally:
        serving.should_exit = True
        await task
