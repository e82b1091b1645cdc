"""How long the server waits for a peer: never for ever."""

import asyncio
import time

import pytest

from tests.serving import Running
from transport import patience

HEAD = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(patience, "READING_SECONDS", 0.5)


async def broken_off(reader: asyncio.StreamReader) -> bytes:
    """What the server still said before it ended the connection."""
    async with asyncio.timeout(5):
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""


async def test_a_peer_that_says_nothing_is_not_waited_for(shared: Running) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", shared.port)
    assert await broken_off(reader) == b""
    writer.close()


@pytest.mark.parametrize("before", [b"", HEAD])
async def test_single_bytes_buy_no_time(shared: Running, before: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", shared.port)
    if before:
        writer.write(before)
        assert b"alive" in await reader.readuntil(b"alive\n")
    began = time.monotonic()
    for byte in b"GET /healthz HTTP/1.1\r\nX-Long: " + b"x" * 200:
        writer.write(bytes([byte]))
        await asyncio.sleep(0.05)
        if reader.at_eof() or reader.exception() or writer.is_closing():
            break
    assert time.monotonic() - began < 9
    writer.close()


async def test_a_head_without_end_is_refused(shared: Running) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", shared.port)
    writer.write(b"GET / HTTP/1.1\r\nX-Long: " + b"x" * 100_000)
    assert (await broken_off(reader)).startswith((b"HTTP/1.1 400", b""))
    writer.close()


async def test_who_is_quick_is_served_again_and_again(shared: Running) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", shared.port)
    for _ in range(3):
        writer.write(HEAD)
        await reader.readuntil(b"alive\n")
        await asyncio.sleep(0.3)  # between requests the server is patient
    writer.close()


async def test_a_peer_that_reads_nothing_is_dropped(shared: Running) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", shared.port, limit=1_024)
    request = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"

    async def ask_on() -> None:
        while True:
            writer.write(request * 500)
            await writer.drain()

    with pytest.raises((ConnectionError, TimeoutError)):
        await asyncio.wait_for(ask_on(), 20)
    writer.close()
