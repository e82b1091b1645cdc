"""How large a document may be, and that finding out is quick however large it is."""

import time

import pytest
from graphql import GraphQLError, get_introspection_query

from tests.transport.small_schema import schema
from transport.documents import Unfit, check

GRAPHQL = schema._schema


def refusal(text: str) -> str:
    """Why a document must not run; empty for one that may."""
    try:
        check(GRAPHQL, text)
    except Unfit as unfit:
        return unfit.errors[0].message
    except GraphQLError as error:
        return error.message
    return ""


def repeated(piece: str, times: int) -> str:
    return " ".join(piece.replace("#", str(number)) for number in range(times))


def doubling(levels: int, last: str) -> str:
    """Fragments that each spread the next one twice: two to the power of `levels` of the last one."""
    links = repeated("fragment F# on Query { ...F@ ...F@ }", levels)
    for number in range(levels):
        links = links.replace("F@", f"F{number + 1}", 2)
    return f"query {{ ...F0 }} {links} fragment F{levels} on Query {{ {last} }}"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{" + repeated("a#: hello", 51) + "}", "aliases"),
        ("{" + repeated("a#: hello", 21) + "}", "root fields"),
        ("{ hello " + repeated("@include(if: true)", 51) + "}", "directives"),
        (repeated("query Q# { hello }", 11), "operations"),
        ("{ leaves { " + repeated("name", 301) + " } }", "fields"),
        ("{ hello } " + repeated("fragment F# on Query { hello }", 51), "fragments"),
        ("{ leaves " + "{ twigs " * 16 + "{ name }" + "}" * 17, "levels"),
        ("query IntrospectionQuery { leaves " + "{ twigs " * 16 + "{ name }" + "}" * 17, "levels"),
        ("{ __schema { types { name } } " + repeated('a#: __type(name: "Query") { name }', 5) + "}", "introspections"),
        ("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", "introspection depth"),
        ("{ leaves(first: [" + "1 " * 5_000 + "]) { name } }", "tokens"),
        ("{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }", "within itself"),
        ("{" * 1_000, "Expected Name"),
        ("{ leaves(first: " + "[" * 5_000 + "]" * 5_000 + ") { name } }", "nested too deeply"),
    ],
)
def test_a_document_beyond_a_limit_is_told_which(text: str, named: str) -> None:
    assert named in refusal(text)


def test_a_document_at_every_limit_may_run() -> None:
    assert refusal("{" + repeated("a#: hello @include(if: true)", 20) + "}") == ""
    assert refusal("{ leaves " + "{ twigs " * 13 + "{ name }" + "}" * 14) == ""
    assert refusal("{ leaves { " + repeated("name", 299) + " } }") == ""


def test_the_introspection_of_the_usual_tools_may_run() -> None:
    assert (
        refusal(get_introspection_query(input_value_deprecation=True, specified_by_url=True, directive_is_repeatable=True)) == ""
    )


@pytest.mark.parametrize(
    "text",
    [
        doubling(40, "hello"),
        doubling(48, "leaves(first: 100) { name }"),
        "{" + repeated("a#: hello", 25_000) + "}",
        "{ leaves " + "{ twigs " * 150 + "{ name }" + "}" * 151,
        "{ leaves {" + repeated("...F#", 50) + "} }" + repeated("fragment F# on Leaf { name twigs { name } }", 50),
        "{ leaves {" + "name " * 2_000 + "} }",
        "query (" + repeated("$v#: Int", 900) + ") { hello }",
        "{ leaves(" + repeated("x#: 1", 900) + ") { name } }",
        "{" + repeated("unknown#", 290) + "}",
    ],
    ids=lambda text: text[:30],
)
def test_a_hostile_document_is_answered_at_once(text: str) -> None:
    began = time.process_time()
    refusal(text)
    assert time.process_time() - began < 5
