"""The page behind the link in the mail about a forgotten password: a form, for people who come without an application. Looking at
it changes nothing, and it never shows what was typed."""

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from auth.passwords import LEAST, MOST
from errors import Invalid, LimitReached, Refused
from models.language import Language
from resolvers import password
from texts.catalogue import text
from transport.page import message, page, trouble, useless_link
from transport.requests import Unreadable, body_of
from transport.visitors import Visitor, anonymous, service_of, visitor

MOST_FIELDS = 10


async def reset_password(request: Request) -> Response:
    return await (_submit(request) if request.method == "POST" else _show(request))


async def _show(request: Request) -> Response:
    reader = visitor(request)
    if not await password.reset_serves(anonymous(reader, service_of(request)), request.path_params["token"]):
        return useless_link(reader)
    return _form(reader)


async def _submit(request: Request) -> Response:
    reader = visitor(request)
    try:
        typed = _typed(await body_of(request))
        await password.reset(anonymous(reader, service_of(request)), request.path_params["token"], typed)
    except Unreadable as unreadable:
        return trouble(reader, unreadable.status)
    except Invalid as invalid:
        return await _again(request, reader, invalid)
    except LimitReached:
        return trouble(reader, 503)
    except Refused:
        return useless_link(reader)
    return message(reader, "page.reset_password.title", "page.reset_password.done")


async def _again(request: Request, reader: Visitor, invalid: Invalid) -> Response:
    """The form with what is wrong, unless the link would not serve in any case."""
    shown = await _show(request)
    return _form(reader, _reason(invalid, reader.language), 422) if shown.status_code == 200 else shown


def _typed(body: bytes) -> str:
    """What a form sends; empty, and so too short, for anything else."""
    try:
        fields = parse_qs(body.decode(), max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return ""
    return fields.get("password", [""])[0]


def _reason(invalid: Invalid, language: Language) -> str:
    return " ".join(text(each.code, language, **dict(each.facts)) for each in invalid.problems)


def _form(reader: Visitor, problem: str = "", status: int = 200) -> Response:
    title = text("page.reset_password.title", reader.language)
    rule = text("PASSWORD_LENGTH", reader.language, least=str(LEAST), most=str(MOST))
    return page("password.html", reader, title, status, problem=problem, rule=rule, least=LEAST)
