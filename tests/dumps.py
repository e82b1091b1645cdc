"""What somebody reads who has the database and nothing else: a dump, and the bytes of the file; and every form in which a text
could stand in there. Not a test itself."""

import asyncio
import base64
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

GROUPS = (2, 3, 4)
ALIGNMENTS = 3
WITHOUT_PG_DUMP = "pg_dump was not found"


async def dump(url: str) -> bytes:
    """Everything, as the tools of the database write it; of SQLite the files' own bytes too."""
    if make_url(url).get_backend_name() == "sqlite":
        return await asyncio.to_thread(_of_sqlite, Path(make_url(url).database or ""))
    child = await asyncio.create_subprocess_exec(
        _pg_dump(), url.replace("+asyncpg", ""), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, problem = await child.communicate()
    assert child.returncode == 0, problem
    return output


def _of_sqlite(path: Path) -> bytes:
    connection = sqlite3.connect(path)
    written = "\n".join(connection.iterdump()).encode()
    connection.close()
    return written + b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


def _pg_dump() -> str:
    """The newest there is: an older one refuses a newer server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"), key=lambda each: int(each.parts[-3]), reverse=True)
    known = str(found[0]) if found else shutil.which("pg_dump")
    if known is None:
        pytest.skip(WITHOUT_PG_DUMP)
    return known


def forms(text: str) -> Iterator[bytes]:
    """The text as it could be written: in either case, backwards, in groups, in hexadecimal, in base64 at any place."""
    for cased in {text, text.upper(), text.lower()}:
        for way in (cased, cased[::-1]):
            plain = way.encode()
            yield from (plain, way.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode())
            yield from _base64(plain)
        yield from (each.encode() for each in _grouped(cased))


def _grouped(text: str) -> Iterator[str]:
    for size in GROUPS:
        for first in range(1, size + 1):
            parts = [text[:first], *(text[at : at + size] for at in range(first, len(text), size))]
            yield from (sign.join(parts) for sign in (" ", "-", "\N{EN DASH}", "\N{NO-BREAK SPACE}"))


def _base64(plain: bytes) -> Iterator[bytes]:
    """Only the characters that the text alone decides."""
    for before in range(ALIGNMENTS):
        first, last = -(-before * 8 // 6), (before + len(plain)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(b"\0" * before + plain)[first:last]


def found(texts: Iterable[str], where: bytes) -> list[bytes]:
    """The forms of the texts that are there."""
    return [form for text in texts for form in forms(text) if form in where]
