"""Reads and checks a document once, however often it is sent. Only documents that may run are remembered, and no large one."""

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    MaxIntrospectionDepthRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from transport import limits

RULES = (*specified_rules, MaxIntrospectionDepthRule, MaybeNullValidationRule, OneOfInputValidationRule)
REMEMBERED = 128
LARGEST_REMEMBERED = 6_000
"""In characters. A parsed document takes up to 150 times as many bytes: all of them together stay near 100 MB at worst."""
MOST_ERRORS = 20


class Checked(NamedTuple):
    """A document that may run; `cost` is its cost where its variables ask for as much as they can."""

    document: DocumentNode
    cost: int


class Unfit(Exception):
    """The document is not valid, or larger than the limits. Nothing raised is remembered."""

    def __init__(self, document: DocumentNode, errors: list[GraphQLError]) -> None:
        super().__init__(len(errors))
        self.document = document
        self.errors = errors


def check(schema: GraphQLSchema, text: str) -> Checked:
    """Parses and validates. Raises GraphQLError when it cannot be parsed, Unfit when it must not run."""
    return _remembered(schema, text) if len(text) <= LARGEST_REMEMBERED else _check(schema, text)


def _check(schema: GraphQLSchema, text: str) -> Checked:
    document = parse(text, max_tokens=limits.TOKENS)
    errors = limits.faults(schema, document)
    if not errors:
        errors = validate(schema, document, RULES, max_errors=MOST_ERRORS, hide_suggestions=True)
    if errors:
        raise Unfit(document, errors)
    return Checked(document, limits.cost(schema, document))


_remembered = lru_cache(maxsize=REMEMBERED)(_check)


class CheckedDocument(SchemaExtension):
    """Takes the place of the schema's own parsing and validation."""

    _cost = 0
    _errors: list[GraphQLError] = []

    def on_parse(self) -> Iterator[None]:
        execution = self.execution_context
        execution.parse_options = {"max_tokens": limits.TOKENS}
        with suppress(GraphQLError):  # the schema will find and report the same error when it parses again
            self._look_at(execution.query or "")
        yield

    def on_validate(self) -> Iterator[None]:
        self.execution_context.pre_execution_errors = self._errors or list(self._unfit_for_this_request())
        yield

    def _unfit_for_this_request(self) -> Iterator[GraphQLError]:
        """What is wrong with a good document when it is asked for in this way, with these variables."""
        execution = self.execution_context
        document = execution.graphql_document
        if document is None:
            return
        if execution._provided_operation_name is None and _operations(document) > 1:
            yield GraphQLError("The document has several operations: name the one to run.")
        if self._cost > limits.COST:
            cost = limits.cost(execution.schema._schema, document, execution.variables or {})
            if cost > limits.COST:
                yield limits.too_dear(cost)

    def _look_at(self, text: str) -> None:
        execution = self.execution_context
        try:
            execution.graphql_document, self._cost = check(execution.schema._schema, text)
        except Unfit as unfit:
            execution.graphql_document, self._errors = unfit.document, unfit.errors


def _operations(document: DocumentNode) -> int:
    return sum(isinstance(each, OperationDefinitionNode) for each in document.definitions)
