"""The clock is a value: no module asks the system what time it is, save the one that makes the real clock."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests import source_tree

WHERE_THE_CLOCK_IS_MADE = "bootstrap"

SYSTEM_CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "email.utils.formatdate",
    "email.utils.localtime",
    "time.ctime",
    "time.localtime",
    "time.time",
    "time.time_ns",
}
CLOCKS_WHEN_GIVEN_NOTHING = {"time.gmtime", "time.strftime"}
SQL_CLOCK_FUNCTION = re.compile(r"(^|\.)func\.(now|current_timestamp|current_date|current_time|localtimestamp|localtime)$")
SQL_CLOCK_TEXT = re.compile(r"\b(now\(\)|current_timestamp\b|current_date\b|localtimestamp\b)|'now'", re.IGNORECASE)


def clock_readings(source: str) -> list[str]:
    """Each place that reads the system's clock or leaves it to the database, as `line: what`. Naming one is enough."""
    tree = ast.parse(source)
    origins = dict(_origins(tree))
    prose = set(_docstrings(tree))
    return sorted(
        f"{node.lineno}: {found}"
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and node not in prose and (found := _reading(node, origins))
    )


def _reading(node: ast.expr, origins: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) and SQL_CLOCK_TEXT.search(node.value) else None
    if isinstance(node, ast.Call):
        name = _dotted(node.func, origins)
        return name if name in CLOCKS_WHEN_GIVEN_NOTHING and not _time_given(node, name) else None
    name = _dotted(node, origins)
    return name if name in SYSTEM_CLOCKS or SQL_CLOCK_FUNCTION.search(name) else None


def _time_given(call: ast.Call, name: str) -> bool:
    """Whether the call converts an instant that it was handed; strftime takes a format before it."""
    return len(call.args) > (name == "time.strftime")


def _dotted(node: ast.expr, origins: dict[str, str]) -> str:
    """The full name of what an expression names, whatever it was called when imported; empty for the rest."""
    if isinstance(node, ast.Name):
        return origins.get(node.id, node.id)
    if isinstance(node, ast.Attribute) and (owner := _dotted(node.value, origins)):
        return f"{owner}.{node.attr}"
    return ""


def _origins(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname, alias.name) for alias in node.names if alias.asname)
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    """Strings that stand alone: documentation, which may speak of the clock."""
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def test_no_module_of_the_product_reads_the_system_clock() -> None:
    readings = {
        name: found
        for name, path in source_tree.product_modules().items()
        if name != WHERE_THE_CLOCK_IS_MADE and (found := clock_readings(path.read_text(encoding="utf-8")))
    }
    assert readings == {}


@pytest.mark.parametrize(
    ("source", "reading"),
    [
        ("from datetime import UTC, datetime\nat = datetime.now(UTC)", "2: datetime.datetime.now"),
        ("import datetime as dt\nat = dt.datetime.utcnow()", "2: datetime.datetime.utcnow"),
        ("from datetime import date as day\ndef of():\n    return day.today()", "3: datetime.date.today"),
        ("from datetime import datetime\nclock = datetime.now", "2: datetime.datetime.now"),
        ("import time\nat = time.time()", "2: time.time"),
        ("import time\nat = time.gmtime()", "2: time.gmtime"),
        ("import time\nat = time.strftime('%Y')", "2: time.strftime"),
        ("from time import time as seconds\nat = seconds()", "2: time.time"),
        ("import email.utils\nat = email.utils.formatdate()", "2: email.utils.formatdate"),
        ("from sqlalchemy import func\nat = func.now()", "2: sqlalchemy.func.now"),
        ("import sqlalchemy as sa\nat = sa.func.current_timestamp()", "2: sqlalchemy.func.current_timestamp"),
        ("at = Column(server_default=text('now()'))", "1: now()"),
        ("at = Column(server_default='CURRENT_TIMESTAMP')", "1: CURRENT_TIMESTAMP"),
        ("at = text(\"strftime('%s', 'now')\")", "1: strftime('%s', 'now')"),
    ],
)
def test_each_way_to_read_the_clock_is_found(source: str, reading: str) -> None:
    assert clock_readings(source) == [reading]


@pytest.mark.parametrize(
    "source",
    [
        '"""Never calls datetime.now() or now()."""\nfrom datetime import datetime\nat = datetime(2026, 1, 2)',
        "import time\nstarted = time.monotonic()",
        "import time\nat = time.gmtime(0)\nconverter = time.gmtime",
        "def of(context):\n    return context.now()",
        "from email.utils import format_datetime\ndate = format_datetime(at)",
    ],
)
def test_a_clock_that_is_given_and_a_duration_are_no_readings(source: str) -> None:
    assert clock_readings(source) == []
