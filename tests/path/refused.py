"""Refused acts in a world where nothing of it is done: who tries what, and the refusal that comes of it. Not a test itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.acts import ACTS, input_of
from tests.service import Data
from tests.world import World

Changes = Callable[[World], Data]


@dataclass(frozen=True)
class Refused:
    """`changes` is what is unlike an input that would be accepted; `fields` are the paths at fault and their codes."""

    act: str
    role: str
    type: str
    code: str
    changes: Changes
    why: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.act, self.code, self.role, self.why)))

    def by(self, role: str) -> "Refused":
        """Tried by somebody else than who may do it."""
        return replace(self, role=role)

    def where(self, changes: Changes) -> "Refused":
        """With an input that depends on the world."""
        return replace(self, changes=changes)

    def of(self, fields: Mapping[str, str], /, **entered: Any) -> "Refused":
        """For those fields, with that entered as well."""
        return replace(self, fields=fields, changes=lambda world: {**self.changes(world), **entered})

    def entered(self, world: World) -> Data:
        return {**ACTS[self.act].entered(world), **self.changes(world)}


def refused(act: str, type: str, code: str, why: str = "", /, **entered: Any) -> Refused:
    """Tried by whoever may do the act."""
    return Refused(act, ACTS[act].role, type, code, lambda world: entered, why)


def not_eligible(act: str, code: str, why: str = "", /, **entered: Any) -> Refused:
    return refused(act, "NotEligible", code, why, **entered)


def invalid(act: str, fields: Mapping[str, str], /, **entered: Any) -> Refused:
    """With every field at fault and its code."""
    return replace(refused(act, "InvalidInput", "INVALID_INPUT", ", ".join(fields), **entered), fields=fields)


def on(act: str, type: str, code: str, what: str) -> Refused:
    """Tried on that object of the world, whatever its version."""
    if act.endswith("Employer"):
        return refused(act, type, code, what).where(lambda world: {"employerId": world.ids[what]})
    unversioned = {"version": None} if "version" in input_of(act) else {}
    return refused(act, type, code, what).where(lambda world: {"id": world.ids[what], **unversioned})


def conflict(act: str, code: str, what: str) -> Refused:
    return on(act, "Conflict", code, what)
