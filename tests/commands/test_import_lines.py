"""A file is cut into lines whatever is in it, with the numbers that an editor shows, and never more than one in memory."""

import io
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commands.import_lines import LONGEST_LINE, Line, lines
from errors import Invalid


def cut(content: bytes) -> list[Line]:
    return list(lines(io.BytesIO(content)))


def code(line: Line) -> str:
    with pytest.raises(Invalid) as refused:
        line.read()
    return refused.value.problems[0].code


@given(some.lists(some.binary(max_size=40)))
def test_every_byte_belongs_to_one_line_and_lines_are_numbered_as_an_editor_does(pieces: list[bytes]) -> None:
    content = b"\n".join(pieces)
    found = cut(content)
    assert sum(line.size for line in found) == len(content)
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    assert len(found) == content.count(b"\n") + (not content.endswith(b"\n") and content != b"")


def test_the_last_line_needs_no_end() -> None:
    assert [line.read() for line in cut(b'{"a": 1}\n{"b": 2}')] == [{"a": 1}, {"b": 2}]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert cut(b'\xef\xbb\xbf{"a": 1}\r\n')[0].read() == {"a": 1}


def test_an_empty_line_counts_and_is_known_as_one() -> None:
    assert [line.empty for line in cut(b'{"a": 1}\n \t\r\n\n{}')] == [False, True, True, False]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{not json", "NOT_JSON"),
        (b'{"a": "\x00"}', "NOT_JSON"),
        (b'{"a": NaN}', "NOT_JSON"),
        (b'{"a": "\\ud800"}', "NOT_JSON"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "NOT_JSON"),
        (b'{"a": "\xff"}', "NOT_UTF8"),
        (b"[]", "NOT_AN_OBJECT"),
        (b"null", "NOT_AN_OBJECT"),
        (b'"text"', "NOT_AN_OBJECT"),
        (b"12", "NOT_AN_OBJECT"),
    ],
)
def test_what_is_no_object_is_told_apart(content: bytes, expected: str) -> None:
    assert code(cut(content)[0]) == expected


@pytest.mark.parametrize("length", [LONGEST_LINE + 1, LONGEST_LINE + 2, 10_000_000])
@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_that_is_too_long_is_skipped_and_the_next_one_is_read(length: int, end: bytes) -> None:
    found = cut(b"[" + b"1" * (length - 2) + b"]" + b"\n" + b'{"next": 1}' + end)
    assert (found[0].size, code(found[0])) == (length + 1, "LINE_TOO_LONG")
    assert (found[1].number, found[1].read()) == (2, {"next": 1})


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_may_be_as_long_as_the_refusal_of_longer_ones_says(end: bytes) -> None:
    longest = b'{"a": "' + b"x" * (LONGEST_LINE - 9) + b'"}'
    assert len(longest) == LONGEST_LINE
    assert len(cut(longest + end)[0].read()["a"]) == LONGEST_LINE - 9
    assert code(cut(b" " + longest + end)[0]) == "LINE_TOO_LONG"


class Endless(io.RawIOBase):
    """A file of a hundred megabytes on one line, made as it is read."""

    def __init__(self) -> None:
        self.left = 100_000_000

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), self.left)
        buffer[:size] = b"x" * size
        self.left -= size
        return size


def test_memory_holds_one_line_at_most_however_long_it_is() -> None:
    tracemalloc.start()
    found = list(lines(io.BufferedReader(Endless())))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found[0].size == 100_000_000
    assert peak < 4 * LONGEST_LINE


def test_lines_come_before_the_file_has_been_read_to_its_end() -> None:
    file = io.BytesIO(b"{}\n" * 1000)
    first: Iterator[Line] = lines(file)
    assert next(first).number == 1
    assert file.tell() == len(b"{}\n")
