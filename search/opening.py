"""Opens the search engine that a URL names."""

from pathlib import Path

from search.embedded import EmbeddedEngine
from search.engine import SearchEngine

EMBEDDED = "embedded:"


async def open_engine(url: str, *, api_key: str | None = None, ca: str | None = None) -> SearchEngine:
    """For `embedded:FOLDER` and `http(s)://[user:password@]host:port[/prefix]`, where the prefix begins the names of the
    indexes."""
    if url.startswith(EMBEDDED):
        return await EmbeddedEngine.open(Path(url.removeprefix(EMBEDDED)))
    raise ValueError(f"PLACEMENT_SEARCH_URL must be embedded:FOLDER or http(s)://HOST:PORT, not {url!r}")
