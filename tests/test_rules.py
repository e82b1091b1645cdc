"""The tests that hold the rules are there: the document that names them says nothing else."""

import ast
import re

import pytest

from tests.source_tree import PROJECT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
RULES = (PROJECT / "docs" / "rules.md").read_text(encoding="utf-8")


def functions_in(path: str) -> set[str]:
    tree = ast.parse((PROJECT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(RULES))))
def test_a_test_that_holds_a_rule_exists(path: str, name: str) -> None:
    assert name in functions_in(path)


def test_every_rule_names_a_test() -> None:
    rows = [line for line in RULES.splitlines() if line.startswith("| ") and not line.startswith("| rule")]
    assert len(rows) >= 40
    assert [row for row in rows if not NAMED.search(row)] == []
