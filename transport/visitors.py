"""Who comes, as the transport sees it, made into the context of an operation. The caller is read anew at every operation."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from starlette.requests import HTTPConnection

from auth.identification import identify
from models.language import Language
from resolvers.context import Context
from transport.accepting import language


@dataclass(frozen=True)
class Visitor:
    """What a connection says of itself. `wanted` is None where it names neither French nor English, `last_cursor` where a
    live stream stopped; `streamed` is what its operations remember of their streams."""

    wanted: Language | None
    address: str
    authorization: str | None = None
    last_cursor: str | None = None
    streamed: dict[Hashable, int] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """In which to speak to somebody who is not asked who they are."""
        return self.wanted or Language.FR


def visitor(connection: HTTPConnection) -> Visitor:
    """The visitor of a request or of a WebSocket handshake. A page's `?lang=` goes before what the browser prefers."""
    headers = connection.headers
    return Visitor(
        wanted=language(f"{connection.query_params.get('lang', '')};q=1,{headers.get('accept-language', '')}"),
        address=connection.client.host if connection.client else "",
        authorization=headers.get("authorization"),
    )


async def context_for(visitor: Visitor, service: Context) -> Context:
    """The context of one operation. A caller is spoken to in the language of the account, unless the connection names one.
    Raises NotAllowed for a token that does not hold."""
    caller = await identify(service.database, service.tokens, visitor.authorization, service.now())
    spoken = visitor.language if caller is None else visitor.wanted or caller.language
    return replace(anonymous(visitor, service), caller=caller, language=spoken)


def anonymous(visitor: Visitor, service: Context) -> Context:
    """The same for somebody who is not asked who they are, as on the pages that mails link to."""
    return replace(
        service,
        caller=None,
        language=visitor.language,
        address=visitor.address,
        last_cursor=visitor.last_cursor,
        streamed=visitor.streamed,
        seen=set(),
    )


def service_of(connection: HTTPConnection) -> Context:
    """The context that belongs to nobody yet, from which that of each operation is made."""
    service = connection.app.state.service
    assert isinstance(service, Context)
    return service
