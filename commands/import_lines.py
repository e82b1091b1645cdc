"""Cuts a file into lines, and those of JSON Lines into objects, however large the file and whatever is in it. Never holds
more than one line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson

from errors import Invalid, Problem

LONGEST_LINE = 1024 * 1024
"""Bytes, the one that ends the line not counted. The longest texts that are taken fit, in both languages, with every letter
escaped."""
SKIPPED_AT_ONCE = 64 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Line:
    """`size` counts the bytes that were read for it. `content` is None when there are too many of them."""

    number: int
    size: int
    content: bytes | None

    @property
    def empty(self) -> bool:
        return self.content is not None and not self.content.strip()

    def read(self) -> Mapping[str, Any]:
        """The object on the line. Raises Invalid when there is none."""
        return _object(self.text())

    def text(self) -> str:
        """The line as it is written. Raises Invalid when it is too long, or not UTF-8."""
        if self.content is None:
            raise Invalid([Problem((), "LINE_TOO_LONG", (("most", str(LONGEST_LINE)),))])
        try:
            return self.content.decode()
        except UnicodeDecodeError as error:
            raise Invalid([Problem((), "NOT_UTF8")]) from error


def lines(file: BinaryIO) -> Iterator[Line]:
    """Every line, the empty ones too: their numbers are those that an editor shows."""
    number = 0
    while start := file.readline(LONGEST_LINE + 1):
        number += 1
        fits = len(start.removesuffix(b"\n")) <= LONGEST_LINE
        rest = 0 if start.endswith(b"\n") else _skip(file)
        content = start.removeprefix(BYTE_ORDER_MARK) if number == 1 else start
        yield Line(number, len(start) + rest, content if fits else None)


def _skip(file: BinaryIO) -> int:
    skipped = 0
    while some := file.readline(SKIPPED_AT_ONCE):
        skipped += len(some)
        if some.endswith(b"\n"):
            break
    return skipped


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Invalid([Problem((), "NOT_JSON", (("problem", str(error)),))]) from error
    if not isinstance(found, dict):
        raise Invalid([Problem((), "NOT_AN_OBJECT")])
    return found
