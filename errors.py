"""What the service refuses, as exceptions with stable codes, and what it puts off. Texts are chosen later, in the reader's
language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID


class Refused(Exception):
    """An expected refusal of a business act; `facts` fill the placeholders of its message."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotFound(Refused):
    """Unknown, or not the caller's: nobody can tell which."""


class NotEligible(Refused):
    """The rules of the service do not entitle this person or employer to the act."""


class NotAllowed(NotEligible):
    """The caller's role does not permit the act: not signed in, or signed in as somebody else."""


class Conflict(Refused):
    """The state does not allow the act, or another write came first."""

    def __init__(self, code: str, existing: tuple[str, UUID] | None = None, **facts: str) -> None:
        super().__init__(code, **facts)
        self.existing = existing


class LimitReached(Refused):
    """A limit of the service was reached; the figures say how far."""

    def __init__(self, code: str, limit: int, current: float | None = None, retry_after_seconds: int | None = None) -> None:
        super().__init__(code, limit=str(limit), current="" if current is None else f"{current:g}")
        self.limit = limit
        self.current = current
        self.retry_after_seconds = retry_after_seconds


class Unavailable(Refused):
    """A part the service depends on does not answer now. Nothing was lost; trying again later is right."""


class NotYet(Exception):
    """Owed work could not be done now. It is not a fault: it is tried again later, not before `after` when that is known. One
    that does not count was not even tried. The text is kept beside the work, and so names nobody."""

    def __init__(self, reason: str, after: timedelta | None = None, counts: bool = True) -> None:
        super().__init__(reason)
        self.after = after
        self.counts = counts


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field of an input; `path` is in the names of the API."""

    path: tuple[str, ...]
    code: str
    facts: tuple[tuple[str, str], ...] = ()


class Invalid(Refused):
    """The input cannot be right, whoever sends it. Lists every field at fault at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("INVALID_INPUT")
        self.problems = tuple(problems)
