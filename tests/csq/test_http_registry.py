"""The registry over HTTP, against a server on the loopback that misbehaves in every way: nothing but an answer in the agreed
words is a verdict."""

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator
from datetime import date, timedelta
from email.utils import format_datetime

import pytest

from csq.access import Access
from csq.http_registry import LONGEST_BODY, HttpRegistry, Patience, problem_of, retry_after
from csq.registry import Answer
from models.certificate import Certificate, Verdict
from tests.conftest import NOW, Clock
from tests.csq.registry_server import (
    Handler,
    RegistryServer,
    Request,
    http,
    not_recognising,
    recognising,
    registry_server,
    sending,
)

CERTIFICATE = Certificate("F1234567890", "R7654321", date(2025, 6, 1), date(2028, 6, 1))
JSON = "Content-Type: application/json"


@pytest.fixture
async def server() -> AsyncIterator[RegistryServer]:
    async with registry_server() as running:
        yield running


async def ask(server: RegistryServer, handler: Handler | None = None, **patience: float) -> Answer:
    """One question to the server, which handles it so."""
    server.handler = handler or server.handler
    registry = HttpRegistry(Access(server.url, token="a-token"), Clock(), Patience(**patience))
    try:
        return await registry.validate(CERTIFICATE, 0)
    finally:
        await registry.close()


def answering(body: bytes, *headers: str, status: str = "200 OK") -> Handler:
    return sending(http(status, body, *headers))


def changed(**changes: object) -> Handler:
    """Recognises, but for the changes."""

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(http("200 OK", recognising(request, **changes)))

    return handle


async def not_recognise(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(http("200 OK", not_recognising(request)))


@pytest.mark.parametrize(
    ("handler", "verdict"),
    [
        (changed(), Verdict.RECOGNISED),
        (changed(residence="QUEBEC"), Verdict.RESIDES_IN_QUEBEC),
        (changed(residence="CANADA"), Verdict.RESIDES_IN_CANADA),
        (changed(invitationLetterSent=False), Verdict.NO_INVITATION_LETTER),
        (changed(invitationLetterSent=False, residence="QUEBEC"), Verdict.NO_INVITATION_LETTER),
        (not_recognise, Verdict.NOT_RECOGNISED),
    ],
)
async def test_an_answer_in_the_agreed_words_is_a_verdict(server: RegistryServer, handler: Handler, verdict: Verdict) -> None:
    assert await ask(server, handler) == Answer(verdict)


async def test_the_registry_is_sent_the_certificate_and_who_asks(server: RegistryServer) -> None:
    await ask(server)
    [request] = server.requests
    assert request.line == "POST /validations HTTP/1.1"
    assert request.message == {
        "requestId": request.headers["x-request-id"],
        "fileNumber": "F1234567890",
        "individualReferenceNumber": "R7654321",
        "issuedOn": "2025-06-01",
        "expiresOn": "2028-06-01",
    }
    sent = {name: request.headers[name] for name in ("authorization", "accept", "content-type", "accept-encoding")}
    assert list(sent.values()) == ["Bearer a-token", "application/json", "application/json", "identity"]


async def test_without_a_token_none_is_sent(server: RegistryServer) -> None:
    registry = HttpRegistry(Access(server.url), Clock())
    await registry.validate(CERTIFICATE, 0)
    await registry.close()
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("handler", "problem"),
    [
        (answering(b"", status="301 Moved"), "REGISTRY_REDIRECTED"),
        (answering(b"{}", "Location: /elsewhere", JSON, status="307 Temporary Redirect"), "REGISTRY_REDIRECTED"),
        (answering(b"{}", status="401 Unauthorized"), "REGISTRY_REFUSED"),
        (answering(b"{}", status="404 Not Found"), "REGISTRY_REFUSED"),
        (answering(b"{}", status="429 Too Many Requests"), "REGISTRY_BUSY"),
        (answering(b"{}", status="500 Internal Server Error"), "REGISTRY_FAILED"),
        (answering(b"{}", status="503 Service Unavailable"), "REGISTRY_FAILED"),
        (answering(b"", status="204 No Content"), "REGISTRY_MALFORMED"),
        (sending(b"220 mail.example.org ESMTP\r\n"), "REGISTRY_MALFORMED"),
        (sending(b""), "REGISTRY_CUT_OFF"),
    ],
)
async def test_any_other_status_is_no_answer(server: RegistryServer, handler: Handler, problem: str) -> None:
    assert await ask(server, handler) == Answer(Verdict.NO_ANSWER, problem)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"null",
        b"[]",
        b'"RECOGNISED"',
        b"{}",
        b"{" * LONGEST_BODY,
        b"[" * LONGEST_BODY,
        b'{"requestId": ' + b"9" * 5000 + b"}",
        b'{"requestId": NaN}',
        b'\xef\xbb\xbf{"outcome": "NOT_RECOGNISED"}',
        b'{"outcome": "NOT_RECOGNISED\xff"}',
        b'{"outcome": "NOT_RECOGNISED", "requestId": 1}',
    ],
)
async def test_a_body_that_is_no_answer_is_none(server: RegistryServer, body: bytes) -> None:
    assert await ask(server, answering(body)) == Answer(Verdict.NO_ANSWER, "REGISTRY_MALFORMED")


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "recognised"},
        {"outcome": "REVOKED"},
        {"outcome": None},
        {"outcome": ["RECOGNISED"]},
        {"outcome": "NOT_RECOGNISED"},
        {"invitationLetterSent": "false"},
        {"invitationLetterSent": 1},
        {"invitationLetterSent": None},
        {"residence": "ONTARIO"},
        {"residence": None},
        {"residence": ["ABROAD"]},
        {"residence": True},
        {"revokedOn": "2026-01-01"},
        {"requestId": None},
    ],
)
async def test_other_words_than_the_agreed_are_no_answer(server: RegistryServer, changes: dict[str, object]) -> None:
    assert await ask(server, changed(**changes)) == Answer(Verdict.NO_ANSWER, "REGISTRY_MALFORMED")


@pytest.mark.parametrize("name", ["outcome", "invitationLetterSent", "residence", "requestId"])
async def test_a_name_that_is_missing_or_comes_twice_is_no_answer(server: RegistryServer, name: str) -> None:
    async def missing(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(http("200 OK", recognising(request).replace(name.encode(), b"another")))

    async def twice(request: Request, writer: asyncio.StreamWriter) -> None:
        body = recognising(request)
        member = next(each for each in body.strip(b"{}").split(b", ") if name.encode() in each)
        writer.write(http("200 OK", body[:-1] + b", " + member + b"}"))

    for handler in (missing, twice):
        assert await ask(server, handler) == Answer(Verdict.NO_ANSWER, "REGISTRY_MALFORMED")


async def test_an_answer_to_another_request_is_none(server: RegistryServer) -> None:
    other = "00000000-0000-4000-8000-000000000000"
    assert await ask(server, changed(requestId=other)) == Answer(Verdict.NO_ANSWER, "REGISTRY_ANSWERED_ANOTHER")


@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Type: text/html"],
        ["Content-Type: application/json; charset=iso-8859-1"],
        ["Content-Type: application/json; charset=utf-16"],
        ["X-Content-Type: application/json"],
        [JSON, "Content-Encoding: gzip"],
        [JSON, "Content-Encoding: br"],
    ],
)
async def test_another_form_is_no_answer(server: RegistryServer, headers: list[str]) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        body = recognising(request)
        writer.write(http("200 OK", gzip.compress(body) if "gzip" in headers[-1] else body, *headers))

    assert await ask(server, handle) == Answer(Verdict.NO_ANSWER, "REGISTRY_WRONG_TYPE")


async def test_a_charset_that_is_the_agreed_one_may_be_named(server: RegistryServer) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(http("200 OK", recognising(request), 'Content-Type: Application/JSON; Charset="UTF-8"'))

    assert (await ask(server, handle)).verdict is Verdict.RECOGNISED


async def test_a_body_that_announces_too_much_is_not_read(server: RegistryServer) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(http("200 OK", b"{", length=LONGEST_BODY + 1))

    assert await ask(server, handle) == Answer(Verdict.NO_ANSWER, "REGISTRY_OVERSIZED")


async def test_a_body_that_does_not_end_is_read_no_further_than_its_limit(server: RegistryServer) -> None:
    cut = asyncio.Event()

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\n{JSON}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        try:
            while True:
                writer.write(b"400\r\n" + b" " * 1024 + b"\r\n")
                await writer.drain()
                await asyncio.sleep(0)
        finally:
            cut.set()

    assert await ask(server, handle) == Answer(Verdict.NO_ANSWER, "REGISTRY_OVERSIZED")
    async with asyncio.timeout(5):
        await cut.wait()


async def test_bytes_beyond_the_length_that_was_announced_are_no_part_of_an_answer(server: RegistryServer) -> None:
    """Nor are they taken for the answer to the next question."""

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        body = recognising(request)
        writer.write(http("200 OK", body + http("200 OK", b"{}"), length=len(body)))

    server.handler = handle
    registry = HttpRegistry(Access(server.url), Clock())
    answers = [await registry.validate(CERTIFICATE, 0) for _ in range(3)]
    await registry.close()
    assert {answer.verdict for answer in answers} <= {Verdict.RECOGNISED, Verdict.NO_ANSWER}
    assert {answer.problem for answer in answers} <= {None, "REGISTRY_MALFORMED", "REGISTRY_CUT_OFF"}
    assert answers[0].verdict is Verdict.RECOGNISED


@pytest.mark.parametrize(
    "raw",
    [
        http("200 OK", b'{"requestId": "', length=200),
        f"HTTP/1.1 200 OK\r\n{JSON}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{{".encode(),
        b"HTTP/1.1 200 OK\r\nContent-Le",
    ],
)
async def test_a_connection_that_is_cut_is_no_answer(server: RegistryServer, raw: bytes) -> None:
    assert await ask(server, sending(raw)) == Answer(Verdict.NO_ANSWER, "REGISTRY_CUT_OFF")


async def test_a_connection_that_is_reset_in_the_body_is_no_answer(server: RegistryServer) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(http("200 OK", recognising(request)[:20], length=200))
        await writer.drain()
        writer.transport.abort()

    assert await ask(server, handle) == Answer(Verdict.NO_ANSWER, "REGISTRY_CUT_OFF")


async def test_a_body_that_drips_runs_out_of_time(server: RegistryServer) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(http("200 OK", b"", length=2000))
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)

    assert await ask(server, handle, whole=0.2) == Answer(Verdict.NO_ANSWER, "REGISTRY_TIMED_OUT")


async def test_a_server_that_says_nothing_runs_out_of_time(server: RegistryServer) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    assert await ask(server, handle, whole=0.2) == Answer(Verdict.NO_ANSWER, "REGISTRY_TIMED_OUT")


async def test_a_server_that_is_not_there_is_no_answer(server: RegistryServer) -> None:
    await server.stop()
    assert await ask(server) == Answer(Verdict.NO_ANSWER, "REGISTRY_UNREACHABLE")
    await server.start()


async def test_a_name_that_nobody_has_is_no_answer() -> None:
    registry = HttpRegistry(Access("https://registry.invalid/"), Clock())
    assert (await registry.validate(CERTIFICATE, 0)).problem == "REGISTRY_UNREACHABLE"
    await registry.close()


async def test_a_client_that_was_closed_does_not_raise(server: RegistryServer) -> None:
    registry = HttpRegistry(Access(server.url), Clock())
    await registry.close()
    assert (await registry.validate(CERTIFICATE, 0)).verdict is Verdict.NO_ANSWER


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("value", ["90", format_datetime(NOW + timedelta(seconds=90), usegmt=True)])
async def test_how_long_it_asks_to_be_left_alone_is_passed_on(server: RegistryServer, status: str, value: str) -> None:
    answer = await ask(server, answering(b"", f"Retry-After: {value}", status=status))
    assert (answer.verdict, answer.retry_after) == (Verdict.NO_ANSWER, timedelta(seconds=90))


@pytest.mark.parametrize("value", ["", "0", "-5", "soon", "1e3", "９", "9" * 30, "Mon, 16 Mar 2026 13:59:59 GMT", "99 Mar 2026"])
def test_what_asks_for_no_time_that_can_be_understood_asks_for_none(value: str) -> None:
    assert retry_after(value, NOW) is None


def test_a_date_without_a_zone_is_in_universal_time() -> None:
    assert retry_after("Mon, 16 Mar 2026 14:00:05 -0000", NOW) == timedelta(seconds=5)


async def test_many_are_asked_at_once_over_few_connections(server: RegistryServer) -> None:
    together = asyncio.Barrier(20)

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        await together.wait()
        writer.write(http("200 OK", recognising(request)))

    server.handler = handle
    registry = HttpRegistry(Access(server.url), Clock())
    for _ in range(2):
        answers = await asyncio.gather(*(registry.validate(CERTIFICATE, 0) for _ in range(20)))
        assert {answer.verdict for answer in answers} == {Verdict.RECOGNISED}
    await registry.close()
    assert (len(server.requests), server.connections) == (40, 20)
    assert len({request.message["requestId"] for request in server.requests}) == 40


async def test_no_cookie_is_sent_back(server: RegistryServer) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(http("200 OK", recognising(request), JSON, "Set-Cookie: who=me; Path=/"))

    server.handler = handle
    registry = HttpRegistry(Access(server.url), Clock())
    for _ in range(2):
        assert (await registry.validate(CERTIFICATE, 0)).verdict is Verdict.RECOGNISED
    await registry.close()
    assert "cookie" not in server.requests[-1].headers


async def test_a_proxy_of_the_environment_is_not_asked(server: RegistryServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await ask(server)).verdict is Verdict.RECOGNISED


async def test_the_log_names_the_request_and_no_number(server: RegistryServer, caplog: pytest.LogCaptureFixture) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(http("400 Bad Request", request.body))

    with caplog.at_level(logging.DEBUG):
        await ask(server, handle)
    assert f"no answer to request {server.requests[0].headers['x-request-id']}: REGISTRY_REFUSED" in caplog.text
    hidden = (CERTIFICATE.file_number, CERTIFICATE.individual_reference_number, "a-token")
    assert [each for each in hidden if each in caplog.text] == []


def test_a_fault_that_nobody_thought_of_has_a_code_too() -> None:
    assert problem_of(ZeroDivisionError()) == "REGISTRY_FAULT_ZeroDivisionError"
