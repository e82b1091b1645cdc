"""An operator for each kind of database there is."""

import os
from pathlib import Path

import pytest

from tests.commands.operator import Operator

SMALL = 12


@pytest.fixture
def operator(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Operator:
    """On a migrated, empty database, with the embedded search, mail to a folder, and a small demonstration to seed."""
    return an_operator(database_url, tmp_path, monkeypatch, capsys)


@pytest.fixture
def sqlite_operator(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Operator:
    """The same on SQLite alone, for what has nothing to do with the kind of database."""
    return an_operator(sqlite_url, tmp_path, monkeypatch, capsys)


def an_operator(url: str, folder: Path, patch: pytest.MonkeyPatch, output: pytest.CaptureFixture[str]) -> Operator:
    for name in [name for name in os.environ if name.startswith(("PLACEMENT_", "LC_"))]:
        patch.delenv(name)
    patch.setenv("LANG", "C.UTF-8")
    patch.chdir(folder)
    operator = Operator(folder, patch, output)
    operator.sets(DATABASE_URL=url, SEARCH_URL=f"embedded:{folder / 'search'}", MAIL_URL=f"file:{folder / 'mail'}")
    operator.demonstrates(SMALL, SMALL)
    patch.setattr("commands.progress.BETWEEN_LINES", float("inf"))  # how slow the machine is must not show in what is read
    return operator
