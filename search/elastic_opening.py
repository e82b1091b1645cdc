"""Opens the engine on an Elasticsearch server: with which client, as whom, and whom it trusts."""

import ssl
from base64 import b64encode
from urllib.parse import SplitResult, unquote, urlsplit

from elastic_transport import TlsError
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, AsyncElasticsearch, OrjsonSerializer, TransportError

from search.elastic import ElasticEngine
from search.engine import Unusable

TIME_LIMIT = 10.0
"""Seconds that a search may take on a server."""
GREETING_LIMIT = 2.0
"""Seconds that a server may take to show its certificate. Of one that takes longer, it is seen later."""


async def open_elastic(url: str, prefix: str, api_key: str | None, ca: str | None) -> ElasticEngine:
    """`prefix` begins the names of the indexes. Raises Unusable for a server that can never do, or is not to be trusted."""
    client = _client(url, api_key, ca)
    try:
        if urlsplit(url).scheme == "https":
            await _check_trust(client)
    except BaseException:
        await client.close()
        raise
    return await ElasticEngine.open(client, prefix)


async def _check_trust(client: AsyncElasticsearch) -> None:
    """Raises Unusable when there is TLS with none of the nodes: waiting would not help. What else may be wrong with them is
    seen when the engine is opened."""
    untrusted = TlsError("")
    for _ in client.transport.node_pool.all():  # those that failed are asked after the others
        try:
            await client.options(request_timeout=GREETING_LIMIT).info()
        except TlsError as problem:
            untrusted = problem
        except (ApiError, TransportError):
            return
        else:
            return
    raise Unusable(
        f"there is no TLS with the search server: {untrusted.message}. PLACEMENT_SEARCH_CA must be the file of the authority "
        f"that signed its certificate, and PLACEMENT_SEARCH_URL call it as the certificate does"
    ) from untrusted


def _client(url: str, api_key: str | None, ca: str | None) -> AsyncElasticsearch:
    """Asks the nodes in turn, those that failed lately after the others: who asks again asks another."""
    parts = urlsplit(url)
    password = DEFAULT if api_key or parts.username is None else {"Authorization": _basic(parts)}
    return AsyncElasticsearch(
        [_node(parts.scheme, each) for each in parts.netloc.rpartition("@")[2].split(",")],
        api_key=api_key,
        headers=password,
        serializer=OrjsonSerializer(),
        request_timeout=TIME_LIMIT,
        max_retries=0,  # search.elastic_call decides what is worth another try
        ssl_context=_trusting(ca, parts.scheme) if ca else DEFAULT,
    )


def _trusting(ca: str, scheme: str) -> ssl.SSLContext:
    """Nobody but that authority."""
    if scheme != "https":
        raise Unusable("PLACEMENT_SEARCH_CA is set, so PLACEMENT_SEARCH_URL must begin with https://")
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as problem:
        raise Unusable(f"PLACEMENT_SEARCH_CA cannot be used: {ca}: {problem}") from problem


def _node(scheme: str, address: str) -> str:
    parts = urlsplit(f"{scheme}://{address}")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{scheme}://{host}:{parts.port or (443 if scheme == 'https' else 9200)}"


def _basic(parts: SplitResult) -> str:
    """The client's own takes nothing but ASCII."""
    credentials = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return f"Basic {b64encode(credentials.encode()).decode()}"
