"""What the project says of itself: dependencies with their reasons, locks anyone can install from, no machine's paths."""

import re
import tomllib
from fnmatch import fnmatch
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import source_tree
from tests.test_layers import MAY_IMPORT

PYPROJECT: dict[str, Any] = tomllib.loads((source_tree.PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
REQUIREMENTS: dict[str, list[str]] = {
    "The service": PYPROJECT["project"]["dependencies"],
    "Development": PYPROJECT["project"]["optional-dependencies"]["dev"],
    "Building": PYPROJECT["build-system"]["requires"],
}
LOCKS = {
    "requirements.lock": ["The service"],
    "requirements-dev.lock": ["The service", "Development"],
    "requirements-build.lock": ["Building"],
}

REASON = re.compile(r"^\| `([^`]+)` \| (.+) \|$")
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
PLACE_ON_A_MACHINE = re.compile(r"(?<![\w.{}$-])/(?:work|root|home|tmp|Users)/\w")


def reasons() -> dict[str, dict[str, str]]:
    """By heading of docs/dependencies.md, the reason given for each package."""
    given: dict[str, dict[str, str]] = {}
    for line in (source_tree.PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            given[line.removeprefix("## ")] = {}
        elif row := REASON.match(line):
            list(given.values())[-1][row[1]] = row[2]
    return given


def pins(lock: str) -> dict[str, tuple[str, str]]:
    """By package, the pinned version and everything the lock says with it."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (source_tree.PROJECT / lock).read_text(encoding="utf-8"))
    return {canonicalize_name(pin[1]): (pin[2], block) for block in blocks if (pin := PIN.match(block))}


def machine_paths(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if PLACE_ON_A_MACHINE.search(line)]


@pytest.mark.parametrize("heading", REQUIREMENTS)
def test_every_dependency_has_its_reason_and_no_other_package_has_one(heading: str) -> None:
    named = [Requirement(each).name for each in REQUIREMENTS[heading]]
    assert list(reasons()[heading]) == named
    assert all(10 < len(reason) < 140 for reason in reasons()[heading].values())


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock: str) -> None:
    text = (source_tree.PROJECT / lock).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if "://" in line or "-index" in line or "find-links" in line] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_each_dependency_within_the_range_asked_for(lock: str) -> None:
    pinned = pins(lock)
    wanted = [Requirement(each) for heading in LOCKS[lock] for each in REQUIREMENTS[heading]]
    versions = {each.name: pinned[canonicalize_name(each.name)][0] for each in wanted}
    assert [each.name for each in wanted if not each.specifier.contains(versions[each.name])] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_each_pin_carries_the_hashes_of_its_files(lock: str) -> None:
    assert [name for name, (_, block) in pins(lock).items() if not HASH.search(block)] == []


def test_development_installs_the_same_versions_as_the_service() -> None:
    service, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: version for name, (version, _) in service.items() if development[name][0] != version} == {}


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    texts = {path: path.read_text(encoding="utf-8", errors="ignore") for path in source_tree.files()}
    assert {str(path): found for path, text in texts.items() if (found := machine_paths(text))} == {}


@pytest.mark.parametrize("line", ["cd /" + "work/main", "/" + "home/ann/x", '"/' + 'root/x"', "file:///" + "Users/ann"])
def test_a_place_on_a_machine_is_recognised(line: str) -> None:
    assert machine_paths(f"first\n{line}\n") == [line]


@pytest.mark.parametrize("line", ["https://example.org/work/offers", "../work/x", "WORKDIR /srv/placement", "/work"])
def test_an_address_is_no_place_on_a_machine(line: str) -> None:
    assert machine_paths(line) == []


def test_whatever_is_no_python_in_a_package_is_shipped_with_it() -> None:
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["*"]
    forgotten = [
        str(path.relative_to(source_tree.PROJECT))
        for path in source_tree.files()
        if path.relative_to(source_tree.PROJECT).parts[0] in MAY_IMPORT
        and not any(fnmatch(path.name, pattern) for pattern in ["*.py", "*.md", *patterns])
    ]
    assert forgotten == []


def test_every_unit_of_the_import_table_is_shipped() -> None:
    setuptools = PYPROJECT["tool"]["setuptools"]
    shipped = {*setuptools["py-modules"], *(each.rstrip("*") for each in setuptools["packages"]["find"]["include"])}
    assert shipped == MAY_IMPORT.keys()
