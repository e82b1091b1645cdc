"""Tells an index that lost files, or has some cut short, from one that only cannot be opened for now. Mends nothing, and reads
no documents: what changed inside a file of the right length is not noticed."""

import errno
import logging
import os
import re
from pathlib import Path

from models.document import Kind
from search.embedded_schema import open_index

logger = logging.getLogger(__name__)

LASTING = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO})
"""What the system says of files that are lost. Of whatever else it says, another attempt may hear nothing: too many files are
open, or memory is short."""
SYSTEM_CODE = re.compile(r"Os \{ code: (\d+)")
"""How Tantivy, which raises ValueError for everything, tells what the system said."""

State = frozenset[tuple[str, int, int]]


def is_panic(problem: BaseException) -> bool:
    """Whether Tantivy gave up where it did not expect to. Its panic is no Exception, and its class cannot be imported."""
    return type(problem).__name__ == "PanicException"


def is_damaged(kind: Kind, path: Path) -> bool:
    """Whether no attempt will open that index. Raises ValueError when the next one may."""
    try:
        open_index(kind, str(path)).searcher()
    except BaseException as problem:
        if not is_panic(problem) and not (isinstance(problem, ValueError) and _lasts(problem)):
            raise
        logger.warning("the index in %s is damaged: %s", path, problem)
        return True
    return False


class Look:
    """At one index after another, as often as one likes: it is opened only when its files changed since it opened last."""

    def __init__(self) -> None:
        self._sound: tuple[Path, State] | None = None

    def is_damaged(self, kind: Kind, path: Path) -> bool:
        seen = (path, _state(path))  # before it is opened: a change in between is seen at the next look
        if seen != self._sound:
            if is_damaged(kind, path):
                return True
            self._sound = seen
        return False


def _lasts(problem: ValueError) -> bool:
    code = SYSTEM_CODE.search(str(problem))
    return "LockBusy" not in str(problem) if code is None else int(code[1]) in LASTING


def _state(path: Path) -> State:
    """Names, lengths and times of its files; nothing where there is no such folder."""
    try:
        with os.scandir(path) as entries:
            return frozenset((entry.name, status.st_size, status.st_mtime_ns) for entry in entries for status in _status(entry))
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()


def _status(entry: os.DirEntry[str]) -> list[os.stat_result]:
    """None of a file that a merge has just deleted."""
    try:
        return [entry.stat()]
    except FileNotFoundError:
        return []
