"""The two messages of the exchange with the registry, as docs/registry.md has them. An answer is taken to the letter or not at
all: what it does not say in the agreed words is no verdict on anybody."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import orjson

from models.certificate import Certificate, Verdict

RESIDENCES = {
    "ABROAD": Verdict.RECOGNISED,
    "QUEBEC": Verdict.RESIDES_IN_QUEBEC,
    "CANADA": Verdict.RESIDES_IN_CANADA,
}
"""What the registry knows of where the holder of a recognised certificate lives, and the verdict that it comes to."""
RECOGNISED = {"requestId", "outcome", "invitationLetterSent", "residence"}
NOT_RECOGNISED = {"requestId", "outcome"}
"""The members of an answer. More of them is another contract than the agreed one: who knows what they would change."""


class NoAnswer(Exception):
    """What came is no verdict; `problem` is a stable code."""

    def __init__(self, problem: str, retry_after: timedelta | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.retry_after = retry_after


def question(request_id: str, certificate: Certificate) -> bytes:
    """The body of a request."""
    return orjson.dumps(
        {
            "requestId": request_id,
            "fileNumber": certificate.file_number,
            "individualReferenceNumber": certificate.individual_reference_number,
            "issuedOn": certificate.issued_on,
            "expiresOn": certificate.expires_on,
        }
    )


def read_answer(body: bytes, request_id: str) -> Verdict:
    """The verdict in the body of an answer. Raises NoAnswer for whatever is not exactly one, and for that to another request."""
    answer = _object(body)
    if answer.get("requestId") != request_id:
        named = isinstance(answer.get("requestId"), str)
        raise NoAnswer("REGISTRY_ANSWERED_ANOTHER" if named else "REGISTRY_MALFORMED")
    if answer.get("outcome") == "NOT_RECOGNISED" and answer.keys() == NOT_RECOGNISED:
        return Verdict.NOT_RECOGNISED
    if answer.get("outcome") != "RECOGNISED" or answer.keys() != RECOGNISED:
        raise NoAnswer("REGISTRY_MALFORMED")
    return _recognised(answer["invitationLetterSent"], answer["residence"])


def _recognised(letter_sent: object, residence: object) -> Verdict:
    """Without a letter nobody registers, wherever they live."""
    if not isinstance(letter_sent, bool) or not isinstance(residence, str) or residence not in RESIDENCES:
        raise NoAnswer("REGISTRY_MALFORMED")
    return RESIDENCES[residence] if letter_sent else Verdict.NO_INVITATION_LETTER


def _object(body: bytes) -> Mapping[str, object]:
    try:
        answer = json.loads(body.decode("utf-8"), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as fault:
        raise NoAnswer("REGISTRY_MALFORMED") from fault
    if not isinstance(answer, dict):
        raise NoAnswer("REGISTRY_MALFORMED")
    return answer


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Of two members with one name, one reader believes the first and another the last."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name comes twice")
    return made
