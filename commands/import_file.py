"""The file that an import reads: on disk, or what comes by standard input."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from commands.failure import Failed

STANDARD_INPUT = Path("-")


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    if path == STANDARD_INPUT:
        assert isinstance(sys.stdin.buffer, BufferedReader)
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise Failed(f"{path}: {error.strerror}") from error
    with file:
        yield file


def size(file: BinaryIO) -> int:
    """In bytes; 0 for what is not a file on disk."""
    status = os.fstat(file.fileno())
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
