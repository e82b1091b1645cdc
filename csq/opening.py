"""Opens the registry that settings name."""

from collections.abc import Callable
from datetime import datetime

from csq.access import Access
from csq.registry import Registry
from csq.sandbox import SandboxRegistry

SANDBOX = "sandbox:"


def open_registry(access: Access, now: Callable[[], datetime]) -> Registry:
    """The sandbox, or the registry at an address, behind a breaker; a running event loop must be there. Raises ValueError for
    files of keys and certificates that cannot be used. A registry that does not answer is no fault: it may come."""
    if access.url == SANDBOX:
        return SandboxRegistry()
    from csq.breaker import Breaker  # imports of a registry over the network take a while, which the sandbox saves
    from csq.http_registry import HttpRegistry

    return Breaker(HttpRegistry(access, now), now)
