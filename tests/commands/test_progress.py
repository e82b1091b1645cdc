"""Long commands show how far they are: by a bar at a terminal, by lines now and then elsewhere, and never for a moment's work."""

import os
import pty
import sys
import termios
from contextlib import suppress

import pytest

from commands.progress import BETWEEN_LINES, Lines, progress


class Seconds:
    def __init__(self) -> None:
        self.passed = 100.0

    def __call__(self) -> float:
        return self.passed


def all_of(ours: int) -> str:
    """What was written to the other end of a terminal, which is closed by now."""
    shown = b""
    with os.fdopen(ours, "rb", buffering=0) as terminal, suppress(OSError):  # EIO is how it ends
        while some := terminal.read(4096):
            shown += some
    return shown.decode()


def test_a_line_is_told_every_few_seconds_with_what_is_done_and_how_fast(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Seconds()
    lines = Lines("importing", 4000, "B", clock)
    for _ in range(4):
        clock.passed += BETWEEN_LINES / 2
        lines.advance(500)
    assert capsys.readouterr().err.splitlines() == [
        "importing: 1,000 of 4,000 B (25 %), 200 a second",
        "importing: 2,000 of 4,000 B (50 %), 200 a second",
    ]


def test_what_is_over_in_a_moment_needs_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("indexing", 10) as bar:
        bar.advance(10)
    assert capsys.readouterr().err == ""


def test_a_total_may_come_late_and_be_unknown_before(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Seconds()
    lines = Lines("indexing", 0, "", clock)
    clock.passed += BETWEEN_LINES
    lines.advance(10)
    clock.passed += BETWEEN_LINES
    lines.advance(10, total=40)
    assert capsys.readouterr().err.splitlines() == ["indexing: 10, 2 a second", "indexing: 20 of 40 (50 %), 2 a second"]


def test_at_a_terminal_a_bar_moves_and_lines_do_not_spoil_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    monkeypatch.setattr("commands.progress.UNSEEN", 0)
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress("importing", 4) as bar:
            bar.advance(1)
            bar.say("line 2: wrong", terminal)
            bar.advance(3)
    shown = all_of(ours)
    assert "importing: 100%" in shown
    assert "\rline 2: wrong\r\n" in shown
