"""What is said on one WebSocket, rightly and wrongly, and how it ends."""

import asyncio
from typing import Any

import pytest

from tests.contexts import keep_agent, signed_in
from tests.serving import Running
from tests.transport.small_schema import SECRET, STOPPED
from tests.transport.speaking import speaking
from transport import socket
from transport.requests import LARGEST_BODY


async def test_a_subscription_sends_its_results_and_its_end(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.subscribe("a", "subscription ($to: Int!) { count(to: $to) }", variables={"to": 2})
        assert [await client.hear() for _ in range(3)] == [
            {"id": "a", "type": "next", "payload": {"data": {"count": 0}}},
            {"id": "a", "type": "next", "payload": {"data": {"count": 1}}},
            {"id": "a", "type": "complete"},
        ]


async def test_queries_and_mutations_run_on_a_socket_too(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.subscribe("q", "query A { hello } query B { address }", operationName="A")
        assert (await client.hear())["payload"] == {"data": {"hello": "bonjour"}}
        assert await client.hear() == {"id": "q", "type": "complete"}
        await client.subscribe("q", "mutation { touch(input: {}) }")
        assert "touch" in (await client.hear())["payload"]["data"]


@pytest.mark.parametrize(
    "message",
    [
        "no JSON",
        "",
        b'{"type": "ping"}',
        [],
        None,
        5,
        "[" * 5_000,
        {},
        {"type": 5},
        {"type": "start"},
        {"type": "connection_init", "payload": []},
        {"type": "connection_init", "payload": {"authorization": 5}},
        {"type": "connection_init", "payload": {"lastCursor": {}}},
        {"type": "ping", "payload": "x"},
        f'{{"type": "ping", "payload": {{"deep": {"[" * 400}{"]" * 400}}}}}',
        {"type": "subscribe", "payload": {"query": "{ hello }"}},
        {"type": "subscribe", "id": [], "payload": {"query": "{ hello }"}},
        {"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}},
        {"type": "subscribe", "id": "a"},
        {"type": "subscribe", "id": "a", "payload": {"query": 5}},
        {"type": "subscribe", "id": "a", "payload": {"query": "{ hello }", "variables": []}},
        {"type": "complete"},
    ],
    ids=lambda message: str(message)[:40],
)
@pytest.mark.parametrize("introduced", [False, True])
async def test_an_odd_message_closes_the_socket_as_a_bad_one(shared: Running, message: Any, introduced: bool) -> None:
    async with speaking(shared) as client:
        if introduced and not (isinstance(message, dict) and message.get("type") == "connection_init"):
            await client.introduce()
        await client.say(message)
        code, reason = await client.ended()
        assert (code, bool(reason)) == (4400, True)


async def test_a_message_above_the_limit_closes_the_socket(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.say({"type": "ping", "payload": {"x": "y" * LARGEST_BODY}})
        assert (await client.ended())[0] == 1009


async def test_who_asks_before_saying_who_asks_is_turned_away(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.subscribe("a", "{ hello }")
        assert await client.ended() == (4401, "Unauthorized")


async def test_who_says_nothing_is_not_waited_for(shared: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "LONGEST_SILENCE", 0.3)
    async with speaking(shared) as client:
        await client.say({"type": "ping"})
        assert await client.hear() == {"type": "pong"}
        assert (await client.ended())[0] == 4408


async def test_one_introduction_is_enough(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.say({"type": "connection_init"})
        assert (await client.ended())[0] == 4429


async def test_a_ping_is_answered_with_what_it_brought(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.say({"type": "pong", "payload": {"unasked": True}})
        await client.say({"type": "ping", "payload": {"n": 1}})
        assert await client.hear() == {"type": "pong", "payload": {"n": 1}}


@pytest.mark.parametrize(
    "wrong", ["{", "{ absent }", "query A { hello } query B { hello }", "subscription { count(to: 1, x: 2) }"]
)
async def test_a_mistake_in_one_operation_does_not_touch_its_neighbours(shared: Running, wrong: str) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.subscribe("neighbour", 'subscription { silent(name: "neighbour") }')
        await client.subscribe("wrong", wrong)
        message = await client.hear()
        assert (message["id"], message["type"]) == ("wrong", "error")
        assert message["payload"][0]["extensions"] == {"code": "BAD_REQUEST"}
        await client.subscribe("wrong", "{ hello }")
        assert (await client.hear())["payload"] == {"data": {"hello": "bonjour"}}


async def test_a_stream_that_breaks_is_masked_and_ends_alone(shared: Running, caplog: pytest.LogCaptureFixture) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.subscribe("a", "subscription { breaking }")
        first, broken, end = [await client.hear() for _ in range(3)]
        assert (first["payload"], end) == ({"data": {"breaking": 1}}, {"id": "a", "type": "complete"})
        [error] = broken["payload"]["errors"]
        assert (error["message"], SECRET in str(broken)) == ("internal error", False)
        assert error["extensions"]["id"] in caplog.text


@pytest.mark.parametrize(("language", "message"), [("fr", "Ouvrez d’abord une session."), ("en", "Sign in first.")])
async def test_a_refused_subscription_says_why_in_the_readers_language(shared: Running, language: str, message: str) -> None:
    async with speaking(shared, language=language) as client:
        await client.introduce()
        await client.subscribe("a", "subscription { refusing }")
        [error] = (await client.hear())["payload"]["errors"]
        assert (error["message"], error["extensions"]["code"]) == (message, "SIGN_IN_REQUIRED")
        assert await client.hear() == {"id": "a", "type": "complete"}


async def test_an_id_names_one_operation_at_a_time(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.subscribe("a", 'subscription { silent(name: "first") }')
        await client.subscribe("a", "{ hello }")
        assert await client.ended() == (4409, "Subscriber for a already exists")


async def test_a_completed_operation_stops_and_its_id_is_free(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.subscribe("a", 'subscription { silent(name: "completed") }')
        await client.subscribe("b", "{ hello }")
        assert [(await client.hear())["type"] for _ in range(2)] == ["next", "complete"]
        await client.say({"id": "a", "type": "complete"})
        await client.say({"id": "unknown", "type": "complete"})
        await client.subscribe("a", "{ hello }")
        assert (await client.hear())["payload"] == {"data": {"hello": "bonjour"}}
        assert "completed" in STOPPED


async def test_nothing_goes_on_after_a_socket_has_gone(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        await client.subscribe("a", 'subscription { silent(name: "gone") }')
        await client.subscribe("b", "{ hello }")
        await client.hear()
    for _ in range(100):
        if "gone" in STOPPED:
            break
        await asyncio.sleep(0.05)
    assert "gone" in STOPPED


async def test_one_socket_runs_only_so_many_operations(shared: Running) -> None:
    async with speaking(shared) as client:
        await client.introduce()
        for number in range(socket.MOST_OPERATIONS):
            await client.subscribe(str(number), f'subscription {{ silent(name: "{number}") }}')
        await client.subscribe("one more", "{ hello }")
        refused = await client.hear()
        assert (refused["id"], refused["payload"][0]["extensions"]["code"]) == ("one more", "TOO_MANY_OPERATIONS")
        await client.say({"id": "0", "type": "complete"})
        await client.say({"type": "ping"})
        assert await client.hear() == {"type": "pong"}
        await client.subscribe("one more", "{ hello }")
        assert (await client.hear())["payload"] == {"data": {"hello": "bonjour"}}


@pytest.mark.parametrize(
    ("payload", "start"), [({"lastCursor": "MTI"}, "MTI"), ({}, "the start"), ({"lastCursor": None}, "the start")]
)
async def test_a_stream_is_told_where_the_last_one_stopped(shared: Running, payload: dict[str, Any], start: str) -> None:
    async with speaking(shared) as client:
        await client.introduce(**payload)
        await client.subscribe("a", "subscription { fromCursor }")
        assert (await client.hear())["payload"] == {"data": {"fromCursor": start}}


async def test_a_socket_remembers_its_streams_and_no_other_does(shared: Running) -> None:
    for _ in range(2):
        async with speaking(shared) as client:
            await client.introduce()
            for times in (1, 2):
                await client.subscribe("a", "subscription { timesFollowed }")
                assert (await client.hear())["payload"] == {"data": {"timesFollowed": times}}
                assert await client.hear() == {"id": "a", "type": "complete"}


async def test_a_token_tells_who_asks(own: Running) -> None:
    agent = await keep_agent(own.service)
    token = (await signed_in(own.service, "agent@example.org")).access_token
    async with speaking(own) as client:
        await client.introduce(authorization=f"Bearer {token}")
        await client.subscribe("a", "{ account }")
        assert (await client.hear())["payload"] == {"data": {"account": str(agent)}}


@pytest.mark.parametrize("authorization", ["Bearer forged.forged.forged", "Basic YTpi", "", "Bearer"])
async def test_a_token_that_is_not_ours_is_forbidden(shared: Running, authorization: str) -> None:
    async with speaking(shared) as client:
        await client.say({"type": "connection_init", "payload": {"authorization": authorization}})
        assert await client.ended() == (4403, "TOKEN_INVALID")


async def test_a_header_of_the_handshake_introduces_nobody(shared: Running) -> None:
    """Only connectionParams count: a browser cannot send the header, and one way is enough."""
    async with speaking(shared) as client:
        await client.introduce()
        await client.subscribe("a", "{ account }")
        assert (await client.hear())["payload"] == {"data": {"account": None}}
