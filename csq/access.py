"""How the registry is reached, and as whom: its address, and the proofs that settings name."""

import ssl
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Access:
    """`certificate`, `key` and `ca` are paths of PEM files. With a `ca`, no other authority is trusted."""

    url: str
    token: str | None = field(default=None, repr=False)
    certificate: str | None = None
    key: str | None = None
    ca: str | None = None

    def tls(self) -> ssl.SSLContext:
        """What servers are trusted by, and what we prove who we are with. Raises ValueError for a file that cannot be used."""
        context = _trusting(self.ca)
        if self.certificate:
            try:
                context.load_cert_chain(self.certificate, self.key, password=_no_password)
            except (OSError, ValueError) as fault:
                names = "PLACEMENT_REGISTRY_CERTIFICATE and PLACEMENT_REGISTRY_KEY"
                raise ValueError(f"{names} cannot be used: {fault}") from fault
        return context


def _trusting(ca: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as fault:
        raise ValueError(f"PLACEMENT_REGISTRY_CA cannot be used: {fault}") from fault


def _no_password() -> str:
    """Asked for when a key is encrypted; without this, OpenSSL would ask whoever sits at the terminal."""
    raise ValueError("the key must not be encrypted with a password")
