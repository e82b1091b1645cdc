"""What a value on the command line may look like. Each raises ArgumentTypeError, with what was typed, for anything else."""

import argparse
from datetime import UTC, datetime

from models.calendar import QUEBEC


def count(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit()):
        raise argparse.ArgumentTypeError(f"{typed!r} is not a whole number of 0 or more")
    return int(typed)


def instant(typed: str) -> datetime:
    try:
        instant = datetime.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a time such as 2026-05-01 or 2026-05-01T08:00-04:00") from None
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=QUEBEC).astimezone(UTC)


def seconds(typed: str) -> float:
    try:
        seconds = float(typed)
    except ValueError:
        seconds = -1
    if not 0 <= seconds < 86_400:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a number of seconds below a day")
    return seconds
