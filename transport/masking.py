"""What a client is told of an error: its own mistakes and expected refusals as they are, anything else as a number that the
log knows. Never a message that was not written for people outside."""

import logging
import secrets
from enum import StrEnum
from typing import Any

from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

import errors
from models.language import Language
from texts.catalogue import recourse, text

log = logging.getLogger("placement.faults")

UNSUITABLE = (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError)
"""The document is fine, but names no operation that may run here."""


class Outcome(StrEnum):
    """Whose doing an error is."""

    INVALID = "invalid"
    REFUSED = "refused"
    FAULT = "fault"


def outcome_of(error: GraphQLError) -> Outcome:
    cause = error.original_error
    if isinstance(cause, errors.Refused):
        return Outcome.REFUSED
    if cause is None or isinstance(cause, (GraphQLError, *UNSUITABLE)) or _of_the_request(error):
        return Outcome.INVALID
    return Outcome.FAULT


def _of_the_request(error: GraphQLError) -> bool:
    """A value that a scalar could not read: it points at the document, but at no place in an answer."""
    return error.path is None and bool(error.nodes)


def shown(error: GraphQLError, language: Language) -> dict[str, Any]:
    """The error as the response carries it."""
    outcome, cause = outcome_of(error), error.original_error
    told: dict[str, Any] = {"message": _without_suggestion(error.message)}
    extensions = {"code": "BAD_REQUEST", **(error.extensions or {})}
    if outcome is Outcome.REFUSED and isinstance(cause, errors.Refused):
        told["message"], extensions = _refusal_or_fault(cause, language)
    elif outcome is Outcome.FAULT:
        told["message"], extensions = fault(cause or error)
    if error.locations:
        told["locations"] = [each.formatted for each in error.locations]
    if error.path is not None:
        told["path"] = error.path
    return {**told, "extensions": extensions}


def _refusal_or_fault(refused: errors.Refused, language: Language) -> tuple[str, dict[str, Any]]:
    """A code without a text is our fault, and no reason to lose the rest of the answer."""
    try:
        return refusal(refused, language)
    except KeyError:
        return fault(refused)


def refusal(refused: errors.Refused, language: Language) -> tuple[str, dict[str, Any]]:
    """The message of a refusal in the reader's language, and what programs decide by."""
    extensions: dict[str, Any] = {"code": refused.code, "recourse": recourse(refused.code, language)}
    if isinstance(refused, errors.LimitReached):
        extensions["limit"] = refused.limit
        extensions["retryAfterSeconds"] = refused.retry_after_seconds
    elif isinstance(refused, errors.Invalid):
        extensions["fields"] = [_field(each, language) for each in refused.problems]
    return text(refused.code, language, **refused.facts), extensions


def _field(problem: errors.Problem, language: Language) -> dict[str, Any]:
    return {"path": problem.path, "code": problem.code, "message": text(problem.code, language, **dict(problem.facts))}


def fault(cause: BaseException) -> tuple[str, dict[str, Any]]:
    """Logs what happened under a number, and tells only the number."""
    number = secrets.token_hex(6)
    log.error("internal error %s", number, exc_info=cause)
    return "internal error", {"code": "INTERNAL", "id": number}


def _without_suggestion(message: str) -> str:
    """Values of variables are coerced with suggestions, which would spell out the schema's names."""
    return message.partition(" Did you mean ")[0]
