"""Facets: the fields whose values a search counts, and where each is found in a document and in the criteria."""

import enum
from collections.abc import Mapping

from models.candidacy_criteria import CandidacyCriteria
from models.document import Kind
from models.job_offer_criteria import JobOfferCriteria


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


def selected_values(criteria: CandidacyCriteria | JobOfferCriteria) -> Mapping[FacetName, frozenset[str]]:
    """The values of each facet that the criteria ask for."""
    chosen: dict[FacetName, frozenset[str]] = {
        FacetName.OCCUPATION_GROUP: frozenset(criteria.occupations),
        FacetName.REGION: frozenset(criteria.regions),
        FacetName.WORK_MODE: frozenset(criteria.work_modes),
    }
    if isinstance(criteria, CandidacyCriteria):
        chosen[FacetName.COUNTRY] = frozenset(criteria.countries_of_residence)
        chosen[FacetName.LANGUAGE] = frozenset(level.language for level in criteria.languages)
    else:
        chosen[FacetName.CONTRACT_TYPE] = frozenset(criteria.contract_types)
    return chosen
