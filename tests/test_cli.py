"""The command line: what it understands, and how it answers when something is wrong, in one line and by its exit code."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cli
from tests.source_tree import PROJECT

COMMANDS = {
    "serve",
    "worker",
    "migrate",
    "seed",
    "import",
    "reindex",
    "verify",
    "reconcile",
    "print-schema",
    "print-notices",
    "create-agent",
} | {"print-applications"}


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Everything in a folder that is empty."""
    for name in [name for name in os.environ if name.startswith(("PLACEMENT_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def stopped(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    return stop.value.code


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped("--help") == 0
    told = capsys.readouterr().out
    assert {name for name in COMMANDS if re.search(rf"^    {name}\b", told, re.MULTILINE)} == COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_tells_how_it_is_used(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped(name, "--help") == 0
    assert f"usage: placement {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("serve", "now"),
        ("import", "people", "x.jsonl"),
        ("import", "job-offers"),
        ("import", "job-offers", "x.jsonl", "--candidate", "a@example.org"),
        ("reindex", "everything"),
        ("seed", "--offers", "-1"),
        ("seed", "--alerts", "ten"),
        ("seed", "--random-seed", "1.5"),
        ("verify", "--wait", "-1"),
        ("verify", "--wait", "nan"),
        ("verify", "--wait", "soon"),
        ("create-agent", "a@example.org"),
    ],
)
def test_what_is_not_understood_ends_with_2_and_the_usage(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped(*arguments) == 2
    assert capsys.readouterr().err.startswith("usage: placement")


def test_everything_wrong_with_the_settings_is_listed_at_once(
    settings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.setenv("PLACEMENT_PORT", "eighty")
    settings.setenv("PLACEMENT_EMBEDDED_WORKER", "perhaps")
    assert cli.main(["worker"]) == 1
    title, *faults = capsys.readouterr().err.splitlines()
    assert title == "placement: the settings cannot be served with"
    assert len(faults) == 2
    assert all(fault.startswith("  - PLACEMENT_") for fault in faults)


@pytest.mark.parametrize("command", [["serve"], ["worker"], ["seed"], ["reindex"], ["verify"], ["import", "job-offers", "f"]])
def test_a_database_that_was_not_migrated_is_told_with_what_to_do(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f").touch()
    assert cli.main(command) == 1
    told = capsys.readouterr().err
    assert told == "placement: the database at ./var/placement.db is not at the newest shape: run `placement migrate` first\n"


@pytest.mark.parametrize("command", [["serve"], ["worker"], ["migrate"], ["seed"], ["verify"]])
def test_a_database_that_does_not_answer_is_told_in_a_line_without_its_password(
    command: list[str], settings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.setenv("PLACEMENT_DATABASE_URL", "postgresql+asyncpg://somebody:secret@127.0.0.1:9/placement")
    assert cli.main(command) == 1
    told = capsys.readouterr().err
    assert told.startswith("placement: the database at postgresql+asyncpg://somebody:***@127.0.0.1:9/placement does not answer: ")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("SEARCH_URL", "ftp://search"), ("SEARCH_URL", "embedded:"), ("MAIL_URL", "pigeon:"), ("DATABASE_URL", "x")],
)
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_an_address_that_cannot_be_used_is_one_line_of_complaint(
    name: str, value: str, command: str, settings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["migrate"])
    capsys.readouterr()
    settings.setenv(f"PLACEMENT_{name}", value)
    assert cli.main([command]) == 1
    told = capsys.readouterr().err
    assert told.startswith("placement: ")
    assert told.count("\n") == 1


def test_nothing_is_served_as_production_with_what_is_for_development(
    settings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.setenv("PLACEMENT_ENVIRONMENT", "production")
    assert cli.main(["serve"]) == 1
    told = capsys.readouterr().err
    assert all(f"PLACEMENT_{name}" in told for name in ("SECRET_KEY", "DATABASE_URL", "REGISTRY_URL", "MAIL_URL"))


def test_an_address_that_is_taken_ends_the_server_with_1(settings: pytest.MonkeyPatch) -> None:
    placement("migrate")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.setenv("PLACEMENT_PORT", str(taken.getsockname()[1]))
        served = placement("serve")
    assert served.returncode == 1
    assert "address already in use" in served.stderr
    assert "Traceback" not in served.stderr


def placement(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(PROJECT / "cli.py"), *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def test_interrupted_it_ends_with_130_and_no_traceback() -> None:
    placement("migrate")
    command = [sys.executable, str(PROJECT / "cli.py"), "seed", "--candidacies", "10000000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as long_one:
        wait_for(Path("var/search"))
        long_one.send_signal(signal.SIGINT)
        _, told = long_one.communicate(timeout=60)
    assert long_one.returncode == 130
    assert "Traceback" not in told


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_reader_that_has_read_enough_is_no_failure_to_speak_of() -> None:
    command = f"{sys.executable} {PROJECT / 'cli.py'} print-schema | head -n 1"
    piped = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, timeout=60)
    assert len(piped.stdout.splitlines()) == 1
    assert piped.stderr == ""
