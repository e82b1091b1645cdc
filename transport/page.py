"""The few pages that people see: the first one, and those that links in mails lead to. A GET only ever looks: what a page
offers to do is done by its button, or by the one click of a mail program (RFC 8058)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from errors import Refused
from models.language import Language
from resolvers.context import Context
from texts.catalogue import recourse, text
from transport.requests import Unreadable, body_of
from transport.visitors import Visitor, anonymous, service_of, visitor

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
ISO = {Language.FR: "fr", Language.EN: "en"}


@dataclass(frozen=True)
class LinkPage:
    """A page that a mail links to. `about` gives the names of what it is about, if there are any, `act` does what the token is
    for and gives the name of what the page says then; both raise errors.Refused for a token that is not good."""

    name: str
    about: Callable[[Context, str], Awaitable[Sequence[str]]]
    act: Callable[[Context, str], Awaitable[str]]

    async def show(self, request: Request) -> Response:
        reader = visitor(request)
        try:
            about = await self.about(anonymous(reader, service_of(request)), request.path_params["token"])
        except Refused:
            return useless_link(reader)
        say = partial(text, language=reader.language)
        return page(
            "ask.html",
            reader,
            say(f"page.{self.name}.title"),
            question=say(f"page.{self.name}.ask"),
            about=about,
            button=say(f"page.{self.name}.button"),
        )

    async def submit(self, request: Request) -> Response:
        """Whoever has the link may do it: what the form or the mail program sends with it adds nothing."""
        reader = visitor(request)
        try:
            await body_of(request)
            outcome = await self.act(anonymous(reader, service_of(request)), request.path_params["token"])
        except Unreadable as unreadable:
            return trouble(reader, unreadable.status)
        except Refused:
            return useless_link(reader)
        return message(reader, f"page.{self.name}.title", f"page.{self.name}.{outcome}")

    async def answer(self, request: Request) -> Response:
        return await (self.submit(request) if request.method == "POST" else self.show(request))


async def home(request: Request) -> Response:
    reader = visitor(request)
    return page("home.html", reader, text("page.home.title", reader.language))


async def missing(request: Request, error: Exception) -> Response:
    return message(visitor(request), "page.missing.title", "page.missing.what", 404)


def useless_link(reader: Visitor) -> Response:
    return message(reader, "page.link.title", "page.link.what", 404, office=recourse("LINK_INVALID", reader.language))


def trouble(reader: Visitor, status: int) -> Response:
    return message(reader, "page.trouble.title", "page.trouble.what", status)


def message(reader: Visitor, title: str, what: str, status: int = 200, **values: Any) -> Response:
    said = text(what, reader.language)
    return page("message.html", reader, text(title, reader.language), status, message=said, **{"office": None, **values})


def page(template: str, reader: Visitor, title: str, status: int = 200, **values: Any) -> Response:
    """A page in the reader's language. Nothing of it is kept by browsers or by what stands between."""
    spoken = ISO[reader.language]
    values |= {
        "title": title,
        "language": spoken,
        "other_language": "en" if spoken == "fr" else "fr",
        "say": partial(text, language=reader.language),
    }
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Language": spoken,
        "Cache-Control": "no-store",
        "Vary": "Accept-Language",
    }
    return HTMLResponse(TEMPLATES.get_template(template).render(values), status, headers)
