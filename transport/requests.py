"""Reads what a client sends: a body under a limit of size and of time, JSON, and the shape of a GraphQL request in it.
Whatever cannot be read is refused with the status that says why."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

LARGEST_BODY = 256 * 1024
LONGEST_READING = 10.0
"""Seconds."""


class Unreadable(Exception):
    """The request is not one. `status` is the one of HTTP; the message is for the developer of the client."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True)
class GraphQLRequest:
    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


async def body_of(request: Request) -> bytes:
    """The whole body. Raises Unreadable when it is too large or takes too long."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:12]) > LARGEST_BODY:
        raise _too_large()
    try:
        async with asyncio.timeout(LONGEST_READING):
            return await _within_limit(request)
    except TimeoutError:
        raise Unreadable(408, f"The body did not arrive within {LONGEST_READING:g} seconds.") from None


async def _within_limit(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise _too_large()
    return bytes(body)


def _too_large() -> Unreadable:
    return Unreadable(413, f"The body is larger than {LARGEST_BODY} bytes.")


async def posted(request: Request) -> GraphQLRequest:
    """The GraphQL request of a POST."""
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    if media_type.strip() != "application/json" or charset not in ("", "utf-8", "utf8"):
        raise Unreadable(415, "Send the request as application/json in UTF-8.")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Unreadable(415, "Send the request uncompressed.")
    return graphql_request(json_of(await body_of(request)))


def in_address(request: Request) -> GraphQLRequest:
    """The GraphQL request of a GET."""
    sent: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in sent:
            sent[name] = json_of(sent[name]) if sent[name] else None
    return graphql_request(sent)


def json_of(data: bytes | str) -> object:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Unreadable(400, f"This is not JSON: {error}") from None


def graphql_request(sent: object) -> GraphQLRequest:
    """The request in a JSON value. Unknown members are let pass, as the specification asks."""
    if not isinstance(sent, dict):
        raise Unreadable(400, "A request is a JSON object; several at once are not accepted.")
    query = _member(sent, "query", str)
    if not query:
        raise Unreadable(400, "The request has no `query`.")
    _member(sent, "extensions", dict)
    return GraphQLRequest(query, _member(sent, "variables", dict), _member(sent, "operationName", str))


def _member(sent: Mapping[str, Any], name: str, of: type) -> Any:
    value = sent.get(name)
    if value is not None and not isinstance(value, of):
        raise Unreadable(400, f"`{name}` must be {'a string' if of is str else 'an object'} or null.")
    return value
