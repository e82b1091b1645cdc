"""Opens the engine on an Elasticsearch server: with which client, and as whom."""

from base64 import b64encode
from urllib.parse import SplitResult, unquote, urlsplit

from elastic_transport.client_utils import DEFAULT
from elasticsearch import AsyncElasticsearch, OrjsonSerializer

from search.elastic import ElasticEngine

TIME_LIMIT = 10.0
"""Seconds that a search may take on a server."""


async def open_elastic(url: str, prefix: str, api_key: str | None, ca: str | None) -> ElasticEngine:
    """`prefix` begins the names of the indexes. Raises Unusable for a server that can never do."""
    return await ElasticEngine.open(_client(url, api_key, ca), prefix)


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
        ca_certs=ca or DEFAULT,
    )


def _node(scheme: str, address: str) -> str:
    parts = urlsplit(f"{scheme}://{address}")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{scheme}://{host}:{parts.port or (443 if scheme == 'https' else 9200)}"


def _basic(parts: SplitResult) -> str:
    """The client's own takes nothing but ASCII."""
    credentials = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return f"Basic {b64encode(credentials.encode()).decode()}"
