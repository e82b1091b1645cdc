"""Compares a text that was committed with what the program prints now."""

import difflib
import sys
from pathlib import Path

from commands.failure import Failed


def compare(path: Path, printed: str, name: str) -> int:
    """Prints what differs from the file, and answers 1 when anything does. `name` is what the printed side is called."""
    try:
        committed = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(f"{path} cannot be read: {error}") from error
    before, after = committed.splitlines(keepends=True), printed.splitlines(keepends=True)
    difference = list(difflib.unified_diff(before, after, fromfile=str(path), tofile=name))
    sys.stdout.writelines(difference)
    return 1 if difference else 0
