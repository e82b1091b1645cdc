"""Optimistic writes: a client may say which version of a row it changes, and is refused when another write came first."""

from errors import Conflict


def require_version(stored: int, expected: int | None) -> None:
    """Raises Conflict when the client's version is not the stored one. None asks for nothing."""
    if expected is not None and expected != stored:
        raise Conflict("STALE_VERSION")
