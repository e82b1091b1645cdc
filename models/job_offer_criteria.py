"""Criteria of job offers: the same object for searching, for alerts and for matching, storable as JSON."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar
from uuid import UUID

from models.clause import Clause, all_of, holds
from models.criteria import (
    CriteriaMode,
    Quantifier,
    among,
    at_most,
    each_of,
    none_of,
    text_clause,
    tolerant,
    within,
)
from models.document import Document, Kind
from models.profile import ContractType, Education, LanguageLevel, WorkMode


@dataclass(frozen=True)
class JobOfferExclusion:
    occupations: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    employers: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class JobOfferCriteria:
    """Empty or None asks for nothing. `minimum_salary` is in dollars a year and met by an offer whose pay may reach it."""

    kind: ClassVar = Kind.JOB_OFFER

    text: str | None = None
    occupations: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    skills_match: Quantifier = Quantifier.ANY
    regions: tuple[str, ...] = ()
    contract_types: tuple[ContractType, ...] = ()
    work_modes: tuple[WorkMode, ...] = ()
    minimum_salary: int | None = None
    maximum_required_years: int | None = None
    maximum_required_education: Education | None = None
    languages_at_most: tuple[LanguageLevel, ...] = ()
    accepts_online_applications: bool | None = None
    published_since: date | None = None
    employers: tuple[UUID, ...] = ()
    excluding: JobOfferExclusion = field(default_factory=JobOfferExclusion)
    mode: CriteriaMode = CriteriaMode.WIDE

    def matches(self, document: Document) -> bool:
        """The specification: whether a search with these criteria finds the offer and an alert with them fires."""
        return holds(self.clause, document)

    @cached_property
    def clause(self) -> Clause:
        return all_of((text_clause(self.text), *self._kind_of_work(), *self._conditions(), *self._exclusions()))

    def _kind_of_work(self) -> tuple[Clause, ...]:
        skills = each_of("skills", self.skills) if self.skills_match is Quantifier.ALL else among("skills", self.skills)
        return (
            among("occupations", self.occupations),
            tolerant(self.mode, "skills", skills),
            among("regions", self.regions),
            among("contract_type", self.contract_types),
            among("work_modes", self.work_modes),
            among("employer", [str(each) for each in self.employers]),
        )

    def _conditions(self) -> tuple[Clause, ...]:
        education = self.maximum_required_education
        online = self.accepts_online_applications
        since = self.published_since
        return (
            tolerant(self.mode, "annual_maximum", within("annual_maximum", least=self.minimum_salary)),
            within("years", most=self.maximum_required_years),
            within("education_rank", most=None if education is None else education.rank),
            *(at_most(level, self.mode) for level in self.languages_at_most),
            among("online", [] if online is None else ["yes" if online else "no"]),
            within("published_on", least=None if since is None else since.toordinal()),
        )

    def _exclusions(self) -> tuple[Clause, ...]:
        return (
            none_of("occupations", self.excluding.occupations),
            none_of("regions", self.excluding.regions),
            none_of("employer", [str(each) for each in self.excluding.employers]),
        )
