"""Finds in the source every code of which somebody is told, and the facts that come with it: the text of a code must be there,
and must not ask for more than it is given. Not a test itself."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

EXCEPTIONS = ("NotFound", "NotEligible", "NotAllowed", "Conflict", "LimitReached", "Unavailable")
CODE_AT = {
    **dict.fromkeys(EXCEPTIONS, 0),
    **dict.fromkeys(("only_once", "text", "_refused"), 0),
    **dict.fromkeys(("Problem", "note", "_note"), 1),
    **dict.fromkeys(("require", "_value"), 2),
}
"""Where the code stands among the arguments of a call that names one."""
METHODS = {"require": {"checks", "self"}, "note": {"checks", "self"}, "_note": {"self"}, "_value": {"self"}}
"""Whose methods of that name are meant: others have one too."""
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|(mail|page|criteria)\..+|REQUIRED")
OF_LIMITS = {"limit", "current"}
"""What LimitReached always tells."""


@dataclass(frozen=True)
class Site:
    """A call that names a code: the codes it may give, or the expression that decides; the facts, or None for `**facts`."""

    module: str
    line: int
    codes: tuple[str, ...]
    computed: str | None
    facts: frozenset[str] | None


def sites(modules: Mapping[str, Path]) -> list[Site]:
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in modules.items()}
    calls = [(name, node) for name, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [site for name, call in calls if _tells(call) for site in _sites(name, call)]


def _tells(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in CODE_AT and call.func.id not in METHODS
    called_on = call.func.value if isinstance(call.func, ast.Attribute) else None
    named = called_on.id if isinstance(called_on, ast.Name) else ""
    return _name(call) in CODE_AT and _name(call) != "text" and named in METHODS.get(_name(call), {named})


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _sites(module: str, call: ast.Call) -> Iterator[Site]:
    at = CODE_AT[_name(call)]
    if len(call.args) > at:
        codes = tuple(_literals(call.args[at]))
        known = tuple(each for each in codes if CODE.fullmatch(each))
        if known or not codes:
            yield Site(module, call.lineno, known, None if codes else ast.unparse(call.args[at]), _facts(call))


def _literals(code: ast.expr) -> Iterator[str]:
    """The code itself, or the codes between which a condition decides."""
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        yield code.value
    elif isinstance(code, ast.IfExp):
        yield from (*_literals(code.body), *_literals(code.orelse))


def _facts(call: ast.Call) -> frozenset[str] | None:
    names = {each.arg for each in call.keywords}
    if _name(call) == "Problem":
        return _facts_of_problem(call.args[2:])
    if _name(call) in ("LimitReached", "only_once"):
        return frozenset(OF_LIMITS)
    return None if None in names else frozenset(filter(None, names))


def _facts_of_problem(rest: list[ast.expr]) -> frozenset[str] | None:
    """Of the pairs that are written out."""
    if not rest:
        return frozenset()
    pairs = rest[0].elts if isinstance(rest[0], ast.Tuple) else None
    names = [each.elts[0] for each in pairs or () if isinstance(each, ast.Tuple)]
    written = frozenset(each.value for each in names if isinstance(each, ast.Constant) and isinstance(each.value, str))
    return None if pairs is None else written
