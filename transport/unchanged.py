"""Answers that a client may keep and asks about again: whether what it has is still what it would get (RFC 9110, section 13)."""

from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response


def answer(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """The body, or 304 to who has it. Kept by anybody, and asked about each time: what must not be seen any more is gone at once.
    By its entity tag alone: what leaves a list makes the newest date in it no younger."""
    known = {"ETag": f'"{sha256(body).hexdigest()[:32]}"', "Cache-Control": "public, no-cache", **headers}
    sent = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if sent & {"*", known["ETag"]}:
        return Response(status_code=304, headers=known)
    return Response(body, headers=known)
