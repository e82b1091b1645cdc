"""Refusals as clients see them, and the handlers that turn a refused act into a member of the mutation's result union."""

from typing import TypedDict

import strawberry
from strawberry.types.field import StrawberryField

import errors
from models.language import Language
from schema.fields import Info
from schema.node import LOADERS, Node
from texts.catalogue import recourse, text
from texts.formats import figure


@strawberry.type(description="Where a person can turn about a refusal.")
class Recourse:
    organization: str = strawberry.field(description="The office that can help.")
    phone: str | None = strawberry.field(description="Its telephone number, as it is dialled from abroad.")
    email: str | None = strawberry.field(description="Its e-mail address.")
    url: str | None = strawberry.field(description="Its page.")
    hours: str | None = strawberry.field(description="When it can be reached, in Québec time.")


@strawberry.interface(description="A business act that was not done.")
class Refusal:
    code: str = strawberry.field(description="Stable: programs decide by it.")
    message: str = strawberry.field(description="Why, in the language of Accept-Language, else of the account.")
    recourse: Recourse = strawberry.field(description="Where to turn.")


@strawberry.type(description="One field of an input that cannot be right.")
class FieldError:
    path: list[str] = strawberry.field(description="The names of the input's fields that lead to it.")
    code: str = strawberry.field(description="Stable: programs decide by it.")
    message: str = strawberry.field(description="What is wrong, in the language of Accept-Language, else of the account.")


@strawberry.type(description="The input cannot be right, whoever sends it.")
class InvalidInput(Refusal):
    fields: list[FieldError] = strawberry.field(description="Every field at fault.")


@strawberry.type(description="The rules of the service do not entitle the caller to the act.")
class NotEligible(Refusal): ...


@strawberry.type(description="Unknown, or not the caller's: the same answer.")
class NotFound(Refusal): ...


@strawberry.type(description="The state does not allow the act, or another write came first.")
class Conflict(Refusal):
    existing: Node | None = strawberry.field(description="What stands in the way, if the caller may know it.")


@strawberry.type(description="A limit of the service was reached.")
class LimitReached(Refusal):
    limit: int = strawberry.field(description="The limit.")
    current: float | None = strawberry.field(description="The figure that went beyond it.")
    retry_after_seconds: int | None = strawberry.field(description="When trying again makes sense.")


class _Common(TypedDict):
    code: str
    message: str
    recourse: Recourse


def told(refused: errors.Refused, language: Language) -> _Common:
    """What every refusal tells: its code, why, and where to turn."""
    return {
        "code": refused.code,
        "message": text(refused.code, language, **_facts(refused, language)),
        "recourse": Recourse(**recourse(refused.code, language)),
    }


def _facts(refused: errors.Refused, language: Language) -> dict[str, str]:
    """With figures as people write them."""
    if not isinstance(refused, errors.LimitReached):
        return refused.facts
    current = "" if refused.current is None else figure(refused.current, language)
    return {"limit": figure(refused.limit, language), "current": current}


class InvalidHandler(strawberry.ExceptionHandler[errors.Invalid, InvalidInput]):
    def handle(self, exception: errors.Invalid, *, field: StrawberryField, info: Info) -> InvalidInput:
        language = info.context.language
        fields = [
            FieldError(path=list(each.path), code=each.code, message=text(each.code, language, **dict(each.facts)))
            for each in exception.problems
        ]
        return InvalidInput(**told(exception, language), fields=fields)


class NotEligibleHandler(strawberry.ExceptionHandler[errors.NotEligible, NotEligible]):
    def handle(self, exception: errors.NotEligible, *, field: StrawberryField, info: Info) -> NotEligible:
        return NotEligible(**told(exception, info.context.language))


class NotFoundHandler(strawberry.ExceptionHandler[errors.NotFound, NotFound]):
    def handle(self, exception: errors.NotFound, *, field: StrawberryField, info: Info) -> NotFound:
        return NotFound(**told(exception, info.context.language))


class ConflictHandler(strawberry.ExceptionHandler[errors.Conflict, Conflict]):
    async def handle(self, exception: errors.Conflict, *, field: StrawberryField, info: Info) -> Conflict:
        existing = None
        if exception.existing is not None:
            type_name, key = exception.existing
            existing = await LOADERS[type_name](info, key)
        return Conflict(**told(exception, info.context.language), existing=existing)


class LimitReachedHandler(strawberry.ExceptionHandler[errors.LimitReached, LimitReached]):
    def handle(self, exception: errors.LimitReached, *, field: StrawberryField, info: Info) -> LimitReached:
        return LimitReached(
            **told(exception, info.context.language),
            limit=exception.limit,
            current=exception.current,
            retry_after_seconds=exception.retry_after_seconds,
        )


HANDLERS = (InvalidHandler(), NotEligibleHandler(), NotFoundHandler(), ConflictHandler(), LimitReachedHandler())
