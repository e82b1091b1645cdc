"""What an operation would cost: fields, multiplied by the lists they are in, and more where one asks the database."""

from collections.abc import Iterator
from inspect import iscoroutinefunction, unwrap
from typing import Any

import pytest
import strawberry
from graphql import GraphQLObjectType, parse
from strawberry.types.base import StrawberryObjectDefinition

from schema.schema import schema as service_schema
from tests.transport.small_schema import schema
from transport import limits
from transport.measuring import DEAR_FIELDS, LARGEST_PAGE, PAGED_FIELD, SIZING_ARGUMENTS, USUAL_LIST, Measurement


def cost(text: str, variables: dict[str, object] | None = None, of: strawberry.Schema = schema) -> int:
    return Measurement(of._schema, parse(text), variables).heaviest().cost


def test_a_list_multiplies_what_is_inside_it() -> None:
    assert cost("{ hello }") == 1
    assert cost("{ leaves(first: 3) { name } }") == PAGED_FIELD + 3 * 2
    assert cost("{ leaves { name } }") == PAGED_FIELD + 10 * 2
    assert cost("{ leaves(first: 3) { twigs { name } } }") == PAGED_FIELD + 3 * (1 + 1 + USUAL_LIST * 2)


def test_a_connection_multiplies_its_edges_and_nothing_beside_them() -> None:
    connection = "fragment C on LeafConnection { edges { node { name } } }"
    assert cost("{ branch(first: 3) { edges { node { name } } } }") == PAGED_FIELD + 1 + 3 * 3
    assert cost("{ branch { edges { node { name } } } }") == PAGED_FIELD + 1 + 20 * 3
    assert cost("{ branch(first: 3) { ...C } } " + connection) == PAGED_FIELD + 1 + 3 * 3


def test_a_size_is_taken_from_its_variable_and_as_the_largest_page_while_that_is_unknown() -> None:
    text = "query ($n: Int! = 7) { leaves(first: $n) { name } }"
    assert cost(text) == PAGED_FIELD + LARGEST_PAGE * 2
    assert cost(text, {"n": 2}) == PAGED_FIELD + 2 * 2
    assert cost(text, {}) == PAGED_FIELD + 7 * 2
    assert cost(text, {"n": "many"}) == PAGED_FIELD + LARGEST_PAGE * 2
    assert cost("{ leaves(first: -5) { name } }") == PAGED_FIELD + 2
    assert cost("{ leaves(first: 99999999999999999999) { name } }") == PAGED_FIELD + LARGEST_PAGE * 2


@pytest.mark.parametrize("other", ["query B($n: Int = 1) { hello }", "query B($n: Int) { hello }"])
def test_a_default_of_another_operation_makes_none_cheaper(other: str) -> None:
    first = "query A($n: Int = 90) { leaves(first: $n) { name } }"
    without = first.replace(" = 90", "")
    for text in (f"{first} {other}", f"{other} {first}"):
        assert cost(text, {}) >= cost(first, {})
    for text in (f"{without} {other}", f"{other} {without}"):
        assert cost(text, {}) == cost(without, {})


def test_a_fragment_costs_the_dearest_operation_that_spreads_it() -> None:
    fragment = "fragment F on Query { leaves(first: $n) { name } }"
    text = f"query A($n: Int = 90) {{ ...F }} query B($n: Int = 1) {{ ...F }} {fragment}"
    assert cost(text, {}) == cost("{ leaves(first: 90) { name } }")


def resolved_alone() -> Iterator[str]:
    """The fields of objects that wait for something of their own, without a size that counts it."""
    for name, each in service_schema._schema.type_map.items():
        definition = service_schema.get_type_by_name(name)
        if isinstance(each, GraphQLObjectType) and isinstance(definition, StrawberryObjectDefinition):
            for field in definition.fields:
                resolver: Any = field.base_resolver and field.base_resolver.wrapped_func
                sized = any(argument.python_name in SIZING_ARGUMENTS for argument in field.arguments)
                if iscoroutinefunction(unwrap(resolver)) and not sized:
                    yield f"{name}.{service_schema.config.name_converter.get_graphql_name(field)}"


def test_what_every_object_waits_for_by_itself_is_dear() -> None:
    """Fields of the roots are few: only those are dear that may be asked for by many ids."""
    below = {each for each in DEAR_FIELDS if not each.startswith("Query.")}
    assert below == {each for each in resolved_alone() if not each.startswith(("Query.", "Mutation.", "Subscription."))}


def test_asking_the_database_for_each_object_of_a_page_is_refused_before_it_begins() -> None:
    page = "jobOffers(first: 100) { edges { node { history { at } employer { members { name } } } } }"
    ids = ", ".join(f'"{number}"' for number in range(100))
    nodes = f"nodes(ids: [{ids}]) {{ __typename }}"
    for piece, allowed in ((page, 1), (nodes, 3)):
        asked = ["{" + " ".join(f"a{number}: {piece}" for number in range(times)) + "}" for times in (allowed, allowed + 1)]
        assert cost(asked[0], of=service_schema) <= limits.COST < cost(asked[1], of=service_schema)


def test_a_search_for_each_object_of_a_page_is_refused_before_it_begins() -> None:
    offers = "{{ jobOffers(first: {}) {{ edges {{ node {{ recommendedCandidacies(first: 1) {{ cursor }} }} }} }} }}"
    assert cost(offers.format(30), of=service_schema) <= limits.COST < cost(offers.format(40), of=service_schema)


def test_the_limits_are_above_what_the_largest_page_needs() -> None:
    text = "{ branch(first: 100) { edges { node { name twigs { name twigs { name } } } } } }"
    assert cost(text) < limits.COST / 2
    highlights = "highlights { field language fragments { text marked } }"
    offer = (
        "id number title { fr en } description { fr en } skills { code label } employer { id name } salary { minimum maximum }"
    )
    assert cost(f"{{ jobOffers(first: 100) {{ edges {{ {highlights} node {{ {offer} }} }} }} }}", of=service_schema) < limits.COST
