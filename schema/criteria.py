"""Criteria as clients write them, and what is read from them."""

from dataclasses import replace
from datetime import date
from itertools import islice
from uuid import UUID

import strawberry

from errors import Invalid, Problem
from models import criteria
from models.candidacy_criteria import CandidacyCriteria, CandidacyExclusion
from models.checks import CODES, shown
from models.job_offer_criteria import JobOfferCriteria, JobOfferExclusion
from models.profile import ContractType, Education, WorkMode
from resolvers.visibility import NOTHING, Familiar
from schema.codes import LanguageLevelInput
from schema.drafts import changes
from schema.node import find_key

strawberry.enum(criteria.Quantifier, description="Whether one of several values is enough.")
strawberry.enum(
    criteria.CriteriaMode,
    description="WIDE lets a document pass on what it does not say; STRICT demands that it says so.",
)
TEXT = (
    'Words are ANDed; "a phrase", -excluded, -(each of these), OR, prefix*; or a public number. '
    "In French and English at once; at most 500 characters and 50 words."
)


@strawberry.input(name="CandidacyExclusion", description="What a candidacy must not have.")
class CandidacyExclusionInput:
    occupations: list[str] | None = strawberry.field(default=None, description="Codes of occupations or of their groups.")
    skills: list[str] | None = strawberry.field(default=None, description="Codes of skills.")
    countries_of_residence: list[str] | None = strawberry.field(default=None, description="Codes of countries.")
    already_consulted: bool | None = strawberry.field(
        default=False, description="What the caller's employer has opened before: the 2,000 that it opened last."
    )
    already_contacted: bool | None = strawberry.field(
        default=False, description="Whom the caller's employer has asked to be in touch: the 2,000 that it asked last."
    )

    def read(self) -> CandidacyExclusion:
        return CandidacyExclusion(**changes(self, CandidacyExclusion))


@strawberry.input(
    name="CandidacyCriteria",
    description="What candidacies are wanted. Several values of one list: any of them. Different criteria: all of them.",
)
class CandidacyCriteriaInput:
    text: str | None = strawberry.field(default=None, description=TEXT)
    occupations: list[str] | None = strawberry.field(default=None, description="Codes of occupations or of their groups.")
    skills: list[str] | None = strawberry.field(default=None, description="Codes of skills.")
    skills_match: criteria.Quantifier | None = strawberry.field(
        default=criteria.Quantifier.ANY, description="Any of the skills, or all."
    )
    languages: list[LanguageLevelInput] | None = strawberry.field(default=None, description="Least levels, all of them.")
    minimum_education: Education | None = strawberry.field(default=None, description="Least level.")
    minimum_years_of_experience: int | None = strawberry.field(default=None, description="Least years.")
    maximum_years_of_experience: int | None = strawberry.field(default=None, description="Most years.")
    regions: list[str] | None = strawberry.field(default=None, description="Codes 01 to 17.")
    work_modes: list[WorkMode] | None = strawberry.field(default=None, description="Ways of working.")
    available_before: date | None = strawberry.field(default=None, description="Latest first day of work.")
    countries_of_residence: list[str] | None = strawberry.field(default=None, description="Codes of countries.")
    maximum_salary: int | None = strawberry.field(default=None, description="Most pay offered, in dollars a year.")
    excluding: CandidacyExclusionInput | None = strawberry.field(default=None, description="What is not wanted.")
    mode: criteria.CriteriaMode | None = strawberry.field(
        default=criteria.CriteriaMode.WIDE, description="What becomes of what is not said."
    )

    @property
    def without(self) -> Familiar:
        """What the caller's employer knows already and leaves out: no property of a candidacy, and so none of its criteria."""
        if self.excluding is None:
            return NOTHING
        return Familiar(bool(self.excluding.already_consulted), bool(self.excluding.already_contacted))

    def read(self) -> CandidacyCriteria:
        read = CandidacyCriteria(**changes(self, CandidacyCriteria))
        return replace(read, countries_of_residence=tuple(map(str.upper, read.countries_of_residence)))


@strawberry.input(name="JobOfferExclusion", description="What an offer must not have.")
class JobOfferExclusionInput:
    occupations: list[str] | None = strawberry.field(default=None, description="Codes of occupations or of their groups.")
    regions: list[str] | None = strawberry.field(default=None, description="Codes 01 to 17.")
    employers: list[strawberry.ID] | None = strawberry.field(default=None, description="Ids of employers.")

    def read(self) -> JobOfferExclusion:
        read = JobOfferExclusion(**changes(self, JobOfferExclusion))
        return replace(read, employers=_employers(self.employers, "criteria", "excluding", "employers"))


@strawberry.input(
    name="JobOfferCriteria",
    description="What offers are wanted. Several values of one list: any of them. Different criteria: all of them.",
)
class JobOfferCriteriaInput:
    text: str | None = strawberry.field(default=None, description=TEXT)
    occupations: list[str] | None = strawberry.field(default=None, description="Codes of occupations or of their groups.")
    skills: list[str] | None = strawberry.field(default=None, description="Codes of skills.")
    skills_match: criteria.Quantifier | None = strawberry.field(
        default=criteria.Quantifier.ANY, description="Any of the skills, or all."
    )
    regions: list[str] | None = strawberry.field(default=None, description="Codes 01 to 17.")
    contract_types: list[ContractType] | None = strawberry.field(default=None, description="Kinds of contract.")
    work_modes: list[WorkMode] | None = strawberry.field(default=None, description="Ways of working.")
    minimum_salary: int | None = strawberry.field(default=None, description="Least pay, in dollars a year.")
    maximum_required_years: int | None = strawberry.field(default=None, description="Most years asked for.")
    maximum_required_education: Education | None = strawberry.field(default=None, description="Highest level asked for.")
    languages_at_most: list[LanguageLevelInput] | None = strawberry.field(
        default=None, description="Levels that the offer must not go beyond, all of them."
    )
    accepts_online_applications: bool | None = strawberry.field(default=None, description="Whether one can apply here.")
    published_since: date | None = strawberry.field(default=None, description="First day of publication.")
    employers: list[strawberry.ID] | None = strawberry.field(default=None, description="Ids of employers.")
    excluding: JobOfferExclusionInput | None = strawberry.field(default=None, description="What is not wanted.")
    mode: criteria.CriteriaMode | None = strawberry.field(
        default=criteria.CriteriaMode.WIDE, description="What becomes of what is not said."
    )

    def read(self) -> JobOfferCriteria:
        employers = _employers(self.employers, "criteria", "employers")
        return replace(JobOfferCriteria(**changes(self, JobOfferCriteria)), employers=employers)


def _employers(ids: list[strawberry.ID] | None, *path: str) -> tuple[UUID, ...]:
    """Raises Invalid for what is no id of an employer. Whether there is one of that id is not asked: it finds nothing."""
    keys = [(each, find_key(each, "Employer")) for each in ids or ()]
    unknown = dict.fromkeys(each for each, key in keys if key is None)
    if unknown:
        raise Invalid([Problem(path, "UNKNOWN_CODE", (("value", shown(each)),)) for each in islice(unknown, CODES)])
    return tuple(key for _, key in keys if key is not None)
