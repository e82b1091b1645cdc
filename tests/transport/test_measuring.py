"""What an operation would cost: fields, multiplied by the lists they are in."""

from graphql import parse

from tests.transport.small_schema import schema
from transport import limits
from transport.measuring import LARGEST_PAGE, PAGED_FIELD, USUAL_LIST, Measurement


def cost(text: str, variables: dict[str, object] | None = None) -> int:
    return Measurement(schema._schema, parse(text), variables).heaviest().cost


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


def test_the_limits_are_far_above_what_the_largest_page_needs() -> None:
    text = "{ branch(first: 100) { edges { node { name twigs { name twigs { name } } } } } }"
    assert cost(text) < limits.COST / 2
