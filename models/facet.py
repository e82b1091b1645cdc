"""Facets: the fields whose values a search counts, and where each is found in a document and in the criteria."""

import enum
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from models.candidacy_criteria import CandidacyCriteria
from models.document import Kind
from models.job_offer_criteria import JobOfferCriteria
from models.profile import LanguageLevel


class FacetName(enum.StrEnum):
    OCCUPATION_GROUP = "OCCUPATION_GROUP"
    REGION = "REGION"
    EDUCATION = "EDUCATION"
    EXPERIENCE = "EXPERIENCE"
    LANGUAGE = "LANGUAGE"
    WORK_MODE = "WORK_MODE"
    CONTRACT_TYPE = "CONTRACT_TYPE"
    COUNTRY = "COUNTRY"
    SALARY_BAND = "SALARY_BAND"


_SHARED = {
    FacetName.OCCUPATION_GROUP: "occupation_group",
    FacetName.REGION: "regions",
    FacetName.EDUCATION: "education",
    FacetName.EXPERIENCE: "experience",
    FacetName.LANGUAGE: "language",
    FacetName.WORK_MODE: "work_modes",
}
FACETS: Mapping[Kind, Mapping[FacetName, str]] = {
    Kind.CANDIDACY: {**_SHARED, FacetName.COUNTRY: "country"},
    Kind.JOB_OFFER: {**_SHARED, FacetName.CONTRACT_TYPE: "contract_type", FacetName.SALARY_BAND: "salary_band"},
}
"""The keyword field that each facet of a kind counts."""


_CHOSEN = {
    FacetName.OCCUPATION_GROUP: "occupations",
    FacetName.REGION: "regions",
    FacetName.WORK_MODE: "work_modes",
}
CHOSEN: Mapping[type[CandidacyCriteria | JobOfferCriteria], Mapping[FacetName, str]] = {
    CandidacyCriteria: {**_CHOSEN, FacetName.COUNTRY: "countries_of_residence", FacetName.LANGUAGE: "languages"},
    JobOfferCriteria: {**_CHOSEN, FacetName.CONTRACT_TYPE: "contract_types"},
}
"""The field of the criteria that chooses values of each facet. Of the others criteria set bounds, or say nothing."""
C = TypeVar("C", CandidacyCriteria, JobOfferCriteria)


def selected_values(criteria: CandidacyCriteria | JobOfferCriteria) -> Mapping[FacetName, frozenset[str]]:
    """The values of each facet that the criteria ask for."""
    chosen = CHOSEN[type(criteria)].items()
    return {name: frozenset(map(_value, getattr(criteria, field))) for name, field in chosen}


def _value(chosen: str | LanguageLevel) -> str:
    return chosen.language if isinstance(chosen, LanguageLevel) else chosen


def widened(criteria: C) -> Mapping[FacetName, C]:
    """For each facet of which values are selected, the criteria without that selection: its counts tell what another would
    find, or one more."""
    selected = [(name, field) for name, field in CHOSEN[type(criteria)].items() if getattr(criteria, field)]
    return {name: _without(criteria, field) for name, field in selected}


def _without(criteria: C, field: str) -> C:
    nothing: dict[str, Any] = {field: ()}
    return replace(criteria, **nothing)
