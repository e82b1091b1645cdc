"""Texts that the program prints and that are committed: printed, or compared with what was committed."""

import difflib
import sys
from pathlib import Path

from commands.failure import Failed


def print_text(printed: str, path: Path | None) -> int:
    """Where a file is given, prints what differs from it, and answers 1 when anything does."""
    if path is None:
        sys.stdout.write(printed)
        return 0
    try:
        committed = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(f"{path} cannot be read: {error}") from error
    before, after = committed.splitlines(keepends=True), printed.splitlines(keepends=True)
    difference = list(difflib.unified_diff(before, after, fromfile=str(path), tofile="what is printed now"))
    sys.stdout.writelines(difference)
    return 1 if difference else 0
