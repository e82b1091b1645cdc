"""The pages behind the links in mails that ask for a password: a form, for people who come without an application. Looking at one
changes nothing, and it never shows what was typed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from auth.passwords import LEAST, MOST
from errors import Invalid, LimitReached, Refused
from models.language import Language
from resolvers import member_invitation, password
from resolvers.context import Context
from texts.catalogue import text
from transport.page import message, page, trouble, useless_link
from transport.requests import Unreadable, body_of
from transport.visitors import Visitor, anonymous, service_of, visitor

MOST_FIELDS = 10
UNREAD_BEFORE = "ADDRESS_HAS_ACCOUNT"
"""Of a link that was good when its page was shown."""


@dataclass(frozen=True)
class PasswordPage:
    """`holds` looks whether a token is good, `act` does what it is for, with the password; it raises errors.Refused for a token
    that is not good. `asks` says that there is more to tell than what is to be typed."""

    name: str
    holds: Callable[[Context, str], Awaitable[bool]]
    act: Callable[[Context, str, str], Awaitable[object]]
    asks: bool = False

    async def answer(self, request: Request) -> Response:
        return await (self._submit(request) if request.method == "POST" else self._show(request))

    async def _show(self, request: Request) -> Response:
        reader = visitor(request)
        if not await self.holds(anonymous(reader, service_of(request)), request.path_params["token"]):
            return useless_link(reader)
        return self._form(reader)

    async def _submit(self, request: Request) -> Response:
        reader = visitor(request)
        try:
            typed = _typed(await body_of(request))
            await self.act(anonymous(reader, service_of(request)), request.path_params["token"], typed)
        except Unreadable as unreadable:
            return trouble(reader, unreadable.status)
        except Invalid as invalid:
            return await self._again(request, reader, invalid)
        except LimitReached:
            return trouble(reader, 503)
        except Refused as refused:
            late = refused.code == UNREAD_BEFORE
            return message(reader, f"page.{self.name}.title", UNREAD_BEFORE, 409) if late else useless_link(reader)
        return message(reader, f"page.{self.name}.title", f"page.{self.name}.done")

    async def _again(self, request: Request, reader: Visitor, invalid: Invalid) -> Response:
        """The form with what is wrong, unless the link would not serve in any case."""
        shown = await self._show(request)
        return self._form(reader, _reason(invalid, reader.language), 422) if shown.status_code == 200 else shown

    def _form(self, reader: Visitor, problem: str = "", status: int = 200) -> Response:
        language = reader.language
        return page(
            "password.html",
            reader,
            text(f"page.{self.name}.title", language),
            status,
            problem=problem,
            question=text(f"page.{self.name}.ask", language) if self.asks else "",
            label=text(f"page.{self.name}.label", language),
            button=text(f"page.{self.name}.button", language),
            rule=text("PASSWORD_LENGTH", language, least=str(LEAST), most=str(MOST)),
            least=LEAST,
        )


def _typed(body: bytes) -> str:
    """What a form sends; empty, and so too short, for anything else."""
    try:
        fields = parse_qs(body.decode(), max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return ""
    return fields.get("password", [""])[0]


def _reason(invalid: Invalid, language: Language) -> str:
    return " ".join(text(each.code, language, **dict(each.facts)) for each in invalid.problems)


async def _accept(context: Context, token: str, typed: str) -> None:
    """The account is written to in the language of the page."""
    await member_invitation.accept(context, token, typed, context.language)


RESET_PASSWORD = PasswordPage("reset_password", password.reset_serves, password.reset)
ACCEPT_INVITATION = PasswordPage("accept_invitation", member_invitation.serves, _accept, asks=True)
