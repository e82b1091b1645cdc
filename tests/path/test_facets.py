"""Facets of candidacies: a selection narrows all of them but its own, and says which values it is of, in the caller's words."""

from collections.abc import Mapping
from typing import Any

import pytest

from models.language import Language
from tests.conftest import Clock
from tests.path.candidate_file import candidate
from tests.path.test_visibility import member
from tests.service import Data, Service

FACETS = """query($criteria: CandidacyCriteria) { candidacies(criteria: $criteria) { totalCount
    facets { name values { value label count fewerThan selected } } } }"""
NURSE: Data = {
    "title": {"fr": "Infirmière"},
    "occupations": ["31301"],
    "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 9}],
    "education": "BACHELOR",
    "yearsOfExperience": 3,
    "workModes": ["ON_SITE"],
}
WELDER: Data = {
    "title": {"fr": "Soudeur"},
    "occupations": ["72106"],
    "languages": [{"language": "es", "skill": "ORAL_PRODUCTION", "level": 9}],
    "education": "VOCATIONAL",
    "yearsOfExperience": 12,
    "workModes": ["HYBRID"],
}
PUBLISHED = (("MA", NURSE, {"06": 4, "17": 3}), ("SN", WELDER, {"06": 3, "03": 3}))
"""Whose candidacies, what they say, and how many there are of each region: none so few that a count would not be told."""
LABELS: Mapping[Language, Mapping[str, list[str]]] = {
    Language.FR: {
        "OCCUPATION_GROUP": ["Métiers, transport et machinerie", "Soins de santé"],
        "REGION": ["Capitale-Nationale", "Centre-du-Québec", "Montréal"],
        "EDUCATION": ["Baccalauréat", "Diplôme d’études professionnelles"],
        "EXPERIENCE": ["10 ans ou plus", "De 2 à 4 ans"],
        "LANGUAGE": ["espagnol", "français"],
        "WORK_MODE": ["Hybride", "Sur place"],
        "COUNTRY": ["Maroc", "Sénégal"],
    },
    Language.EN: {
        "OCCUPATION_GROUP": ["Health care", "Trades, transport and machinery"],
        "REGION": ["Capitale-Nationale", "Centre-du-Québec", "Montréal"],
        "EDUCATION": ["Bachelor's degree", "Vocational diploma"],
        "EXPERIENCE": ["10 years or more", "2 to 4 years"],
        "LANGUAGE": ["French", "Spanish"],
        "WORK_MODE": ["Hybrid", "On site"],
        "COUNTRY": ["Morocco", "Senegal"],
    },
}


@pytest.fixture
async def token(service: Service, clock: Clock) -> str:
    """Of a member of an employer that may see all of those candidacies."""
    for country, profile, regions in PUBLISHED:
        person = await candidate(service, clock, f"{country.lower()}@example.org", countryOfResidence=country)
        for region in [region for region, count in regions.items() for _ in range(count)]:
            made = await person.act("createCandidacy", "... on Candidacy { id }", **profile, regions=[region])
            assert (await person.publish_again(made["id"])).startswith("20")
    await service.work()
    return await member(service)


async def facets(service: Service, token: str, language: Language = Language.EN, **criteria: Any) -> tuple[int, Data]:
    """How many are found, and the values of each facet in their order."""
    answer = (await service.ask(FACETS, token, language=language, criteria=criteria))["candidacies"]
    assert all(value["fewerThan"] is None for facet in answer["facets"] for value in facet["values"])
    return answer["totalCount"], {facet["name"]: facet["values"] for facet in answer["facets"]}


def counts(found: Data) -> dict[str, dict[str, int]]:
    return {name: {value["value"]: value["count"] for value in values} for name, values in found.items()}


def selected(found: Data) -> set[tuple[str, str]]:
    return {(name, value["value"]) for name, values in found.items() for value in values if value["selected"]}


def of_both(nurses: int, welders: int) -> dict[str, dict[str, int]]:
    """The counts of the facets by which the two kinds of candidacies differ, but the region."""
    return {
        "OCCUPATION_GROUP": {"3": nurses, "7": welders},
        "EDUCATION": {"BACHELOR": nurses, "VOCATIONAL": welders},
        "EXPERIENCE": {"2-4": nurses, "10+": welders},
        "LANGUAGE": {"fr": nurses, "es": welders},
        "WORK_MODE": {"ON_SITE": nurses, "HYBRID": welders},
        "COUNTRY": {"MA": nurses, "SN": welders},
    }


EVERY_REGION = {"06": 7, "03": 3, "17": 3}


async def test_without_a_selection_every_value_is_counted_and_none_is_selected(service: Service, token: str) -> None:
    total, found = await facets(service, token)
    assert (total, counts(found), selected(found)) == (13, {**of_both(7, 6), "REGION": EVERY_REGION}, set())


@pytest.mark.parametrize(
    ("regions", "nurses", "welders"),
    [(["06"], 4, 3), (["06", "03"], 4, 6), (["06", "17"], 7, 3)],
    ids=["one", "two", "two others"],
)
async def test_regions_that_are_selected_narrow_every_facet_but_their_own(
    service: Service, token: str, regions: list[str], nurses: int, welders: int
) -> None:
    total, found = await facets(service, token, regions=regions)
    assert total == nurses + welders
    assert counts(found) == {**of_both(nurses, welders), "REGION": EVERY_REGION}
    assert selected(found) == {("REGION", region) for region in regions}


async def test_of_two_facets_with_a_selection_each_is_narrowed_by_that_of_the_other(service: Service, token: str) -> None:
    total, found = await facets(service, token, regions=["06"], countriesOfResidence=["SN"])
    of_welders = {name: {value: count for value, count in each.items() if count} for name, each in of_both(0, 3).items()}
    assert total == 3
    assert counts(found) == {**of_welders, "COUNTRY": {"MA": 4, "SN": 3}, "REGION": {"06": 3, "03": 3}}
    assert selected(found) == {("REGION", "06"), ("COUNTRY", "SN")}


async def test_a_bound_selects_no_value_and_narrows_every_facet(service: Service, token: str) -> None:
    total, found = await facets(service, token, minimumYearsOfExperience=10, regions=["06"])
    assert (total, counts(found)["REGION"], selected(found)) == (3, {"06": 3, "03": 3}, {("REGION", "06")})
    assert counts(found)["EXPERIENCE"] == {"10+": 3}


@pytest.mark.parametrize("language", list(Language))
async def test_values_are_called_what_the_caller_calls_them(service: Service, token: str, language: Language) -> None:
    for criteria in ({}, {"regions": ["06"]}):
        _, found = await facets(service, token, language, **criteria)
        assert {name: sorted(value["label"] for value in values) for name, values in found.items()} == LABELS[language]
