"""Cursors: the place of a hit in an order, opaque and bound to the request it came from. They carry nothing secret."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import orjson

from errors import Invalid, Problem
from models.clause import Adjacent, AllOf, AnyOf, Between, Clause, HasAny, HasSeveral, Not, StartsWith
from models.text import ANALYSIS_VERSION
from search.engine import SearchRequest
from search.layout import LEAST_WHOLE, MOST_WHOLE
from search.relevance import scored

LONGEST = 400
MOST_SCORE = 10_000
"""More than the longest text can give."""


class Place(NamedTuple):
    """Where a hit stands. `score` counts in the order of relevance, `pay` in that of salaries."""

    published: int
    id: UUID
    pay: int = 0
    score: int = 0


def encode(mark: str, place: Place) -> str:
    values = (mark, place.published, place.id.hex, place.pay, place.score)
    return urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def decode(mark: str, cursor: str) -> Place:
    """Raises Invalid unless the cursor was given with that mark, whole."""
    try:
        return _place(mark, cursor)
    except (ValueError, TypeError, AttributeError) as problem:  # whatever a forged one holds
        raise Invalid([Problem(("after",), "INVALID_CURSOR")]) from problem


def _place(mark: str, cursor: str) -> Place:
    if len(cursor) > LONGEST:
        raise ValueError("longer than any cursor")
    given, published, id_, pay, score = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if given != mark or not all(type(each) is int for each in (published, pay, score)):
        raise ValueError("of another request, or of none")
    if not (LEAST_WHOLE <= published <= MOST_WHOLE and LEAST_WHOLE <= pay <= MOST_WHOLE and 0 <= score < MOST_SCORE):
        raise ValueError("out of bounds")
    return Place(published, UUID(hex=id_), pay, score)


def fingerprint(engine: str, request: SearchRequest) -> str:
    """The mark of the requests that may continue one another: same engine, kind, clause, order and scores, on any process and on
    any day. Another analysis of text finds and scores other things: cursors do not outlive it."""
    weights = [(weight, _canonical(clause)) for clause, weight in scored(request)]
    text = f"{engine} {ANALYSIS_VERSION} {request.kind} {request.order} {_canonical(request.clause)} {weights}"
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _canonical(clause: Clause) -> str:
    """The clause as text that does not depend on the order in which a set happens to be walked."""
    match clause:
        case HasAny(field, values):
            return f"{field}={sorted(values)}"
        case HasSeveral(field, values, least):
            return f"{field}={sorted(values)}/{least}"
        case Adjacent(field, words):
            return f"{field}~{words}"
        case StartsWith(field, prefix):
            return f"{field}^{prefix!r}"
        case Between(field, least, most):
            return f"{field}:{least}:{most}"
        case Not(part):
            return f"not({_canonical(part)})"
        case AllOf(parts) | AnyOf(parts):
            return f"{type(clause).__name__}({','.join(map(_canonical, parts))})"
        case _:
            return type(clause).__name__
