"""Inputs that nobody thought of, drawn from the types of the schema: kept whole and indexed, or refused with nothing written.
Never a fault of the service's, and never an answer that cannot be sent."""

from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.language import Language
from schema.schema import schema
from tests.acts import ACTS, MUTATIONS, document
from tests.path.asking import CANDIDACIES, ESTIMATE, OFFERS, ask, code_of, codes
from tests.real_parts import LONG
from tests.service import PASSWORD, Data
from tests.snapshot import ATTEMPTS, rows_of, written
from tests.world import World

EXAMPLES = 50 if LONG else 15
Strategy = st.SearchStrategy[Any]

USUAL = {
    "occupations": ("31301", "31", "7", "99999"),
    "occupation": ("31301", "21231", "313"),
    "skills": ("patient-care", "python", "no-such-skill"),
    "regions": ("01", "06", "17", "18"),
    "region": ("02", "0"),
    "language": ("fr", "en", "FR", "xx"),
    "countriesOfResidence": ("MA", "fr", "XX"),
    "countryOfResidence": ("MA", "FR", "CA"),
    "password": (PASSWORD,),
    "email": ("a@example.org", "é@é.example", "not an address"),
    "website": ("https://example.org", "http://[::1]", "https://ex\u2024ample.org"),
    "neq": ("1149999998", "١١٤٩٩٩٩٩٩٨"),
    "timeZone": ("America/Toronto", "Etc/GMT+12", "../UTC"),
    "text": ("infirmi* -nuit", '"soins de nuit" OR nurse', "(c++ | c#) -java"),
    "fileNumber": ("OK 1234-567", "LATER1234", "ﬁ123456"),
}
"""What some of the fields may well hold: what is only random is refused too soon."""
anything = st.text(alphabet=st.characters() | st.sampled_from('\x00\ud800\udfff\u202e\n*-"|()'), max_size=40)
BY_NAME: dict[str, Strategy] = {
    "String": anything | st.text(max_size=400),
    "ID": anything,
    "Int": st.integers(min_value=-3, max_value=70) | st.integers(min_value=-(2**31), max_value=2**31 - 1),
    "Float": st.floats(allow_nan=False, allow_infinity=False),
    "Boolean": st.booleans(),
    "Date": st.dates().map(str),
}


def values(of: GraphQLInputType, name: str = "") -> Strategy:
    """Values of a type, which the schema accepts and the service may refuse."""
    if isinstance(of, GraphQLNonNull):
        return _values(of.of_type, name)
    return st.none() | _values(get_nullable_type(of), name)


def _values(of: Any, name: str) -> Strategy:
    if isinstance(of, GraphQLList):
        return st.lists(values(of.of_type, name), max_size=4)
    if isinstance(of, GraphQLEnumType):
        return st.sampled_from(sorted(of.values))
    if isinstance(of, GraphQLInputObjectType):
        return inputs(of)
    drawn = BY_NAME[of.name]
    return st.sampled_from(USUAL[name]) | st.sampled_from(USUAL[name]) | drawn if name in USUAL else drawn


def inputs(of: GraphQLInputObjectType, without: frozenset[str] = frozenset()) -> Strategy:
    """Inputs with any of their optional fields."""
    fields = {name: each for name, each in of.fields.items() if name not in without}
    required = {name: values(each.type, name) for name, each in fields.items() if isinstance(each.type, GraphQLNonNull)}
    optional = {name: values(each.type, name) for name, each in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def entered_in(name: str) -> Strategy:
    of = get_named_type(MUTATIONS[name].args["input"].type)
    assert isinstance(of, GraphQLInputObjectType)
    return inputs(of, without=frozenset(("id", "version")))


async def tried(world: World, name: str, entered: Data) -> None:
    role, resources = ACTS[name].role, world.service.resources
    own = {field: value for field, value in ACTS[name].entered(world).items() if field == "id"}
    before = await rows_of(resources.database, apart_from=ATTEMPTS)
    result = await world.service.run(document(name), world.tokens[role], language=Language.FR, input={**entered, **own})
    orjson.dumps(result.data)
    assert [code_of(error) for error in result.errors or ()] in ([], ["BAD_REQUEST"])
    if result.errors or "code" in result.data[name]:
        assert written(before, await rows_of(resources.database, apart_from=ATTEMPTS)) == {}
    else:
        await world.service.work()


MAKING = ("createCandidacy", "createJobOffer", "createJobAlert")
CHANGING = ("reviseCandidacy", "reviseJobOffer", "reviseJobAlert")
REGISTERING = ("registerCandidate", "registerEmployer")
SETTINGS = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", [*CHANGING, *MAKING, *REGISTERING])
@SETTINGS
@given(data=st.data())
async def test_whatever_is_entered_is_kept_whole_or_refused(world: World, name: str, data: st.DataObject) -> None:
    await tried(world, name, data.draw(entered_in(name)))


SEARCHES = {
    "offers": (OFFERS, "nobody", "JobOfferCriteria"),
    "candidacies": (CANDIDACIES, "member", "CandidacyCriteria"),
    "an estimate": (ESTIMATE, "candidate", "JobOfferCriteria"),
}
CLEAR: list[list[str]] = [[], ["INVALID_INPUT"], ["TOO_BROAD"]]


@pytest.mark.parametrize("what", SEARCHES)
@SETTINGS
@given(data=st.data())
async def test_whatever_is_searched_for_is_found_or_refused(world: World, what: str, data: st.DataObject) -> None:
    text, role, name = SEARCHES[what]
    of = schema._schema.type_map[name]
    assert isinstance(of, GraphQLInputObjectType)
    assert codes(await ask(world, role, text, criteria=data.draw(inputs(of)))) in CLEAR
