"""Answers that a client may keep and asks about again: whether what it has is still what it would get (RFC 9110, section 13)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response


def answer(request: Request, body: bytes, changed: datetime, headers: Mapping[str, str]) -> Response:
    """The body, or 304 to who has it. Kept by anybody, and asked about each time: what must not be seen any more is gone at once.
    An entity tag decides where the client sends one. A date decides only if it is the very one that was given: what leaves a list
    makes it different, and no younger."""
    known = {
        "ETag": f'"{sha256(body).hexdigest()[:32]}"',
        "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True),
        "Cache-Control": "public, no-cache",
        **headers,
    }
    if _has_it(request, known["ETag"], known["Last-Modified"]):
        return Response(status_code=304, headers=known)
    return Response(body, headers=known)


def _has_it(request: Request, tag: str, changed: str) -> bool:
    tags = request.headers.get("if-none-match")
    if tags is None:
        return request.headers.get("if-modified-since") == changed
    sent = {each.strip().removeprefix("W/") for each in tags.split(",")}
    return "*" in sent or tag in sent
