"""The schema as it is served: documents are checked and remembered, operations are counted."""

import copy
import logging
import time
from collections.abc import Callable, Iterator

import strawberry
from strawberry.extensions import SchemaExtension

from transport.documents import CheckedDocument
from transport.masking import Outcome, outcome_of
from transport.metrics import Metrics

SILENT = logging.CRITICAL + 1
"""The library would log every error with what the client sent. Faults are logged where they are masked, the rest never."""


def served(schema: strawberry.Schema, metrics: Metrics) -> strawberry.Schema:
    """A copy of the schema for this server; the schema itself stays as it was."""
    logging.getLogger("strawberry.execution").setLevel(SILENT)
    serving = copy.copy(schema)
    serving.extensions = (counted(metrics), CheckedDocument)
    return serving


def counted(metrics: Metrics) -> Callable[[], SchemaExtension]:
    return lambda: CountedOperation(metrics)


class CountedOperation(SchemaExtension):
    """Counts an operation by its type and its outcome, never by its name: names are the client's, and without number."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def on_operation(self) -> Iterator[None]:
        began = time.monotonic()
        yield
        self._metrics.operation(self._type(), self._outcome(), time.monotonic() - began)

    def _type(self) -> str:
        try:
            return self.execution_context.operation_type.value
        except RuntimeError:
            return "unknown"

    def _outcome(self) -> str:
        found = {outcome_of(each) for each in self.execution_context.pre_execution_errors or ()}
        worst = next((each for each in (Outcome.FAULT, Outcome.INVALID, Outcome.REFUSED) if each in found), None)
        return worst.value if worst else "ok"
