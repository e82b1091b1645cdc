"""What cannot be meant, asked of every query: odd criteria, ids and numbers of nothing. Each is answered or refused in words;
none is a fault, and none leaves a trace."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from schema.schema import schema
from tests.acts import WHOLE_ALERT
from tests.path.asking import CANDIDACIES, ESTIMATE, LISTS, OFFERS, SUGGESTED, ask, codes
from tests.path.hostile import ENORMOUS, NO_IDS, UNFIT, hostile, places, replaced, shown
from tests.service import Data
from tests.snapshot import rows_of, written
from tests.world import World

CRITERIA: Data = WHOLE_ALERT["criteria"]
CANDIDACY_CRITERIA: Data = {
    "text": "infirmiere",
    "occupations": ["31"],
    "skills": ["patient-care"],
    "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 5}],
    "regions": ["06"],
    "workModes": ["ON_SITE"],
    "countriesOfResidence": ["MA"],
    "excluding": {"occupations": ["7"], "skills": ["welding-mig"], "countriesOfResidence": ["FR"]},
}


def odd_criteria(name: str, usual: Data) -> Iterator[tuple[str, Any]]:
    of = schema._schema.type_map[name]
    assert isinstance(of, GraphQLInputObjectType)
    for place in places(of, usual):
        for value in hostile(place):
            yield f"{place.path} {shown(value)}", replaced(usual, place.path, value)


@pytest.mark.parametrize(
    ("text", "role", "name", "usual"),
    [
        (OFFERS, "nobody", "JobOfferCriteria", CRITERIA),
        (CANDIDACIES, "member", "CandidacyCriteria", CANDIDACY_CRITERIA),
        (ESTIMATE, "candidate", "JobOfferCriteria", CRITERIA),
    ],
)
async def test_criteria_that_cannot_be_meant_are_refused(world: World, text: str, role: str, name: str, usual: Data) -> None:
    assert codes(await ask(world, role, text, criteria=usual)) == []
    found = []
    for what, criteria in odd_criteria(name, usual):
        told = codes(await ask(world, role, text, criteria=criteria))
        if set(told) not in ({"BAD_REQUEST"}, {"INVALID_INPUT"}):
            found.append(f"{what}: {told}")
    assert found == []


ODD_TEXTS = {
    "wildcards": ("a* " * 166, "INVALID_INPUT"),
    "one hundred words": ("soins nuit " * 45, None),
    "quotation marks": ('"' * 499, "INVALID_INPUT"),
    "an open quotation": ('soins "intensifs', None),
    "nested quotations": ('"soins "intensifs" nuit"', None),
    "parentheses": ("((((soins", None),
    "nothing but operators": ("OR AND - * || ( )", "INVALID_INPUT"),
    "dangling operators": ("OR soins OR", None),
    "stars": ("***", "INVALID_INPUT"),
    "a star inside": ("so*ns", None),
    "only exclusions": ("-soins -nuit", "INVALID_INPUT"),
    "the language of an engine": ("title:soins^2 ~nuit [a TO b] {x} \\ /re.*/ _exists_:x", None),
    "a script": ("<script>alert(1)</script>", None),
    "SQL": ("soins'; DROP TABLE candidacy; --", None),
    "the longest word": ("x" * 500, None),
    "one character more": ("x" * 501, "INVALID_INPUT"),
    "emoji": ("soins 👩🏽‍⚕️🧑‍🚀", None),
    "right to left": ("soins \u202eتمريض", None),
    "combining": ("e\u0301" * 200, None),
    "widths": ("ＮＵＲＳＥ ﬁn Ⅳ ²", None),
    "noncharacters": ("soins \ufffe\uffff\U0010ffff", None),
    "blank": (" \t\n ", None),
}


@pytest.mark.parametrize("what", ODD_TEXTS)
async def test_whatever_is_typed_in_a_search_box_is_searched_or_refused(world: World, what: str) -> None:
    typed, code = ODD_TEXTS[what]
    for text, role in (LISTS["jobOffers"], LISTS["candidacies"]):
        for order in ("RELEVANCE", "PUBLISHED_AT"):
            result = await ask(world, role, text, criteria={"text": typed}, order=order)
            assert codes(result) == ([code] if code else []), order


@pytest.mark.parametrize("what", ODD_TEXTS)
async def test_whatever_is_typed_suggests_something_nothing_or_is_refused(world: World, what: str) -> None:
    typed, _ = ODD_TEXTS[what]
    assert codes(await ask(world, "nobody", SUGGESTED, typed=typed[:200])) == []
    for unfit in (*UNFIT, *ENORMOUS):
        assert set(codes(await ask(world, "nobody", SUGGESTED, typed=unfit))) == {"INVALID_INPUT"}


EXTREMES: dict[str, Data] = {
    "the first day": {"publishedSince": "0001-01-01"},
    "the last day": {"publishedSince": "9999-12-31"},
    "no pay": {"minimumSalary": 0},
    "the highest pay": {"minimumSalary": 10_000_000},
    "everything of a list": {"regions": [f"{code:02}" for code in range(1, 18)] * 5},
}


@pytest.mark.parametrize("what", EXTREMES)
async def test_the_extremes_of_what_is_allowed_are_searched(world: World, what: str) -> None:
    for order in ("RELEVANCE", "PUBLISHED_AT", "SALARY"):
        assert codes(await ask(world, "nobody", OFFERS, criteria=EXTREMES[what], order=order)) == []
    days = [{"availableBefore": "0001-01-01"}, {"availableBefore": "9999-12-31", "minimumYearsOfExperience": 60}]
    for criteria in days:
        assert codes(await ask(world, "member", CANDIDACIES, criteria=criteria)) == []


@pytest.mark.parametrize("role", ["nobody", "candidate", "member", "agent"])
async def test_an_id_of_nothing_is_nothing(world: World, role: str) -> None:
    own = world.ids["published offer"]
    torn = [own[:-1], own + "A", own[1:], own.swapcase(), base64.b64encode(own.encode()).decode()]
    for typed in [*NO_IDS, *torn]:
        result = await ask(world, role, "query($id: ID!) { node(id: $id) { id } }", id=typed)
        assert (codes(result), result.data) == ([], {"node": None}), shown(typed)
    several = await ask(world, role, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[*NO_IDS, own])
    assert several.data["nodes"] == [None] * len(NO_IDS) + [{"id": own}]
    assert codes(await ask(world, role, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[own] * 101)) == ["INVALID_INPUT"]


NUMBERS = ["", " ", "-", "0000-0000", "ABCDEFGH", "２３４５－６７８９", "ß" * 8, "x" * 300, *UNFIT, *ENORMOUS]


async def test_a_number_of_nothing_is_nothing(world: World) -> None:
    before = await rows_of(world.service.resources.database)
    for typed in NUMBERS:
        offer = await ask(world, "nobody", "query($number: String!) { jobOffer(number: $number) { id } }", number=typed)
        assert (codes(offer), offer.data) == ([], {"jobOffer": None}), shown(typed)
        candidacy = await ask(world, "member", "query($number: String!) { candidacy(number: $number) { id } }", number=typed)
        assert codes(candidacy) in ([], ["INVALID_INPUT"]), shown(typed)
        assert candidacy.data == {"candidacy": None}
    assert written(before, await rows_of(world.service.resources.database)) == {}


async def test_a_purpose_that_cannot_be_kept_is_refused_and_no_consultation_recorded(world: World) -> None:
    text = "query($number: String!, $purpose: String) { candidacy(number: $number, purpose: $purpose) { id } }"
    number, before = world.numbers["published candidacy"], await rows_of(world.service.resources.database)
    for purpose in (*UNFIT, *ENORMOUS, "x" * 501, "two\nlines"):
        assert codes(await ask(world, "member", text, number=number, purpose=purpose)) == ["INVALID_INPUT"], shown(purpose)
    assert written(before, await rows_of(world.service.resources.database)) == {}
