"""The schema of the API as text: printed, or compared with the text that was committed."""

import sys
from pathlib import Path

from commands import committed
from schema.schema import schema


def sdl() -> str:
    return schema.as_str().strip() + "\n"


def print_schema() -> None:
    sys.stdout.write(sdl())


def compare(path: Path) -> int:
    """Prints what differs from the file, and answers 1 when anything does."""
    return committed.compare(path, sdl(), "what the code prints")
