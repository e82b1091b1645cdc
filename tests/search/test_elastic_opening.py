"""What settings say of a search server, on the way from the environment to a request: the key it knows the service by, and the
authority it is trusted by."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

import config
from bootstrap import open_resources
from search.engine import Unusable
from search.opening import open_engine
from tests.csq.authority import Authority
from tests.real_parts import ELASTICSEARCH
from tests.search.documents import document, found, made_empty, uuid_of
from tests.search.elastic_server import prefix, server
from tests.search.unsteady_server import UnsteadyServer, hanging_up, listening, saying, silence

__all__ = ["prefix", "server"]

KEY = "c2VjcmV0OnZlcnkgc2VjcmV0"
NAMES_CA = "PLACEMENT_SEARCH_CA must be the file of the authority"


class GuardedServer(UnsteadyServer):
    """Answers nobody but who shows the key."""

    async def answer(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") == f"ApiKey {KEY}":
            return await super().answer(request)
        return await saying(401, "security_exception")(request, b"")


@asynccontextmanager
async def guarded(authority: Authority, name: str = "localhost") -> AsyncIterator[UnsteadyServer]:
    async with listening(GuardedServer(ELASTICSEARCH or ""), authority.server(name)) as server:
        yield server


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def environment(folder: Path, url: str, **settings: str) -> dict[str, str]:
    own = {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/placement.db", "MAIL_URL": f"file:{folder}/mail"}
    own |= {"SECRET_KEY": "a secret that only tests know of", "SEARCH_URL": url}
    return {f"PLACEMENT_{name}": value for name, value in (own | settings).items()}


async def test_the_key_and_the_authority_in_the_environment_reach_the_server(
    authority: Authority, prefix: str, sqlite_url: str, tmp_path: Path
) -> None:
    async with guarded(authority) as server:
        environ = environment(tmp_path, f"{server.url}/{prefix}", SEARCH_API_KEY=KEY, SEARCH_CA=authority.ca)
        async with open_resources(config.read(environ)) as resources:
            await made_empty(resources.engine)
            await resources.engine.write([document(0)])
            assert await found(resources.engine) == [uuid_of(0)]
            assert await resources.engine.ready()


@pytest.mark.parametrize("key", ["", "c29tZWJvZHkgZWxzZQ"])
async def test_who_shows_no_key_or_another_is_told_which_setting_it_is(
    authority: Authority, prefix: str, sqlite_url: str, tmp_path: Path, key: str
) -> None:
    async with guarded(authority) as server:
        environ = environment(tmp_path, f"{server.url}/{prefix}", SEARCH_API_KEY=key, SEARCH_CA=authority.ca)
        with pytest.raises(Unusable, match="PLACEMENT_SEARCH_API_KEY"):
            async with open_resources(config.read(environ)):
                pass


def test_a_key_that_no_header_can_carry_is_told_and_not_shown() -> None:
    with pytest.raises(config.Misconfigured, match=r"^PLACEMENT_SEARCH_API_KEY [^\n]*$") as refused:
        config.read({"PLACEMENT_SEARCH_API_KEY": f"{KEY}\n"})
    assert KEY not in str(refused.value)


@pytest.mark.parametrize("fault", ["no authority", "another authority", "another name"])
async def test_a_server_that_is_not_trusted_is_told_nothing_and_stops_the_start(
    authority: Authority, prefix: str, tmp_path: Path, fault: str
) -> None:
    ca = {"no authority": None, "another authority": Authority(tmp_path, "another").ca}.get(fault, authority.ca)
    async with guarded(authority, "search.example.org" if fault == "another name" else "localhost") as server:
        with pytest.raises(Unusable, match=NAMES_CA) as refused:
            await open_engine(f"{server.url}/{prefix}", api_key=KEY, ca=ca)
        assert "CERTIFICATE_VERIFY_FAILED" in str(refused.value)
        assert server.requests == []


async def test_a_server_without_tls_is_told_nothing_and_stops_the_start(
    server: UnsteadyServer, authority: Authority, prefix: str
) -> None:
    with pytest.raises(Unusable, match=NAMES_CA):
        await open_engine(f"{server.url.replace('http://', 'https://')}/{prefix}", api_key=KEY, ca=authority.ca)
    assert server.requests == []


@pytest.mark.parametrize("content", [None, "", "no certificate"])
async def test_a_file_of_an_authority_that_cannot_be_used_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(Unusable, match=f"^PLACEMENT_SEARCH_CA cannot be used: {path}: "):
        await open_engine("https://localhost:9", ca=str(path))


async def test_an_authority_for_a_server_without_tls_is_refused(authority: Authority) -> None:
    with pytest.raises(Unusable, match=r"PLACEMENT_SEARCH_URL must begin with https://"):
        await open_engine("http://localhost:9", ca=authority.ca)


async def test_of_several_nodes_one_may_be_untrusted(authority: Authority, prefix: str, tmp_path: Path) -> None:
    async with guarded(Authority(tmp_path, "another")) as untrusted, guarded(authority) as trusted:
        nodes = ",".join(server.url.removeprefix("https://") for server in (untrusted, trusted))
        for _ in range(4):  # whichever is asked first
            engine = await open_engine(f"https://{nodes}/{prefix}", api_key=KEY, ca=authority.ca)
            await made_empty(engine)
            assert await found(engine) == []
            await engine.close()


async def test_a_server_with_tls_that_is_away_at_the_start_may_come_and_the_log_tells_why_it_is_away(
    authority: Authority, prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with guarded(authority) as server:
        server.lasting = hanging_up
        engine = await open_engine(f"{server.url}/{prefix}", api_key=KEY, ca=authority.ca)
        assert "the search server failed: Server disconnected" in caplog.text
        server.lasting = None
        await made_empty(engine)
        assert await engine.ready()
        await engine.close()


async def test_a_server_that_takes_its_time_to_greet_is_not_waited_for(
    authority: Authority, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.elastic_opening.GREETING_LIMIT", 0.1)
    async with guarded(authority) as server, asyncio.timeout(5):
        server.faults = [silence]
        engine = await open_engine(f"{server.url}/{prefix}", api_key=KEY, ca=authority.ca)
        await made_empty(engine)
        await engine.close()
