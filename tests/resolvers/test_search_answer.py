"""What a search tells of its facets."""

from models.document import Kind
from models.facet import FacetName
from resolvers.search_answer import FacetCount, counted
from search.engine import Page

PAGE = Page([], 12, False, {"regions": {"06": 2, "03": 1, "17": 5, "01": 2, "02": 1, "05": 3}})
SELECTED = {FacetName.REGION: frozenset(("03",))}


def test_of_few_candidacies_neither_the_count_nor_the_order_tells_how_many_there_are() -> None:
    assert counted(PAGE, Kind.CANDIDACY, SELECTED) == {
        FacetName.REGION: [
            FacetCount("05", None, None, selected=False),
            FacetCount("17", None, None, selected=False),
            FacetCount("01", None, 3, selected=False),
            FacetCount("02", None, 3, selected=False),
            FacetCount("03", None, 3, selected=True),
            FacetCount("06", None, 3, selected=False),
        ]
    }


def test_where_no_count_is_too_small_all_are_told() -> None:
    page = Page([], 8, False, {"regions": {"06": 3, "17": 5}})
    told = counted(page, Kind.CANDIDACY, {})[FacetName.REGION]
    assert [(each.value, each.count, each.fewer_than) for each in told] == [("17", 5, None), ("06", 3, None)]


def test_of_offers_every_count_is_told() -> None:
    told = counted(PAGE, Kind.JOB_OFFER, SELECTED)[FacetName.REGION]
    assert [(each.value, each.count) for each in told] == [("17", 5), ("05", 3), ("01", 2), ("06", 2), ("02", 1), ("03", 1)]
    assert {each.fewer_than for each in told} == {None}


def test_of_the_values_that_are_selected_the_total_does_not_tell_how_many_a_small_one_has() -> None:
    """They add up to it, where a document has one value: 32 found, of which France has 30, would leave two for Senegal."""
    page = Page([], 32, False, {"country": {"FR": 30, "MA": 5, "SN": 2}})
    told = counted(page, Kind.CANDIDACY, {FacetName.COUNTRY: frozenset(("FR", "SN"))})[FacetName.COUNTRY]
    assert {each.value: (each.count, each.fewer_than) for each in told} == {
        "FR": (None, None),
        "MA": (None, None),
        "SN": (None, 3),
    }


def test_a_value_that_is_selected_and_finds_nothing_is_still_told() -> None:
    for kind in Kind:
        told = counted(Page([], 0, False, {"regions": {}}), kind, SELECTED)[FacetName.REGION]
        assert told == [FacetCount("03", 0, None, selected=True)]
