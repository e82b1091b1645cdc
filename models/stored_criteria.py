"""Criteria of offers as JSON, in the field names of the API, with the version of their meaning."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from models.criteria import CRITERIA_VERSION, CriteriaMode, Quantifier
from models.job_offer_criteria import JobOfferCriteria, JobOfferExclusion
from models.profile import ContractType, Education, LanguageLevel, LanguageSkill, WorkMode

Stored = dict[str, Any]
T = TypeVar("T")


def to_json(criteria: JobOfferCriteria) -> Stored:
    """What was asked, and nothing of what was left open."""
    asked = {
        "text": criteria.text,
        "occupations": list(criteria.occupations),
        "skills": list(criteria.skills),
        "skillsMatch": criteria.skills_match.value if criteria.skills else None,
        "regions": list(criteria.regions),
        "contractTypes": [each.value for each in criteria.contract_types],
        "workModes": [each.value for each in criteria.work_modes],
        "minimumSalary": criteria.minimum_salary,
        "maximumRequiredYears": criteria.maximum_required_years,
        "maximumRequiredEducation": criteria.maximum_required_education,
        "languagesAtMost": [
            {"language": each.language, "skill": each.skill.value, "level": each.level} for each in criteria.languages_at_most
        ],
        "acceptsOnlineApplications": criteria.accepts_online_applications,
        "publishedSince": criteria.published_since and criteria.published_since.isoformat(),
        "employers": [str(each) for each in criteria.employers],
        "excluding": _excluded(criteria.excluding),
        "mode": criteria.mode.value,
    }
    return {
        "version": CRITERIA_VERSION,
        **{name: value for name, value in asked.items() if value not in (None, [], {})},
    }


def _excluded(excluding: JobOfferExclusion) -> Stored:
    lists = {
        "occupations": list(excluding.occupations),
        "regions": list(excluding.regions),
        "employers": [str(each) for each in excluding.employers],
    }
    return {name: values for name, values in lists.items() if values}


def from_json(stored: Mapping[str, Any]) -> JobOfferCriteria:
    """The criteria as they were stored. Raises ValueError for a version that is not known here."""
    if stored.get("version", CRITERIA_VERSION) != CRITERIA_VERSION:
        raise ValueError(f"criteria of version {stored['version']} cannot be read")
    since, education = stored.get("publishedSince"), stored.get("maximumRequiredEducation")
    excluding = stored.get("excluding", {})
    return JobOfferCriteria(
        text=stored.get("text"),
        occupations=tuple(stored.get("occupations", ())),
        skills=tuple(stored.get("skills", ())),
        skills_match=Quantifier(stored.get("skillsMatch", Quantifier.ANY)),
        regions=tuple(stored.get("regions", ())),
        contract_types=_each(ContractType, stored.get("contractTypes", ())),
        work_modes=_each(WorkMode, stored.get("workModes", ())),
        minimum_salary=stored.get("minimumSalary"),
        maximum_required_years=stored.get("maximumRequiredYears"),
        maximum_required_education=education and Education(education),
        languages_at_most=_each(_level, stored.get("languagesAtMost", ())),
        accepts_online_applications=stored.get("acceptsOnlineApplications"),
        published_since=since and date.fromisoformat(since),
        employers=_each(UUID, stored.get("employers", ())),
        excluding=JobOfferExclusion(
            occupations=tuple(excluding.get("occupations", ())),
            regions=tuple(excluding.get("regions", ())),
            employers=_each(UUID, excluding.get("employers", ())),
        ),
        mode=CriteriaMode(stored.get("mode", CriteriaMode.WIDE)),
    )


def _each(make: Callable[[Any], T], values: Sequence[Any]) -> tuple[T, ...]:
    return tuple(make(value) for value in values)


def _level(stored: Mapping[str, Any]) -> LanguageLevel:
    return LanguageLevel(stored["language"], LanguageSkill(stored["skill"]), stored["level"])
