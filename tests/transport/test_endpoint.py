"""GraphQL over HTTP: what is answered to whom, in which form, and with which status."""

import asyncio
import gzip
from typing import Any

import httpx
import orjson
import pytest

from tests.serving import Running
from tests.transport.small_schema import SECRET, TOUCHED
from texts.catalogue import text
from transport import requests
from transport.accepting import GRAPHQL_RESPONSE, JSON

HELLO = {"query": "{ hello }"}


async def post(client: httpx.AsyncClient, query: str, **members: Any) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **members}, headers={"Accept": GRAPHQL_RESPONSE})


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE),
        (JSON, JSON),
        ("*/*", JSON),
        (f"{GRAPHQL_RESPONSE}, {JSON};q=0.9", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0.5, {JSON}", JSON),
        (f"{GRAPHQL_RESPONSE}, application/graphql+json, {JSON}, text/event-stream, multipart/mixed", GRAPHQL_RESPONSE),
    ],
)
async def test_the_answer_has_the_media_type_that_was_asked_for(client: httpx.AsyncClient, accept: str, answered: str) -> None:
    response = await client.post("/graphql", json=HELLO, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, f"{answered}; charset=utf-8")
    assert response.json() == {"data": {"hello": "bonjour"}}


async def test_a_client_that_accepts_nothing_we_can_answer_is_told_so(client: httpx.AsyncClient) -> None:
    assert (await client.post("/graphql", json=HELLO, headers={"Accept": "text/csv"})).status_code == 406


@pytest.mark.parametrize(
    "members",
    [{"query": "{"}, {"query": "{ nothing }"}, {"query": "query ($n: Int!) { leaves(first: $n) { name } }", "variables": {}}],
    ids=["syntax", "validation", "variables"],
)
async def test_a_document_that_cannot_run_is_a_bad_request_where_the_media_type_allows_it(
    client: httpx.AsyncClient, members: dict[str, Any]
) -> None:
    strict = await client.post("/graphql", json=members, headers={"Accept": GRAPHQL_RESPONSE})
    lenient = await client.post("/graphql", json=members, headers={"Accept": JSON})
    assert (strict.status_code, lenient.status_code) == (400, 200)
    assert strict.json().keys() == lenient.json().keys() == {"errors"}
    assert strict.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'"a string"',
        b"null",
        b"5",
        b"[]",
        b'[{"query": "{ hello }"}]',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 40_000,
        b'{"query": "{ hello }", "variables": {"n": ' + b"9" * 5_000 + b"}}",
        b'{"query": "\\ud800"}',
        b'{"query": null}',
        b'{"query": ""}',
        b'{"query": 5}',
        b'{"query": "{ hello }", "variables": []}',
        b'{"query": "{ hello }", "variables": "{}"}',
        b'{"query": "{ hello }", "operationName": {}}',
        b'{"query": "{ hello }", "extensions": 1}',
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_a_body_that_is_no_request_is_a_bad_request(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/graphql", content=body, headers={"Content-Type": JSON})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


async def test_deep_variables_are_the_clients_mistake(client: httpx.AsyncClient) -> None:
    body = b'{"query": "query ($n: Int) { leaves(first: $n) { name } }", "variables": {"n": ' + b"[" * 900 + b"]" * 900 + b"}}"
    response = await client.post("/graphql", content=body, headers={"Content-Type": JSON, "Accept": GRAPHQL_RESPONSE})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": JSON, "Content-Encoding": "gzip"},
        {},
    ],
)
async def test_a_body_in_another_form_is_not_read(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    body = gzip.compress(orjson.dumps(HELLO)) if "Content-Encoding" in headers else orjson.dumps(HELLO)
    assert (await client.post("/graphql", content=body, headers=headers)).status_code == 415


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_above_the_limit_is_refused_whether_it_is_announced_or_not(
    client: httpx.AsyncClient, announced: bool
) -> None:
    body = orjson.dumps({"query": "{ hello }" + " " * requests.LARGEST_BODY})

    async def pieces() -> Any:
        for start in range(0, len(body), 10_000):
            yield body[start : start + 10_000]

    response = await client.post("/graphql", content=body if announced else pieces(), headers={"Content-Type": JSON})
    assert (response.status_code, response.headers["connection"]) == (413, "close")


async def test_a_body_that_does_not_arrive_is_not_waited_for(shared: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "LONGEST_READING", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", shared.port)
    writer.write(b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    assert answer.startswith(b"HTTP/1.1 408 ")


async def test_a_query_may_be_asked_by_get(client: httpx.AsyncClient) -> None:
    query = "query Some($n: Int!) { leaves(first: $n) { name } } query Other { hello }"
    asked = {"query": query, "variables": '{"n": 1}', "operationName": "Some"}
    response = await client.get("/graphql", params=asked)
    assert response.json() == {"data": {"leaves": [{"name": "0"}]}}


async def test_a_get_changes_nothing(client: httpx.AsyncClient) -> None:
    touched = len(TOUCHED)
    response = await client.get("/graphql", params={"query": "mutation { touch(input: {}) }"})
    assert (response.status_code, response.headers["allow"], len(TOUCHED)) == (405, "POST", touched)
    assert (await post(client, "mutation { touch(input: {}) }")).json() == {"data": {"touch": touched + 1}}


@pytest.mark.parametrize("params", [{}, {"query": ""}, {"query": "{ hello }", "variables": "{"}, {"variables": "1"}])
async def test_a_get_without_a_request_is_a_bad_request(client: httpx.AsyncClient, params: dict[str, str]) -> None:
    assert (await client.get("/graphql", params=params)).status_code == 400


async def test_a_subscription_over_http_is_shown_the_way(client: httpx.AsyncClient) -> None:
    response = await post(client, "subscription { count(to: 1) }")
    assert response.status_code == 400
    assert "WebSocket" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_not_allowed(client: httpx.AsyncClient, method: str) -> None:
    assert (await client.request(method, "/graphql", json=HELLO)).status_code == 405


@pytest.mark.parametrize(
    ("query", "name"),
    [("query A { hello } query B { hello }", None), ("{ hello }", "Absent"), ("fragment F on Leaf { name }", None)],
)
async def test_a_document_that_does_not_say_what_to_run_is_a_bad_request(
    client: httpx.AsyncClient, query: str, name: str | None
) -> None:
    response = await post(client, query, operationName=name)
    assert (response.status_code, list(response.json())) == (400, ["errors"])


@pytest.mark.parametrize(
    ("language", "message"),
    [(None, text("TOKEN_EXPIRED", "FR")), ("en-CA,en;q=0.9,fr;q=0.8", text("TOKEN_EXPIRED", "EN"))],
)
async def test_a_refused_query_says_why_in_the_readers_language(
    client: httpx.AsyncClient, language: str | None, message: str
) -> None:
    headers = {"Accept": GRAPHQL_RESPONSE} | ({"Accept-Language": language} if language else {})
    response = await client.post("/graphql", json={"query": "{ refused }"}, headers=headers)
    [error] = response.json()["errors"]
    assert (response.status_code, error["message"], error["path"]) == (200, message, ["refused"])
    assert error["extensions"]["code"] == "TOKEN_EXPIRED"
    assert error["extensions"]["recourse"]["organization"] in ("Placement en ligne", "Online Placement")


async def test_a_refusal_brings_its_figures_and_its_fields(client: httpx.AsyncClient) -> None:
    response = await post(client, "{ limited invalid }")
    limited, invalid = (each["extensions"] for each in response.json()["errors"])
    assert (limited["limit"], limited["retryAfterSeconds"]) == (10, 60)
    assert invalid["fields"] == [
        {"path": ["number"], "code": "TOO_LONG", "message": "Le texte est trop long : au plus 3 caractères."}
    ]


@pytest.mark.parametrize("field", ["broken", "missing", "untold"])
async def test_a_fault_is_a_number_to_the_client_and_a_traceback_in_the_log(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, field: str
) -> None:
    response = await post(client, f"{{ hello {field} }}")
    [error] = response.json()["errors"]
    assert (error["message"], error["extensions"]["code"]) == ("internal error", "INTERNAL")
    assert SECRET not in response.text
    [record] = [each for each in caplog.records if error["extensions"]["id"] in each.getMessage()]
    assert record.exc_info is not None


async def test_what_clients_sent_is_not_logged(client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    await post(client, "query ($n: Int) { leaves(first: $n) { name } }", variables={"n": "ann@example.org"})
    await post(client, '{ refused(email: "ann@example.org") }')
    assert "ann@example.org" not in caplog.text


@pytest.mark.parametrize(
    ("query", "variables"),
    [("{ helo }", None), ("{ leavs { name } }", None), ("mutation ($i: TouchInput!) { touch(input: $i) }", {"i": {"amont": 1}})],
)
async def test_an_error_suggests_no_name_of_the_schema(
    client: httpx.AsyncClient, query: str, variables: dict[str, Any] | None
) -> None:
    response = await post(client, query, variables=variables)
    assert response.status_code == 400
    assert "Did you mean" not in response.text
    assert not any(name in response.text for name in ("hello", "leaves", "amount"))


async def test_what_may_be_done_once_may_be_done_once_in_each_request(client: httpx.AsyncClient) -> None:
    for _ in range(2):
        answer = (await post(client, "{ a: once b: once }")).json()
        assert answer["data"] == {"a": "once", "b": None}
        assert answer["errors"][0]["extensions"]["code"] == "ONE_SIGN_IN"


async def test_an_operation_knows_the_network_address_that_asks(client: httpx.AsyncClient) -> None:
    assert (await post(client, "{ address }")).json() == {"data": {"address": "127.0.0.1"}}
