"""What the generator makes, in the field names of the API. Nothing is stored or checked here."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.language import LocalizedText
from models.profile import ContractType, Education, LanguageSkill, WorkMode
from models.salary import SalaryPeriod

Level = tuple[str, LanguageSkill, int]
"""Language code, skill, level of 1 to 12."""
CriteriaValue = str | int | bool | list[str] | list[dict[str, str | int]] | dict[str, list[str]]


@dataclass(frozen=True)
class SyntheticPerson:
    given_name: str
    family_name: str
    country_of_residence: str


@dataclass(frozen=True)
class SyntheticCandidacy:
    """`available_from_days` counts from today; `minimum_salary` is Canadian dollars a year."""

    external_id: str
    person: SyntheticPerson
    title: LocalizedText
    summary: LocalizedText
    experience: LocalizedText
    occupations: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[Level, ...]
    education: Education
    years_of_experience: int
    regions: tuple[str, ...]
    available_from_days: int | None
    work_modes: tuple[WorkMode, ...]
    minimum_salary: int | None


@dataclass(frozen=True)
class SyntheticEmployer:
    """One of the few hundred that offers name; the same for every seed."""

    external_id: str
    name: str
    region: str
    city: str


@dataclass(frozen=True)
class SyntheticJobOffer:
    """`salary` is (minimum, maximum, period) in Canadian dollars. `how_to_apply` is there when applying online is not."""

    external_id: str
    employer: SyntheticEmployer
    title: LocalizedText
    description: LocalizedText
    occupation: str
    skills: tuple[str, ...]
    region: str
    city: str
    contract_type: ContractType
    work_mode: WorkMode
    hours_per_week: float
    salary: tuple[int, int, SalaryPeriod] | None
    openings: int
    education: Education
    years_of_experience: int
    languages: tuple[Level, ...]
    accepts_online_applications: bool
    how_to_apply: LocalizedText | None


@dataclass(frozen=True)
class SyntheticJobAlert:
    """`criteria` has the field names of JobOfferCriteria; `frequency` is LIVE, DAILY or WEEKLY."""

    external_id: str
    name: str
    frequency: str
    criteria: Mapping[str, CriteriaValue]
