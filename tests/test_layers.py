"""Who may import whom: one table, read from the source and not from what happens to be loaded. Knows no exceptions."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests import source_tree

PORTS = {"auth", "csq", "search", "notifications"}
BELOW = {
    "errors",
    "config",
    "texts",
    "models",
    "migrations",
    "resolvers",
    "schema",
    "bootstrap",
    "handlers",
    "lane",
    "worker",
    "transport",
} | PORTS

MAY_IMPORT: Mapping[str, set[str]] = {
    "errors": set(),
    "config": set(),
    "texts": set(),
    "models": {"errors"},
    "migrations": {"models"},
    "auth": {"models", "errors"},
    "csq": {"models", "errors"},
    "search": {"models", "errors"},
    "notifications": {"models", "errors", "texts"},
    "resolvers": {"models", "errors"} | PORTS,
    "schema": {"resolvers", "models", "errors", "texts"},
    "bootstrap": {"config", "models", "errors"} | PORTS,
    "handlers": {"bootstrap", "models", "errors", "search", "notifications", "csq"},
    "lane": {"handlers", "bootstrap", "models", "errors", "search"},
    "worker": {"lane", "handlers", "bootstrap", "models", "errors", "search", "notifications", "csq"},
    "transport": {"resolvers", "auth", "models", "errors", "texts"},
    "server": {"bootstrap", "transport", "schema", "resolvers", "auth", "worker", "models", "errors", "config", "texts"},
    "commands": BELOW,
    "cli": BELOW | {"commands", "server"},
}

GRAPHQL_LIBRARIES = {"strawberry", "graphql"}
MAY_SPEAK_GRAPHQL = {"schema", "transport", "server", "commands", "cli"}


def imports_of(name: str, path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """Dotted names a module imports, wherever in it: inside functions and under TYPE_CHECKING as well."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(node, package)
            for alias in node.names:
                submodule = f"{origin}.{alias.name}"
                yield submodule if submodule in known else origin


def import_graph(root: Path) -> dict[str, set[str]]:
    known = source_tree.product_modules(root)
    return {name: set(imports_of(name, path, known)) for name, path in known.items()}


def unknown_units(graph: Mapping[str, set[str]]) -> list[str]:
    return sorted({_unit(module) for module in graph} - MAY_IMPORT.keys())


def forbidden_imports(graph: Mapping[str, set[str]]) -> list[str]:
    ours = MAY_IMPORT.keys() | {_unit(module) for module in graph} | source_tree.OUTSIDE_THE_PRODUCT
    return sorted(
        f"{module} imports {imported}"
        for module, imports in graph.items()
        for imported in imports
        if _unit(imported) in ours and _unit(imported) not in _permitted(_unit(module))
    )


def graphql_below_the_schema(graph: Mapping[str, set[str]]) -> list[str]:
    return sorted(
        f"{module} imports {imported}"
        for module, imports in graph.items()
        for imported in imports
        if _unit(imported) in GRAPHQL_LIBRARIES and _unit(module) not in MAY_SPEAK_GRAPHQL
    )


def cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """One cycle of modules that import each other, or nothing."""
    try:
        TopologicalSorter({module: imports & graph.keys() for module, imports in graph.items()}).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def _origin(node: ast.ImportFrom, package: str) -> str:
    """The absolute name after `from`; each dot beyond the first climbs one package."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    anchor = parts[: len(parts) - node.level + 1]
    return ".".join([*anchor, node.module] if node.module else anchor)


def _permitted(unit: str) -> set[str]:
    return MAY_IMPORT.get(unit, set()) | {unit}


def _unit(module: str) -> str:
    return module.partition(".")[0]


PROJECT_GRAPH = import_graph(source_tree.PROJECT)


def test_every_unit_of_the_project_has_its_line_in_the_table() -> None:
    assert unknown_units(PROJECT_GRAPH) == []


def test_every_line_of_the_table_is_about_a_unit_that_exists() -> None:
    assert sorted(MAY_IMPORT.keys() - {_unit(module) for module in PROJECT_GRAPH}) == []


def test_no_unit_imports_what_the_table_does_not_give_it() -> None:
    assert forbidden_imports(PROJECT_GRAPH) == []


def test_no_two_modules_import_each_other_however_far_round() -> None:
    assert cycle(PROJECT_GRAPH) == []


def test_only_the_contract_speaks_graphql() -> None:
    assert graphql_below_the_schema(PROJECT_GRAPH) == []


def test_the_table_itself_runs_one_way() -> None:
    assert cycle(dict(MAY_IMPORT)) == []


def _write(root: Path, sources: Mapping[str, str]) -> dict[str, set[str]]:
    for name, source in sources.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return import_graph(root)


CLEAN = {
    "errors.py": "",
    "models/__init__.py": "from models import candidacy",
    "models/candidacy.py": "import errors\nfrom . import period\nfrom .period import Period",
    "models/period.py": "from datetime import date",
    "resolvers/candidacy.py": "from models.candidacy import Candidacy",
    "tests/test_anything.py": "import cli",
}


def test_a_tree_that_keeps_the_rules_passes(tmp_path: Path) -> None:
    graph = _write(tmp_path, CLEAN)
    assert graph["models.candidacy"] == {"errors", "models.period"}
    assert (unknown_units(graph), forbidden_imports(graph), cycle(graph)) == ([], [], [])


@pytest.mark.parametrize(
    "source",
    [
        "import resolvers.candidacy",
        "from resolvers import candidacy",
        "from resolvers.candidacy import publish",
        "def publish():\n    from resolvers import candidacy",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from resolvers import candidacy",
    ],
)
def test_a_forbidden_import_is_found_however_it_is_written(tmp_path: Path, source: str) -> None:
    graph = _write(tmp_path, CLEAN | {"models/offer.py": source})
    assert forbidden_imports(graph) == ["models.offer imports resolvers.candidacy"]


def test_the_product_may_not_import_its_tests(tmp_path: Path) -> None:
    graph = _write(tmp_path, CLEAN | {"cli.py": "from tests import test_anything"})
    assert forbidden_imports(graph) == ["cli imports tests"]


def test_a_cycle_between_modules_of_one_unit_is_found(tmp_path: Path) -> None:
    graph = _write(tmp_path, CLEAN | {"models/period.py": "def of():\n    from models.candidacy import Candidacy"})
    assert forbidden_imports(graph) == []
    assert set(cycle(graph)) == {"models.candidacy", "models.period"}


@pytest.mark.parametrize("path", ["services/candidacy.py", "helpers.py"])
def test_a_unit_that_the_table_does_not_know_is_found(tmp_path: Path, path: str) -> None:
    graph = _write(tmp_path, CLEAN | {path: ""})
    assert unknown_units(graph) == [path.removesuffix(".py").partition("/")[0]]


def test_a_resolver_that_imports_strawberry_is_found(tmp_path: Path) -> None:
    graph = _write(tmp_path, CLEAN | {"resolvers/offer.py": "import strawberry.types"})
    assert graphql_below_the_schema(graph) == ["resolvers.offer imports strawberry.types"]
