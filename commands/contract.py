"""The schema of the API as text: printed, or compared with the text that was committed."""

import difflib
import sys
from pathlib import Path

from commands.failure import Failed
from schema.schema import schema


def sdl() -> str:
    return schema.as_str().strip() + "\n"


def print_schema() -> None:
    sys.stdout.write(sdl())


def compare(path: Path) -> int:
    """Prints what differs from the file, and answers 1 when anything does."""
    try:
        committed = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(f"{path} cannot be read: {error}") from error
    before, after = committed.splitlines(keepends=True), sdl().splitlines(keepends=True)
    difference = list(difflib.unified_diff(before, after, fromfile=str(path), tofile="what the code prints"))
    sys.stdout.writelines(difference)
    return 1 if difference else 0
