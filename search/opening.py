"""Opens the search engine that a URL names."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from search.embedded import EmbeddedEngine
from search.engine import SearchEngine, Unusable

EMBEDDED = "embedded:"
PREFIX = "placement"


async def open_engine(url: str, *, api_key: str | None = None, ca: str | None = None) -> SearchEngine:
    """For `embedded:FOLDER` and `http(s)://[user:password@]host:port[,host:port…][/prefix]`: nodes of one cluster, and what the
    names of the indexes begin with. `ca` is the path of the certificate that a server is trusted by. Raises Unusable, with
    what to do about it. A server that does not answer is no fault: it may come."""
    if url.startswith(EMBEDDED) and url != EMBEDDED:
        return await EmbeddedEngine.open(Path(url.removeprefix(EMBEDDED)))
    parts = urlsplit(url)
    prefix = parts.path.strip("/") or PREFIX
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unusable(
            "PLACEMENT_SEARCH_URL must be embedded:FOLDER or http(s)://[user:password@]host:port[,host:port…][/prefix]"
        )
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", prefix):
        raise Unusable(f"the index prefix {prefix!r} in PLACEMENT_SEARCH_URL must be lower-case letters, digits, - and _")
    from search.elastic_opening import open_elastic  # its imports take half a second, which the embedded engine saves

    return await open_elastic(url, prefix, api_key, ca)
