"""The messages of graphql-transport-ws: what a client may send, and why a socket is closed. Knows no schema."""

from collections.abc import Mapping
from typing import Any

import orjson

from transport.requests import GraphQLRequest, Unreadable, graphql_request

PROTOCOL = "graphql-transport-ws"
LONGEST_REASON = 120
"""A close frame has room for 123 bytes."""

Frame = Mapping[str, Any]


class Closing(Exception):
    """The socket must be closed. Clients take 4403 as a call to come back with a fresh token, the
    other codes above 4400 as final."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason.encode()[:LONGEST_REASON].decode(errors="ignore")


NORMAL = 1000
INTERNAL = 1011
BAD_MESSAGE = 4400
NOT_INITIALISED = 4401
FORBIDDEN = 4403
NO_PROTOCOL = 4406
TOO_LATE = 4408
NAME_TAKEN = 4409
INITIALISED_TWICE = 4429


def frame_of(text: str | None) -> Frame:
    """A message of the protocol, with a `type`. Raises Closing for anything else."""
    try:
        frame = orjson.loads(text or "")
    except orjson.JSONDecodeError:
        raise Closing(BAD_MESSAGE, "A message is JSON text") from None
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise Closing(BAD_MESSAGE, "A message is an object with a type")
    return frame


def payload_of(frame: Frame) -> Mapping[str, Any]:
    """The payload, empty when there is none. Raises Closing when it is no object."""
    payload = frame.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise Closing(BAD_MESSAGE, "A payload is an object")
    return payload or {}


def text_in(payload: Mapping[str, Any], name: str) -> str | None:
    value = payload.get(name)
    if value is not None and not isinstance(value, str):
        raise Closing(BAD_MESSAGE, f"{name} is a string")
    return value


def id_of(frame: Frame) -> str:
    if not (name := text_in(frame, "id")):
        raise Closing(BAD_MESSAGE, "The message has no id")
    return name


def request_in(frame: Frame) -> GraphQLRequest:
    """The operation of a `subscribe`. Raises Closing when it is not one."""
    try:
        return graphql_request(payload_of(frame))
    except Unreadable as unreadable:
        raise Closing(BAD_MESSAGE, unreadable.message) from None
