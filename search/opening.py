"""Opens the search engine that a URL names."""

import re
from base64 import b64encode
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from elastic_transport.client_utils import DEFAULT
from elasticsearch import AsyncElasticsearch, OrjsonSerializer

from search.elastic import ElasticEngine
from search.embedded import EmbeddedEngine
from search.engine import SearchEngine, Unusable

EMBEDDED = "embedded:"
PREFIX = "placement"
TIME_LIMIT = 10.0
"""Seconds that a search may take on a server."""


async def open_engine(url: str, *, api_key: str | None = None, ca: str | None = None) -> SearchEngine:
    """For `embedded:FOLDER` and `http(s)://[user:password@]host:port[/prefix]`, where the prefix begins the names of the
    indexes. `ca` is the path of the certificate that a server is trusted by. Raises Unusable, with what to do about it;
    Unavailable when a folder cannot be used now."""
    if url.startswith(EMBEDDED):
        return await EmbeddedEngine.open(Path(url.removeprefix(EMBEDDED)))
    parts = urlsplit(url)
    prefix = parts.path.strip("/") or PREFIX
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unusable("PLACEMENT_SEARCH_URL must be embedded:FOLDER or http(s)://[user:password@]host:port[/prefix]")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", prefix):
        raise Unusable(f"the index prefix {prefix!r} in PLACEMENT_SEARCH_URL must be lower-case letters, digits, - and _")
    return await ElasticEngine.open(_client(url, api_key, ca), prefix)


def _client(url: str, api_key: str | None, ca: str | None) -> AsyncElasticsearch:
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = parts.port or (443 if parts.scheme == "https" else 9200)
    password = DEFAULT if api_key or parts.username is None else {"Authorization": _basic(parts)}
    return AsyncElasticsearch(
        f"{parts.scheme}://{host}:{port}",
        api_key=api_key,
        headers=password,
        serializer=OrjsonSerializer(),
        request_timeout=TIME_LIMIT,
        max_retries=0,  # search.elastic_call decides what is worth another try
        ca_certs=ca or DEFAULT,
    )


def _basic(parts: SplitResult) -> str:
    """The client's own takes nothing but ASCII."""
    credentials = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return f"Basic {b64encode(credentials.encode()).decode()}"
