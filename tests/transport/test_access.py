"""What is around every request: the log line, careful headers, other origins, and answers to what nobody foresaw."""

import logging

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from tests.serving import ORIGIN, Running
from tests.transport.speaking import speaking
from transport.access import Access
from transport.metrics import Metrics


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="placement.access")
    return caplog


async def test_a_request_is_one_line_that_tells_no_secret(client: httpx.AsyncClient, lines: pytest.LogCaptureFixture) -> None:
    headers = {"Authorization": "Bearer hush", "User-Agent": "hush", "X-Forwarded-For": "203.0.113.9"}
    await client.get("/unsubscribe/hush?lang=hush", headers=headers)
    [record] = [each for each in lines.records if each.name == "placement.access"]
    assert record.getMessage().startswith("method=GET route=/unsubscribe/{token} status=404 ms=")
    assert "hush" not in lines.text
    assert "203.0.113.9" not in lines.text
    assert "\n" not in record.getMessage()


async def test_a_socket_is_one_line_when_it_ends(shared: Running, lines: pytest.LogCaptureFixture) -> None:
    async with speaking(shared) as client:
        await client.say("nonsense")
        await client.ended()
    assert "method=WEBSOCKET route=/graphql code=4400" in lines.text


@pytest.mark.parametrize("path", ["/graphql", "/healthz", "/nothing", "/assets/pages.css", "/"])
async def test_every_answer_keeps_browsers_careful(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "server" not in headers


async def test_pages_of_allowed_origins_may_send_requests_and_others_may_not(client: httpx.AsyncClient) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    allowed = await client.options("/graphql", headers={"Origin": ORIGIN, **asked})
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, ORIGIN)
    assert "access-control-allow-credentials" not in allowed.headers
    other = await client.options("/graphql", headers={"Origin": "https://evil.example", **asked})
    assert (other.status_code, "access-control-allow-origin" in other.headers) == (400, False)
    answered = await client.post("/graphql", json={"query": "{ hello }"}, headers={"Origin": ORIGIN})
    assert answered.headers["access-control-allow-origin"] == ORIGIN


async def test_what_nobody_foresaw_is_a_number_to_the_client(caplog: pytest.LogCaptureFixture) -> None:
    async def breaking(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError("the password of the database")

    app = Access(breaking, metrics=Metrics(), secure=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://placement.example.org") as client:
        response = await client.get("/")
    [error] = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    assert "password" not in response.text
    assert error["extensions"]["id"] in caplog.text
    assert response.headers["strict-transport-security"].startswith("max-age=")
