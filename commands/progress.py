"""Shows how far a long command is: a bar that moves on a terminal, a line every few seconds anywhere else."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TextIO

from tqdm import tqdm

BETWEEN_LINES = 5.0
"""Seconds."""
UNSEEN = 0.3
"""Seconds that a command may take before a bar is drawn."""


class Bar(Protocol):
    def advance(self, steps: int, total: int | None = None) -> None:
        """So many more are done. `total`, when it is given, is how many there are by now."""

    def say(self, line: str, file: TextIO) -> None:
        """Prints a line without spoiling the bar."""


@contextmanager
def progress(label: str, total: int = 0, *, unit: str = "", scaled: bool = False) -> Iterator[Bar]:
    """`total` is 0 when it is not known. `scaled` writes large amounts as 12k or 3.4M."""
    if not sys.stderr.isatty():
        yield Lines(label, total, unit)
        return
    with tqdm(total=total, desc=label, unit=unit or " ", unit_scale=scaled, dynamic_ncols=True, delay=UNSEEN) as bar:
        yield Drawn(bar)


class Drawn:
    def __init__(self, bar: "tqdm[Any]") -> None:
        self._bar = bar

    def advance(self, steps: int, total: int | None = None) -> None:
        self._bar.total = self._bar.total if total is None else total
        self._bar.update(steps)

    def say(self, line: str, file: TextIO) -> None:
        tqdm.write(line, file=file)


class Lines:
    """For a log or a pipe: no line for what is over before the first one is due."""

    def __init__(self, label: str, total: int, unit: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._label, self._total, self._unit, self._clock = label, total, unit, clock
        self._started = self._told = clock()
        self._done = 0

    def advance(self, steps: int, total: int | None = None) -> None:
        self._done += steps
        self._total = self._total if total is None else total
        now = self._clock()
        if now - self._told >= BETWEEN_LINES:
            self._told = now
            print(self._line(now - self._started), file=sys.stderr, flush=True)

    def say(self, line: str, file: TextIO) -> None:
        print(line, file=file, flush=True)

    def _line(self, seconds: float) -> str:
        of = f" of {self._total:,}" if self._total else ""
        share = f" ({min(100.0, 100 * self._done / self._total):.0f} %)" if self._total else ""
        unit = self._unit and f" {self._unit}"
        return f"{self._label}: {self._done:,}{of}{unit}{share}, {self._done / seconds:,.0f} a second"
