"""One line of the tables that say what criteria mean, in the values of rows: nothing here is derived from a clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from models.candidacy_criteria import CandidacyCriteria
from models.criteria import CriteriaMode
from models.job_offer_criteria import JobOfferCriteria

Criteria = TypeVar("Criteria", CandidacyCriteria, JobOfferCriteria)
Row = Mapping[str, Any]
"""What a row has of its own; the rest is that of the plain row of its kind."""


@dataclass(frozen=True)
class Case(Generic[Criteria]):
    """Criteria, a row that meets them in either mode, one that misses them in either mode, and one that says nothing of
    what is asked, where a row can be silent on it."""

    name: str
    criteria: Criteria
    meets: Row
    misses: Row
    silent: Row | None = None

    @property
    def rows(self) -> list[Row]:
        return [row for row in (self.meets, self.misses, self.silent) if row is not None]

    def verdicts(self, mode: CriteriaMode) -> list[bool]:
        """Of each of the rows, whether it meets the criteria in that mode."""
        return [True, False, mode is CriteriaMode.WIDE][: len(self.rows)]


def unasked(cases: Iterable[Case[Criteria]], nothing: Criteria) -> set[str]:
    """The names of what no case asks for, given criteria that ask for nothing."""
    default = _flat(nothing)
    asked = {name for case in cases for name, value in _flat(case.criteria).items() if value != default[name]}
    return default.keys() - asked - {"mode"}


def _flat(criteria: CandidacyCriteria | JobOfferCriteria) -> dict[str, Any]:
    """Everything that can be asked for; `excluding.skills` is that of the exclusion."""
    parts = {"": criteria, "excluding.": criteria.excluding}
    flat = {prefix + field.name: getattr(part, field.name) for prefix, part in parts.items() for field in fields(part)}
    del flat["excluding"]
    return flat
