"""The whole application around the real schema, and the process that serves it."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

import server
from bootstrap import open_resources
from models.language import Language
from schema.schema import schema
from tests.conftest import Clock
from tests.serving import running, settings_for
from tests.source_tree import PROJECT
from tests.transport.speaking import Speaker
from transport import limits
from transport.documents import check
from transport.welcome import QUERY, welcome

STARTING = 60.0
"""Seconds that a process may take on a busy machine."""


async def test_the_application_answers_with_the_real_schema(database_url: str, tmp_path: Path, clock: Clock) -> None:
    serves = running(settings_for(database_url, tmp_path), schema, clock)
    async with serves as serving, httpx.AsyncClient(base_url=serving.url) as client:
        regions = await client.post("/graphql", json={"query": "{ regions { code label } viewer { id } }"})
        assert len(regions.json()["data"]["regions"]) == 17
        assert (await client.get("/reference")).text == schema.as_str() + "\n"
        refused = await client.post("/graphql", json={"query": "{ candidacies { totalCount } }"})
        assert refused.json()["errors"][0]["extensions"]["code"] == "SIGN_IN_REQUIRED"


async def test_the_embedded_worker_does_what_the_application_owes(database_url: str, tmp_path: Path, clock: Clock) -> None:
    mutation = """mutation ($input: RegisterEmployerInput!) { registerEmployer(input: $input) { __typename } }"""
    employer = {"employerName": "Fonderie du Fjord", "neq": "1143920115", "name": "Ann", "language": "FR"}
    entered = {**employer, "email": "ann@example.org", "password": "correct horse battery staple"}
    async with running(settings_for(database_url, tmp_path, embedded_worker=True), schema, clock) as serving:
        async with httpx.AsyncClient(base_url=serving.url) as client:
            done = await client.post("/graphql", json={"query": mutation, "variables": {"input": entered}})
            assert done.json() == {"data": {"registerEmployer": {"__typename": "EmployerMember"}}}
        for _ in range(100):
            if letters := await asyncio.to_thread(lambda: list(tmp_path.glob("mail/*.eml"))):
                break
            await asyncio.sleep(0.1)
        assert len(letters) == 1


async def test_a_context_can_be_had_without_a_request(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    async with open_resources(settings_for(sqlite_url, tmp_path), clock) as resources:
        context = server.context(resources, language=Language.EN, address="203.0.113.7")
        found = await schema.execute("{ regions { code } }", context_value=context)
        assert (found.errors, context.caller, context.now()) == (None, None, clock.instant)


def test_the_welcome_shows_the_demonstration_only_where_there_is_one() -> None:
    shown = welcome("http://127.0.0.1:8000", demonstration=True)
    assert QUERY.replace('"', '\\"') in shown
    assert "agent@example.org" in shown
    assert "example.org" not in welcome("https://placement.test", demonstration=False)


@asynccontextmanager
async def served(folder: Path, database_url: str, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """A server process of its own, once it has said that it can be reached."""
    settings = {"PLACEMENT_DATABASE_URL": database_url, "PLACEMENT_PORT": str(port), "PYTHONPATH": str(PROJECT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import config, server; server.serve(config.read())",
        cwd=folder,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(STARTING):
            assert b"Online Placement is at" in await process.stdout.readuntil(b"Ctrl+C.")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_process_that_is_told_to_stop_tells_its_sockets_and_stops(
    sqlite_url: str, tmp_path: Path, how: signal.Signals
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with served(tmp_path, sqlite_url, port) as process:
        protocol = Subprotocol("graphql-transport-ws")
        async with connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=[protocol], proxy=None) as connection:
            client = Speaker(connection)
            await client.introduce()
            process.send_signal(how)
            assert (await client.ended())[0] == 1012
        async with asyncio.timeout(10):
            _, logged = await process.communicate()
        assert b"route=/graphql" in logged
        assert how is signal.SIGINT or b"Traceback" not in logged  # Python itself reports an interruption by one


def test_the_largest_page_of_offers_with_what_a_list_shows_is_far_below_the_limits() -> None:
    text = """{ jobOffers(first: 100) { totalCount facets { name values { value label count } } edges { score node {
        number title { fr en } description { fr en } occupation { code label } skills { code label } region { code label }
        city employer { name } salary { annualMinimum annualMaximum } languages { language skill level } endsOn } } } }"""
    assert check(schema._schema, text).cost < limits.COST / 2
