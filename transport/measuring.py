"""What an operation would cost, before it runs: each fragment is measured once, however often it is spread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
)

LARGEST_PAGE = 100
"""What `first` may be; also what a variable is taken for while its value is not known."""
USUAL_LIST = 5
"""How long a list without `first` is taken to be: skills, languages, regions of one object."""
PAGED_FIELD = 100
"""What a list with `first` costs beside its items: a search or a query of its own."""
READ_ALONE = (
    "Query.node Query.nodes Candidate.candidacies Candidate.jobAlerts Employer.history Employer.members Employer.invitations "
    "JobOffer.history "
    "EmployerMember.candidacySearches JobOffer.match Candidate.residenceCases Candidate.hiddenFrom Candidate.hiddenNeqs "
    "Registration.registryQuestions"
)
DEAR_FIELDS = {
    **dict.fromkeys(("JobOfferEdge.highlights", "PublishedCandidacyEdge.highlights"), 100),
    **dict.fromkeys(READ_ALONE.split(), 100),
    "JobOffer.similarOffers": 300,
    **dict.fromkeys(("JobOfferConnection.suggestions", "PublishedCandidacyConnection.suggestions"), 1000),
}
"""What is worked out from whole texts, what searches for each word of one, and what asks the database for each object or id,
in fields resolved."""
SEARCHES = dict.fromkeys(("JobOffer.recommendedCandidacies", "Candidacy.recommendedJobOffers"), 1_000)
"""What weighs everything that has something in common with an object, however few it is asked for."""
ITEMS = {"edges", "nodes"}
SIZING_ARGUMENTS = ("first", "ids")

Variables = Mapping[str, Any]


@dataclass(frozen=True)
class Weight:
    """`cost` in fields resolved; `cost_of_item` is what the enclosing field multiplies by the page it was asked for.
    `width` counts the fields beside each other, `depth` the levels below."""

    cost: int = 0
    cost_of_item: int = 0
    depth: int = 0
    width: int = 0


NOTHING = Weight()


class Measurement:
    """Measures one document. Values of variables that are not given count as the largest page."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Variables | None = None) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
        self._measured: dict[str, Weight] = {}
        self._operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        self._defaults = self._largest_defaults()

    def heaviest(self) -> Weight:
        """The most of each that any operation of the document has."""
        weights = [self._operation(each) for each in self._operations]
        return Weight(
            cost=max((weight.cost + weight.cost_of_item * USUAL_LIST for weight in weights), default=0),
            depth=max((weight.depth for weight in weights), default=0),
            width=max((weight.width for weight in weights), default=0),
        )

    def _largest_defaults(self) -> dict[str, int]:
        """By name, over all the operations: a fragment is measured once for whichever spreads it."""
        found: dict[str, int] = {}
        for operation in self._operations:
            for each in operation.variable_definitions or ():
                default = self._value(each.default_value) if each.default_value else LARGEST_PAGE
                name = each.variable.name.value
                found[name] = max(_within_page(default), found.get(name, 0))
        return found

    def _operation(self, node: OperationDefinitionNode) -> Weight:
        return self._selections(node.selection_set, self._schema.get_root_type(node.operation))

    def _selections(self, chosen: SelectionSetNode, parent: GraphQLNamedType | None) -> Weight:
        return _together(self._selection(each, parent) for each in chosen.selections)

    def _selection(self, node: SelectionNode, parent: GraphQLNamedType | None) -> Weight:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        assert isinstance(node, InlineFragmentNode)
        condition = node.type_condition
        return self._selections(node.selection_set, self._schema.get_type(condition.name.value) if condition else parent)

    def _fragment(self, name: str) -> Weight:
        """Measured once. One that spreads itself weighs nothing inside itself: another rule refuses the cycle."""
        if name not in self._measured:
            self._measured[name] = NOTHING
            if fragment := self._fragments.get(name):
                parent = self._schema.get_type(fragment.type_condition.name.value)
                self._measured[name] = self._selections(fragment.selection_set, parent)
        return self._measured[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Weight:
        if node.name.value.startswith("__"):
            return Weight(width=1)  # introspection has limits of its own; exempt is the node, never an operation's name
        field = _definition(node, parent)
        below = self._below(node, field)
        if field is None:
            return Weight(cost=1 + below.cost, depth=1 + below.depth, width=1)
        size = self._size(node, field)
        weight = _unsized(node.name.value, field.type, below) if size is None else _sized(size, field.type, below)
        name = f"{parent}.{node.name.value}"
        return replace(weight, cost=weight.cost + SEARCHES.get(name, 0) + DEAR_FIELDS.get(name, 0) * (size or 1))

    def _below(self, node: FieldNode, field: GraphQLField | None) -> Weight:
        if node.selection_set is None:
            return NOTHING
        return self._selections(node.selection_set, get_named_type(field.type) if field else None)

    def _size(self, node: FieldNode, field: GraphQLField) -> int | None:
        """How many items an argument asks for; None when the field has no such argument."""
        for name in SIZING_ARGUMENTS:
            if name in field.args:
                given = next((each.value for each in node.arguments or () if each.name.value == name), None)
                return _within_page(_default(field.args[name]) if given is None else self._value(given))
        return None

    def _value(self, node: ValueNode) -> object:
        if isinstance(node, IntValueNode):
            return int(node.value) if len(node.value) < 10 else LARGEST_PAGE
        if isinstance(node, ListValueNode):
            return len(node.values)
        if isinstance(node, VariableNode) and self._variables is not None:
            return self._variables.get(node.name.value, self._defaults.get(node.name.value))
        return LARGEST_PAGE


def _together(weights: Iterable[Weight]) -> Weight:
    cost, cost_of_item, depth, width = 0, 0, 0, 0
    for weight in weights:
        cost += weight.cost
        cost_of_item += weight.cost_of_item
        depth = max(depth, weight.depth)
        width += weight.width
    return Weight(cost, cost_of_item, depth, width)


def _definition(node: FieldNode, parent: GraphQLNamedType | None) -> GraphQLField | None:
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        fields: Mapping[str, GraphQLField] = parent.fields
        return fields.get(node.name.value)
    return None


def _sized(size: int, of: GraphQLOutputType, below: Weight) -> Weight:
    """A field that was asked for so many: a list has them itself, a connection in its edges and nodes."""
    items = size * (1 + below.cost + below.cost_of_item * USUAL_LIST)
    cost = items if _is_list(of) else below.cost + size * below.cost_of_item
    return Weight(cost=PAGED_FIELD + cost, depth=1 + below.depth, width=1)


def _unsized(name: str, of: GraphQLOutputType, below: Weight) -> Weight:
    """A field without a size of its own. The items of a connection are counted by the field that was given the size."""
    inside = 1 + below.cost + below.cost_of_item * USUAL_LIST
    if _is_list(of) and name in ITEMS:
        return Weight(cost=1, cost_of_item=inside, depth=1 + below.depth, width=1)
    return Weight(cost=1 + USUAL_LIST * inside if _is_list(of) else inside, depth=1 + below.depth, width=1)


def _default(argument: GraphQLArgument) -> object:
    return argument.default.value if argument.default else argument.default_value


def _is_list(of: GraphQLOutputType) -> bool:
    return isinstance(get_nullable_type(of), GraphQLList)


def _within_page(value: object) -> int:
    """A size that can be asked for. What is no number is refused elsewhere; it counts as the largest."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return LARGEST_PAGE
    return max(1, min(value, LARGEST_PAGE))
