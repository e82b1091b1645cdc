"""The whole schema: documented to its last argument, true to the written contract, and of one form in its mutations."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
)

from auth.permissions import ANYONE, OPERATIONS
from schema.schema import schema
from tests.acts import MUTATIONS, input_of
from tests.schema.contract_document import Types, acts_of, departures, lacking, success_of, types_of
from tests.source_tree import PROJECT

CONTRACT = PROJECT.parent / "shared" / "API.graphql"
WITHOUT_CONTRACT = "the written contract does not lie beside the project"
SCHEMA: GraphQLSchema = schema._schema
SDL = schema.as_str()

LATER = ""
"""What the contract promises and this release does not offer yet: nothing."""

DEPARTURES = ["Application.person: Person, not Person!"]
"""Decided in docs/adr/0020: it ends."""

LATER_ACTS = ""
"""The mutations that it promises and that are not offered yet: none."""


def undescribed(of: GraphQLSchema) -> Iterator[str]:
    """Types, fields, arguments and input fields that do not say what they are."""
    for name, each in of.type_map.items():
        if not name.startswith("__"):
            yield from () if each.description else (name,)
            yield from (f"{name}.{part}" for part in _undescribed_parts(each))


def _undescribed_parts(of: GraphQLNamedType) -> Iterator[str]:
    if isinstance(of, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        for name, field in of.fields.items():
            yield from () if field.description else (name,)
            arguments = field.args if isinstance(field, GraphQLField) else {}
            yield from (f"{name}({argument})" for argument, each in arguments.items() if not each.description)


def test_every_type_field_argument_and_input_says_what_it_is() -> None:
    assert list(undescribed(SCHEMA)) == []


def test_what_says_nothing_of_itself_is_found() -> None:
    small = build_schema(
        '"Asked." type Query { "A field." a("How." b: Int, c: Int): E d: Int } enum E { ONE } input I { f: Int }'
    )
    builtin = {"String", "Boolean", "Int", "Float", "ID"}
    assert set(undescribed(small)) - builtin == {"Query.a(c)", "Query.d", "E", "I", "I.f"}


@pytest.fixture
def contract() -> str:
    if not CONTRACT.is_file():
        pytest.skip(WITHOUT_CONTRACT)
    return Path(CONTRACT).read_text(encoding="utf-8")


def test_types_nullability_and_defaults_are_those_of_the_contract(contract: str) -> None:
    assert departures(types_of(SDL), types_of(contract)) == DEPARTURES


def test_nothing_is_lacking_but_what_is_not_offered_yet(contract: str) -> None:
    assert lacking(types_of(SDL), types_of(contract)) == set(LATER.split())


def test_mutations_take_and_give_what_the_contract_says(contract: str) -> None:
    ours = types_of(SDL)
    acts = acts_of(contract)
    assert {each.name for each in acts} - set(MUTATIONS) == set(LATER_ACTS.split())
    for act in acts:
        if act.name in MUTATIONS:
            success = success_of(ours[_title(act.name) + "Result"])
            assert act.success == success or act.success in interfaces_of(success), act.name
            assert set(act.fields) <= set(input_of(act.name)), act.name


def test_what_departs_is_found() -> None:
    theirs = types_of("""
        interface N { id: ID! }
        type A implements N { id: ID! f(a: Int = 1, b: Int): Int! g: Int old(c: Int): Int }
        enum E { ONE TWO }
        input I { x: String y: Int! }""")
    ours: Types = types_of("""
        interface N { id: ID! }
        type A { id: ID f(a: Int = 2, b: Int = null, c: Int!): Int new: Int g: [Int] }
        enum E { ONE THREE }
        input I { x: String! z: Int! }""")
    assert departures(ours, theirs) == [
        "A does not implement N",
        "A.id: ID, not ID!",
        "A.f: Int, not Int!",
        "A.f(a): Int = 2, not Int = 1",
        "A.f.c is demanded of clients that cannot know of it",
        "A.g: [Int], not Int",
        "E.THREE is in no contract",
        "I.x: String!, not String",
        "I.z is demanded of clients that cannot know of it",
    ]
    assert lacking(ours, theirs) == {"A.old", "E.TWO", "I.y"}


def interfaces_of(name: str) -> set[str]:
    """What an object is besides: an act on an account gives the type that the account has."""
    of = SCHEMA.type_map[name]
    return {each.name for each in of.interfaces} if isinstance(of, GraphQLObjectType) else set()


def _title(name: str) -> str:
    return name[0].upper() + name[1:]


def members_of(name: str) -> list[str]:
    """What a mutation can answer, the success first."""
    result = get_named_type(MUTATIONS[name].type)
    assert isinstance(result, GraphQLUnionType), name
    return [each.name for each in result.types]


TOKENS = {"token", "refreshToken"}
"""What is either ours or not: nothing in it can be mended by whoever sends it."""
CHOSEN = {"role"}
"""One of a few: whatever else is sent there is no operation."""


def refusals_due(name: str) -> set[str]:
    """The refusals that a mutation cannot do without, by what it takes and who may call it."""
    fields = input_of(name)
    ids = {field for field, of in fields.items() if of == "ID!"}
    due = {"NotFound"} if ids else set()
    due |= {"Conflict"} if fields.keys() & {"version", "idempotencyKey"} else set()
    due |= {"NotEligible"} if OPERATIONS["Mutation"][name] != ANYONE else set()
    due |= {"LimitReached"} if "password" in fields else set()
    return due | ({"InvalidInput"} if fields.keys() - ids - TOKENS - CHOSEN - {"version", "reports"} else set())


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_takes_its_input_and_answers_with_its_result(name: str) -> None:
    arguments = {argument: str(each.type) for argument, each in MUTATIONS[name].args.items()}
    assert arguments in ({}, {"input": f"{_title(name)}Input!"})
    assert str(MUTATIONS[name].type) == f"{_title(name)}Result!"


def implementations_of(name: str) -> set[str]:
    interface = SCHEMA.type_map[name]
    assert isinstance(interface, GraphQLInterfaceType)
    return {each.name for each in SCHEMA.get_implementations(interface).objects}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_result_holds_the_success_and_every_refusal_it_may_need(name: str) -> None:
    success, *others = members_of(name)
    known, accounts = implementations_of("Refusal"), implementations_of("Account")
    assert success not in known
    refusals = set(others) - accounts if success in accounts else set(others)
    assert refusals_due(name) <= refusals <= known


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_makes_something_takes_a_key_and_what_changes_something_a_version(name: str) -> None:
    fields, success = input_of(name), SCHEMA.type_map[members_of(name)[0]]
    assert isinstance(success, GraphQLObjectType)
    creates = ("requestContact", "applyToJobOffer", "reportJobOffer", "inviteMember")
    makes = name.startswith(("create", "register", "save")) or name in creates
    changes = "id" in fields and "version" in success.fields
    assert fields.get("idempotencyKey") == ("String" if makes else None)
    assert fields.get("version") == ("Int" if changes else None)
