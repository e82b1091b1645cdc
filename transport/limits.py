"""How large a GraphQL document may be, so that no request is dear to parse, to validate or to run. Each limit is far above
what the clients of this API need, and refuses in one pass."""

from collections import Counter
from collections.abc import Iterator

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
)

from transport.measuring import Measurement, Variables

TOKENS = 4_000
"""Parsing takes about 10 µs a token. The introspection query of the usual tools has 400."""
OPERATIONS = 10
"""Only one of them runs, but all are validated."""
FRAGMENTS = 50
FIELDS = 300
"""As they are written. Checking that fields of one name can be merged takes the square of them."""
ALIASES = 50
DIRECTIVES = 50
INTROSPECTIONS = 5
"""Each may read the whole schema."""
ROOT_FIELDS = 20
"""Each may be a search of its own."""
DEPTH = 15
"""From the account to the skills of an offer of an employer of a match of an alert there are 13."""
COST = 40_000
"""Fields resolved, at 10 to 40 µs each. A page of 100 offers with their highlights is taken for 31,000."""

WRITTEN = {
    "operations": OPERATIONS,
    "fragments": FRAGMENTS,
    "fields": FIELDS,
    "aliases": ALIASES,
    "directives": DIRECTIVES,
    "introspections": INTROSPECTIONS,
}


def faults(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    """What a document has too much of, whatever its variables are; empty for one that may go on to validation."""
    if found := list(_written_too_much(document)):
        return found
    try:
        measured = Measurement(schema, document).heaviest()
    except RecursionError:
        return [_refusal("fragments that lead too deep")]
    if measured.depth > DEPTH:
        return [_refusal(f"{measured.depth} levels of fields, where at most {DEPTH} are allowed")]
    if measured.width > ROOT_FIELDS:
        return [_refusal(f"{measured.width} root fields, where at most {ROOT_FIELDS} are allowed")]
    return []


def cost(schema: GraphQLSchema, document: DocumentNode, variables: Variables | None = None) -> int:
    """What the dearest operation costs; at worst, where no variables are given."""
    return Measurement(schema, document, variables).heaviest().cost


def too_dear(found: int) -> GraphQLError:
    return _refusal(f"a cost of {found}, where at most {COST} is allowed: ask for fewer items or fewer lists within lists")


def _written_too_much(document: DocumentNode) -> Iterator[GraphQLError]:
    counted: Counter[str] = Counter()
    waiting: list[Node] = [document]
    while waiting:
        node = waiting.pop()
        counted.update(_counted_as(node))
        waiting.extend(_children(node))
    for what, most in WRITTEN.items():
        if counted[what] > most:
            yield _refusal(f"{counted[what]} {what}, where at most {most} are allowed")


def _counted_as(node: Node) -> Iterator[str]:
    if isinstance(node, OperationDefinitionNode):
        yield "operations"
    elif isinstance(node, FragmentDefinitionNode):
        yield "fragments"
    elif isinstance(node, DirectiveNode):
        yield "directives"
    elif isinstance(node, FieldNode):
        yield "fields"
        if node.alias:
            yield "aliases"
        if node.name.value in ("__schema", "__type"):
            yield "introspections"


def _children(node: Node) -> Iterator[Node]:
    for key in node.keys:
        value = getattr(node, key, None)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple | list):
            yield from (each for each in value if isinstance(each, Node))


def _refusal(what: str) -> GraphQLError:
    return GraphQLError(f"The document has {what}.", extensions={"code": "DOCUMENT_TOO_LARGE"})
