"""Settings, read once from the environment. Every default is an embedded part that needs nothing installed."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Literal
from urllib.parse import SplitResult, urlsplit

Environment = Literal["development", "production"]


_COUNT = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_COUNTS = {"MAX_SOCKETS": "2000", "MAX_OPEN_OFFERS": "500", "MAX_PUBLICATIONS": "50"}
"""With what each is when it is not set."""
_RATE = re.compile(r"\d{1,6}(\.\d{1,3})?")
_WORD = re.compile(r"[!-~]*")
_MAILBOX = re.compile(r"([!-;=?A-~]+@[!-;=?A-~]+)?")
"""Or none."""


class Misconfigured(Exception):
    """The settings cannot be served with; the message lists everything that is wrong, at once."""


@dataclass(frozen=True)
class Settings:
    environment: Environment
    database_url: str
    search_url: str
    search_api_key: str | None
    search_ca: str | None
    registry_url: str
    registry_token: str | None
    registry_certificate: str | None
    registry_key: str | None
    registry_ca: str | None
    mail_url: str
    mail_from: str
    mail_return_path: str | None
    """Where the servers of recipients send what they cannot deliver; None: to `mail_from`."""
    mail_rate: float
    """Messages a second that a process hands to the mail server at most; 0: as many as it takes."""
    live_mail_wait: timedelta
    """From an offer that is to be told of at once to the mail about it: what comes meanwhile is told in the same."""
    secret_key: str | None
    """Comma-separated, newest first. None: one is made and kept in `./var/secret`."""
    host: str
    port: int
    public_url: str
    allowed_origins: tuple[str, ...]
    embedded_worker: bool
    max_sockets: int
    """WebSockets that a process holds open at most; more are asked to come back later, or to another."""
    max_open_offers: int
    """Offers that one employer has open at once at most."""
    max_publications: int
    """Offers that one employer publishes within an hour at most."""

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def secret_keys(self) -> list[str]:
        """Newest first; none when one is to be made."""
        return [key.strip() for key in (self.secret_key or "").split(",") if key.strip()]


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises Misconfigured, listing every fault."""

    def value(name: str, default: str) -> str:
        return environ.get(f"PLACEMENT_{name}") or default

    host, port = value("HOST", "127.0.0.1"), value("PORT", "8000")
    is_port = port.isdecimal() and int(port) < 65536
    wait = value("LIVE_MAIL_WAIT", "120")
    rate, return_path = value("MAIL_RATE", "50"), value("MAIL_RETURN_PATH", "")
    counts = {name: value(name, default) for name, default in _COUNTS.items()}
    public_url = value("PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
    settings = Settings(
        environment="production" if value("ENVIRONMENT", "development") == "production" else "development",
        database_url=value("DATABASE_URL", "sqlite+aiosqlite:///./var/placement.db"),
        search_url=value("SEARCH_URL", "embedded:./var/search"),
        search_api_key=environ.get("PLACEMENT_SEARCH_API_KEY"),
        search_ca=environ.get("PLACEMENT_SEARCH_CA"),
        registry_url=value("REGISTRY_URL", "sandbox:"),
        registry_token=value("REGISTRY_TOKEN", "") or None,
        registry_certificate=value("REGISTRY_CERTIFICATE", "") or None,
        registry_key=value("REGISTRY_KEY", "") or None,
        registry_ca=value("REGISTRY_CA", "") or None,
        mail_url=value("MAIL_URL", "file:./var/mail"),
        mail_from=value("MAIL_FROM", "Placement en ligne <ne-pas-repondre@example.org>"),
        mail_return_path=return_path or None,
        mail_rate=float(rate) if _RATE.fullmatch(rate) else 0,
        live_mail_wait=timedelta(seconds=int(wait) if wait.isdecimal() else 0),
        secret_key=environ.get("PLACEMENT_SECRET_KEY"),
        host=host,
        port=int(port) if is_port else 0,
        public_url=public_url,
        allowed_origins=tuple(each.strip() for each in value("ALLOWED_ORIGINS", public_url).split(",") if each.strip()),
        embedded_worker=value("EMBEDDED_WORKER", "yes") == "yes",
        max_sockets=_count(counts["MAX_SOCKETS"]),
        max_open_offers=_count(counts["MAX_OPEN_OFFERS"]),
        max_publications=_count(counts["MAX_PUBLICATIONS"]),
    )
    faults = [
        *_one_of("ENVIRONMENT", value("ENVIRONMENT", "development"), ("development", "production")),
        *_one_of("EMBEDDED_WORKER", value("EMBEDDED_WORKER", "yes"), ("yes", "no")),
        *([] if is_port else [f"PLACEMENT_PORT must be a number below 65536, not {port!r}"]),
        *(
            []
            if wait.isdecimal() and int(wait) <= 3600
            else [f"PLACEMENT_LIVE_MAIL_WAIT must be up to 3600 seconds, not {wait!r}"]
        ),
        *(f"PLACEMENT_{name} must be a number above 0, not {each!r}" for name, each in counts.items() if not _count(each)),
        *([] if _RATE.fullmatch(rate) else [f"PLACEMENT_MAIL_RATE must be messages a second, 0 for no limit, not {rate!r}"]),
        *(
            []
            if _MAILBOX.fullmatch(return_path)
            else [f"PLACEMENT_MAIL_RETURN_PATH must be an address alone, such as retours@example.org, not {return_path!r}"]
        ),
        *_addresses("PUBLIC_URL", [public_url]),
        *_addresses("ALLOWED_ORIGINS", [each for each in settings.allowed_origins if each not in ("*", public_url)]),
        *_word("SEARCH_API_KEY", settings.search_api_key),
        *_word("REGISTRY_TOKEN", settings.registry_token),
        *_registry_faults(settings),
        *(unfit_for_production(settings) if settings.production else []),
    ]
    if faults:
        raise Misconfigured("\n".join(faults))
    return settings


def _count(typed: str) -> int:
    """0 for what is no number of anything."""
    return int(typed) if _COUNT.fullmatch(typed) else 0


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> list[str]:
    return [] if value in choices else [f"PLACEMENT_{name} must be one of {', '.join(choices)}, not {value!r}"]


def _word(name: str, secret: str | None) -> list[str]:
    fits = _WORD.fullmatch(secret or "")
    return [] if fits else [f"PLACEMENT_{name} must be one word of visible ASCII characters"]


def _addresses(name: str, values: Sequence[str]) -> list[str]:
    wrong = [value for value in values if not value.startswith(("http://", "https://"))]
    return [f"PLACEMENT_{name} must begin with http:// or https://, not {value!r}" for value in wrong]


def _registry_faults(settings: Settings) -> list[str]:
    """What makes the registry's settings unusable anywhere. Certificate numbers leave this machine only encrypted."""
    parts = _split(settings.registry_url)
    encrypted = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts.hostname or ""))
    usable = encrypted and bool(parts.hostname) and "@" not in parts.netloc
    wanted = {
        "PLACEMENT_REGISTRY_URL must be sandbox: or https://HOST/PATH, without a password": (
            settings.registry_url == "sandbox:" or usable
        ),
        "PLACEMENT_REGISTRY_CERTIFICATE and PLACEMENT_REGISTRY_KEY must be set together": (
            (settings.registry_certificate is None) == (settings.registry_key is None)
        ),
    }
    return [sentence for sentence, met in wanted.items() if not met]


def _split(url: str) -> SplitResult:
    """Of a URL that cannot be read, nothing."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else urlsplit("")
    except ValueError:
        return urlsplit("")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def unfit_for_production(settings: Settings) -> list[str]:
    """Everything that a public service must not run with, one sentence each."""
    keys = settings.secret_keys
    wanted = {
        "PLACEMENT_SECRET_KEY must be set, each key at least 32 random bytes": (
            bool(keys) and all(len(key.encode()) >= 32 for key in keys)
        ),
        "PLACEMENT_DATABASE_URL must be postgresql+asyncpg://…: SQLite is for development": (
            settings.database_url.startswith("postgresql+asyncpg://")
        ),
        "PLACEMENT_REGISTRY_URL must be https://…: the sandbox registry recognises by the first letters": (
            settings.registry_url.startswith("https://")
        ),
        "PLACEMENT_REGISTRY_TOKEN or _CERTIFICATE and _KEY must be set: the registry answers nobody it does not know": (
            bool(settings.registry_token or settings.registry_certificate)
        ),
        "PLACEMENT_MAIL_URL must be smtp://… or smtps://…: file mail reaches nobody": (
            settings.mail_url.startswith(("smtp://", "smtps://"))
        ),
    }
    wanted |= {
        "PLACEMENT_PUBLIC_URL must be https://…: it is in every mail": settings.public_url.startswith("https://"),
        "PLACEMENT_MAIL_FROM must be an address of the service": "@example.org" not in settings.mail_from,
    }
    return [sentence for sentence, met in wanted.items() if not met]
