"""GraphQL over HTTP, as its specification asks: one operation a request, queries by GET, the status by the media type.
Knows requests and responses; what an operation does is the schema's."""

from typing import Any

import orjson
import strawberry
from starlette.requests import Request
from starlette.responses import Response
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import ExecutionResult
from strawberry.types.graphql import OperationType

from errors import NotAllowed
from models.language import Language
from transport.accepting import GRAPHQL_RESPONSE, JSON, response_type
from transport.masking import UNSUITABLE, Outcome, outcome_of, refusal, shown
from transport.requests import GraphQLRequest, Unreadable, in_address, posted
from transport.visitors import context_for, service_of, visitor

ALLOWED = {
    "GET": {OperationType.QUERY},
    "HEAD": {OperationType.QUERY},
    "POST": {OperationType.QUERY, OperationType.MUTATION},
}
CHALLENGE = {"WWW-Authenticate": "Bearer"}


class GraphQLEndpoint:
    def __init__(self, schema: strawberry.Schema) -> None:
        self._schema = schema

    async def answer(self, request: Request) -> Response:
        media_type = response_type(request.headers.get("accept"))
        if media_type is None:
            return _problem(406, JSON, f"Only {GRAPHQL_RESPONSE} and {JSON} can be answered.")
        try:
            asked = await posted(request) if request.method == "POST" else in_address(request)
            return await self._execute(request, asked, media_type)
        except Unreadable as unreadable:
            return _problem(unreadable.status, media_type, unreadable.message)
        except NotAllowed as refused:
            message, extensions = refusal(refused, visitor(request).language)
            return _response(401, media_type, {"errors": [{"message": message, "extensions": extensions}]}, CHALLENGE)

    async def _execute(self, request: Request, asked: GraphQLRequest, media_type: str) -> Response:
        context = await context_for(visitor(request), service_of(request))
        try:
            result = await self._schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=ALLOWED[request.method],
            )
        except UNSUITABLE as unsuitable:
            return _unsuitable(unsuitable, request.method, media_type)
        return _response(_status(result, media_type), media_type, _body(result, context.language))


def _body(result: ExecutionResult, speaking: Language) -> dict[str, Any]:
    """The answer; without `data` where nothing was executed."""
    errors = [shown(each, speaking) for each in result.errors or ()]
    if _executed(result):
        return {"data": result.data, "errors": errors} if errors else {"data": result.data}
    return {"errors": errors}


def _executed(result: ExecutionResult) -> bool:
    """Whether execution began. An error that it raised points at a place in the answer."""
    return result.data is not None or any(each.path is not None for each in result.errors or ())


def _status(result: ExecutionResult, media_type: str) -> int:
    if _executed(result):
        return 200
    if any(outcome_of(each) is Outcome.FAULT for each in result.errors or ()):
        return 500
    return 400 if media_type == GRAPHQL_RESPONSE else 200


def _unsuitable(error: Exception, method: str, media_type: str) -> Response:
    """No operation of that name, or one of a type that may not run here."""
    if isinstance(error, InvalidOperationTypeError):
        if error.operation_type is OperationType.SUBSCRIPTION:
            return _problem(400, media_type, "A subscription needs a WebSocket (graphql-transport-ws) at this address.")
        return _problem(405, media_type, f"A {error.operation_type.value} cannot be sent by {method}.", {"Allow": "POST"})
    named = error.operation_name if isinstance(error, CannotGetOperationTypeError) else None
    return _problem(400, media_type, "There is no operation." if named is None else f"There is no operation named {named!r}.")


def _problem(status: int, media_type: str, message: str, headers: dict[str, str] | None = None) -> Response:
    error = {"message": message, "extensions": {"code": "BAD_REQUEST"}}
    close = {"Connection": "close"} if status in (408, 413) else {}
    return _response(status, media_type, {"errors": [error]}, {**close, **(headers or {})})


def _response(status: int, media_type: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    spoken = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language, Authorization"}
    content_type = f"{media_type}; charset=utf-8"
    return Response(orjson.dumps(body), status, {**spoken, "Content-Type": content_type, **(headers or {})})
