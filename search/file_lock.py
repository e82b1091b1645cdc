"""Locks between the processes of one machine. The system frees them when their process dies, however it dies."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

PATIENCE = 10.0
"""Seconds that a writer waits for another one before it gives up."""
PAUSE = 0.005


class Locked(Exception):
    """Somebody else holds the lock."""


@contextmanager
def held(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """The lock of that file, for the length of the block. Blocks the thread; raises Locked when patience is spent."""
    deadline = time.monotonic() + patience
    with path.open("a") as file:
        while not _try(file.fileno()):
            if time.monotonic() >= deadline:
                raise Locked(str(path))
            time.sleep(PAUSE)
        yield


@contextmanager
def held_if_free(path: Path) -> Iterator[bool]:
    """Whether it could be had at once; if so, it is held for the length of the block."""
    with ExitStack() as stack:
        try:
            stack.enter_context(held(path, patience=0))
        except Locked:
            yield False
        else:
            yield True


def is_held(path: Path) -> bool:
    """Whether somebody holds it now. A file that is not there is held by nobody, and is not made."""
    with suppress(FileNotFoundError), path.open("r") as file:
        return not _try(file.fileno())
    return False


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
