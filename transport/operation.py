"""One operation on a WebSocket: what it answers, message by message, with every error as a client may see it."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, Literal

import strawberry
from strawberry.types.execution import ExecutionResult, PreExecutionError

from models.language import Language
from resolvers.context import Context
from transport.frames import Closing
from transport.masking import fault, shown
from transport.requests import GraphQLRequest

Kind = Literal["next", "error", "complete"]


async def results_of(
    schema: strawberry.Schema, request: GraphQLRequest, context_now: Callable[[], Awaitable[Context]]
) -> AsyncGenerator[tuple[Kind, Any], None]:
    """Each result, and then the end: one `error` or one `complete`. Raises Closing where the context cannot be had."""
    try:
        context = await context_now()
        results = await schema.stream(
            request.query,
            variable_values=request.variables,
            context_value=context,
            operation_name=request.operation_name,
        )
        async with aclosing(results):
            async for result in results:
                if isinstance(result, PreExecutionError):
                    yield "error", _errors(result, context.language)
                    return
                if isinstance(result, ExecutionResult):
                    yield "next", _payload(result, context.language)
    except Closing:
        raise
    except Exception as error:
        message, extensions = fault(error)
        yield "error", [{"message": message, "extensions": extensions}]
        return
    yield "complete", None


def _payload(result: ExecutionResult, speaking: Language) -> dict[str, Any]:
    errors = _errors(result, speaking)
    return {"data": result.data, "errors": errors} if errors else {"data": result.data}


def _errors(result: ExecutionResult, speaking: Language) -> list[dict[str, Any]]:
    return [shown(each, speaking) for each in result.errors or ()]
