"""Facets: fields that are there to be counted, and the values that criteria have chosen of them."""

from dataclasses import replace

import pytest

from models.candidacy_criteria import CandidacyCriteria
from models.document import KEYWORDS, Kind
from models.facet import FACETS, FacetName, selected_values, widened
from models.job_offer_criteria import JobOfferCriteria
from models.profile import ContractType, Education, LanguageLevel, LanguageSkill, WorkMode


@pytest.mark.parametrize("kind", Kind)
def test_a_facet_counts_a_field_that_documents_of_the_kind_have(kind: Kind) -> None:
    assert set(FACETS[kind].values()) <= set(KEYWORDS[kind])


def test_every_facet_is_of_some_kind() -> None:
    assert {name for kind in Kind for name in FACETS[kind]} == set(FacetName)


def test_the_values_that_criteria_of_candidacies_ask_for_are_selected() -> None:
    level = LanguageLevel("fr", LanguageSkill.ORAL_PRODUCTION, 7)
    criteria = CandidacyCriteria(
        occupations=("3", "72106"),
        regions=("03",),
        work_modes=(WorkMode.REMOTE,),
        languages=(level,),
        countries_of_residence=("FR", "SN"),
    )
    assert selected_values(criteria) == {
        FacetName.OCCUPATION_GROUP: {"3", "72106"},
        FacetName.REGION: {"03"},
        FacetName.WORK_MODE: {"REMOTE"},
        FacetName.LANGUAGE: {"fr"},
        FacetName.COUNTRY: {"FR", "SN"},
    }


def test_the_values_that_criteria_of_job_offers_ask_for_are_selected() -> None:
    criteria = JobOfferCriteria(occupations=("3",), regions=("03", "06"), contract_types=(ContractType.CASUAL,))
    assert selected_values(criteria) == {
        FacetName.OCCUPATION_GROUP: {"3"},
        FacetName.REGION: {"03", "06"},
        FacetName.WORK_MODE: set(),
        FacetName.CONTRACT_TYPE: {"CASUAL"},
    }


def test_a_facet_is_widened_by_its_own_selection_alone() -> None:
    criteria = CandidacyCriteria(
        text="nurse", regions=("03",), countries_of_residence=("FR",), minimum_education=Education.BACHELOR
    )
    assert widened(criteria) == {
        FacetName.REGION: replace(criteria, regions=()),
        FacetName.COUNTRY: replace(criteria, countries_of_residence=()),
    }
    assert widened(JobOfferCriteria(text="nurse", minimum_salary=50_000)) == {}
