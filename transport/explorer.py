"""What a browser finds at the GraphQL address: an explorer of our own, from our own origin. Programs never see it."""

from functools import cached_property

import strawberry
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from texts.catalogue import text
from transport.accepting import wants_page
from transport.endpoint import GraphQLEndpoint
from transport.page import page
from transport.visitors import visitor

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)


class Explorer:
    """Answers a browser with the explorer, and everybody else with GraphQL."""

    def __init__(self, endpoint: GraphQLEndpoint) -> None:
        self._endpoint = endpoint

    async def answer(self, request: Request) -> Response:
        bare = request.method in ("GET", "HEAD") and "query" not in request.query_params
        if not bare or not wants_page(request.headers.get("accept")):
            return await self._endpoint.answer(request)
        reader = visitor(request)
        response = page("explorer.html", reader, text("page.explorer.title", reader.language))
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Vary"] = "Accept, Accept-Language"
        return response


class Reference:
    """The schema as text."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._schema = schema

    @cached_property
    def _text(self) -> str:
        return self._schema.as_str() + "\n"

    async def answer(self, request: Request) -> Response:
        return PlainTextResponse(self._text)
