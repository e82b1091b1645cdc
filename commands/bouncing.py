"""Takes in mail that came back and complaints: named by an operator, listed in a file, or as the report itself."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bootstrap import system_clock
from commands.database import open_database_ready
from commands.failure import Failed
from commands.progress import progress
from config import Settings
from models.account import normal_email
from models.database import Database
from notifications.bounces import Done, Returned, ReturnKind, read_line, read_report, stop


async def take_back(settings: Settings, addresses: Sequence[str], file: Path | None, complaint: bool) -> int:
    """Of the addresses, of every line of the file, or of one report on standard input. 1 when a line cannot be read; a report
    that stops nothing is no failure: a mail server would send it back."""
    bad: list[int] = []
    if file is not None:
        returned = list(_lines(file, bad))
    elif addresses:
        kind = ReturnKind.COMPLAINT if complaint else ReturnKind.BOUNCE
        returned = [Returned(kind, frozenset((normal_email(each),))) for each in addresses]
    else:
        report = read_report(sys.stdin.buffer.read())
        returned = [report] if report else []
    async with open_database_ready(settings) as database:
        counts = await _stop_each(database, returned)
    print(", ".join(f"{counts[each]:,} {each}" for each in Done))
    return 1 if bad else 0


def _lines(file: Path, bad: list[int]) -> Iterable[Returned]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(f"{file} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if (returned := read_line(line)) is None:
            print(f"line {number} names no address and no message of ours", file=sys.stderr)
            bad.append(number)
        else:
            yield returned


async def _stop_each(database: Database, returned: Sequence[Returned]) -> Counter[Done]:
    counts: Counter[Done] = Counter()
    with progress("stopping mails", len(returned)) as bar:
        for each in returned:
            counts[await stop(database, each, system_clock())] += 1
            bar.advance(1)
    return counts
