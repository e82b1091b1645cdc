"""Opens the registry that a setting names."""

from csq.registry import Registry
from csq.sandbox import SandboxRegistry


def open_registry(url: str) -> Registry:
    """The registry behind a `PLACEMENT_REGISTRY_URL`."""
    if url == "sandbox:":
        return SandboxRegistry()
    raise ValueError(f"no registry is known for {url!r}: only sandbox: can be served yet")
