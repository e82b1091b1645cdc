"""One line of an import as it was understood: whose it is, under which id of its owner's own, and what it says."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from commands.import_fields import Fields
from errors import Refused
from models.account import normal_email
from models.checks import NAME, Checks
from resolvers.account import check_email


class Content(Protocol):
    """What a line says of the thing itself."""

    def check(self) -> None:
        """Raises Invalid, with every field at fault."""


T = TypeVar("T", bound=Content)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """`owner` is the e-mail address of whoever it is taken in for. What is not to be published stays a draft."""

    number: int
    owner: str
    external_id: str
    publish: bool
    content: T

    @property
    def key(self) -> tuple[str, str]:
        return self.owner, self.external_id


class Outcome(enum.StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


Outcomes = Mapping[int, Outcome | Refused]
"""By the number of the line."""


class Intake(Protocol[T]):
    """Takes in entries of one kind."""

    @property
    def owner(self) -> str:
        """The field that names the owner."""

    def read(self, fields: Fields) -> T:
        """Everything but whose it is, its external id and whether to publish it."""

    async def take(self, session: AsyncSession, entries: Sequence[Entry[T]]) -> Outcomes:
        """Keeps those that can be kept. No two of the entries have one key."""


def read_entry(number: int, given: Mapping[str, Any], intake: Intake[T], owner: str | None) -> Entry[T]:
    """Raises Invalid: with every field of a wrong name or type, else with every one of a wrong value. `owner` is for lines
    that do not name one."""
    checks = Checks()
    fields = Fields(given, checks)
    email = normal_email(fields.text(intake.owner) or owner or "")
    external_id = fields.text("externalId", required=True) or ""
    publish = fields.yes("publish", default=True)
    content = intake.read(fields)
    fields.done()
    checks.done()
    _check_key(checks, intake.owner, email, external_id)
    content.check()
    return Entry(number, email, external_id, publish, content)


def _check_key(checks: Checks, owner: str, email: str, external_id: str) -> None:
    checks.require(owner, email)
    if email:
        check_email(checks, owner, email)
    checks.line("externalId", external_id, NAME, required=True)
    checks.done()
