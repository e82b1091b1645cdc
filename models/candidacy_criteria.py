"""Criteria of candidacies: the same object for searching, for saved searches and for matching."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar

from models.clause import Clause, all_of, holds
from models.criteria import (
    CriteriaMode,
    Quantifier,
    among,
    at_least,
    each_of,
    none_of,
    text_clause,
    tolerant,
    within,
)
from models.document import Document, Kind
from models.profile import Education, LanguageLevel, WorkMode


@dataclass(frozen=True)
class CandidacyExclusion:
    occupations: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    countries_of_residence: tuple[str, ...] = ()


@dataclass(frozen=True)
class CandidacyCriteria:
    """Empty or None asks for nothing. `maximum_salary` is in dollars a year and met by a profile that asks no more."""

    kind: ClassVar = Kind.CANDIDACY

    text: str | None = None
    occupations: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    skills_match: Quantifier = Quantifier.ANY
    languages: tuple[LanguageLevel, ...] = ()
    minimum_education: Education | None = None
    minimum_years_of_experience: int | None = None
    maximum_years_of_experience: int | None = None
    regions: tuple[str, ...] = ()
    work_modes: tuple[WorkMode, ...] = ()
    available_before: date | None = None
    countries_of_residence: tuple[str, ...] = ()
    maximum_salary: int | None = None
    excluding: CandidacyExclusion = field(default_factory=CandidacyExclusion)
    mode: CriteriaMode = CriteriaMode.WIDE

    def matches(self, document: Document) -> bool:
        """The specification: whether a search with these criteria finds the candidacy and a saved one tells of it."""
        return holds(self.clause, document)

    @cached_property
    def clause(self) -> Clause:
        return all_of((text_clause(self.text), *self._profile(), *self._wishes(), *self._exclusions()))

    def _profile(self) -> tuple[Clause, ...]:
        skills = each_of("skills", self.skills) if self.skills_match is Quantifier.ALL else among("skills", self.skills)
        education = self.minimum_education
        return (
            among("occupations", self.occupations),
            tolerant(self.mode, "skills", skills),
            *(tolerant(self.mode, "languages", at_least(level)) for level in self.languages),
            within("education_rank", least=None if education is None else education.rank),
            within("years", self.minimum_years_of_experience, self.maximum_years_of_experience),
            among("country", self.countries_of_residence),
        )

    def _wishes(self) -> tuple[Clause, ...]:
        before = self.available_before
        available = within("available_from", most=None if before is None else before.toordinal())
        return (
            tolerant(self.mode, "regions", among("regions", self.regions)),
            tolerant(self.mode, "work_modes", among("work_modes", self.work_modes)),
            tolerant(self.mode, "available_from", available),
            tolerant(self.mode, "minimum_salary", within("minimum_salary", most=self.maximum_salary)),
        )

    def _exclusions(self) -> tuple[Clause, ...]:
        return (
            none_of("occupations", self.excluding.occupations),
            none_of("skills", self.excluding.skills),
            none_of("country", self.excluding.countries_of_residence),
        )
