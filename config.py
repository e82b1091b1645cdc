"""Settings, read once from the environment. Every default is an embedded part that needs nothing installed."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Environment = Literal["development", "production"]


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
    mail_url: str
    mail_from: str
    secret_key: str | None
    """Comma-separated, newest first. None: one is made and kept in `./var/secret`."""
    host: str
    port: int
    public_url: str
    allowed_origins: tuple[str, ...]
    embedded_worker: bool

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
    public_url = value("PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
    settings = Settings(
        environment="production" if value("ENVIRONMENT", "development") == "production" else "development",
        database_url=value("DATABASE_URL", "sqlite+aiosqlite:///./var/placement.db"),
        search_url=value("SEARCH_URL", "embedded:./var/search"),
        search_api_key=environ.get("PLACEMENT_SEARCH_API_KEY"),
        search_ca=environ.get("PLACEMENT_SEARCH_CA"),
        registry_url=value("REGISTRY_URL", "sandbox:"),
        mail_url=value("MAIL_URL", "file:./var/mail"),
        mail_from=value("MAIL_FROM", "Placement en ligne <ne-pas-repondre@example.org>"),
        secret_key=environ.get("PLACEMENT_SECRET_KEY"),
        host=host,
        port=int(port) if is_port else 0,
        public_url=public_url,
        allowed_origins=tuple(each.strip() for each in value("ALLOWED_ORIGINS", public_url).split(",") if each.strip()),
        embedded_worker=value("EMBEDDED_WORKER", "yes") == "yes",
    )
    faults = [
        *_one_of("ENVIRONMENT", value("ENVIRONMENT", "development"), ("development", "production")),
        *_one_of("EMBEDDED_WORKER", value("EMBEDDED_WORKER", "yes"), ("yes", "no")),
        *([] if is_port else [f"PLACEMENT_PORT must be a number below 65536, not {port!r}"]),
        *_addresses("PUBLIC_URL", [public_url]),
        *_addresses("ALLOWED_ORIGINS", [each for each in settings.allowed_origins if each not in ("*", public_url)]),
        *(unfit_for_production(settings) if settings.production else []),
    ]
    if faults:
        raise Misconfigured("\n".join(faults))
    return settings


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> list[str]:
    return [] if value in choices else [f"PLACEMENT_{name} must be one of {', '.join(choices)}, not {value!r}"]


def _addresses(name: str, values: Sequence[str]) -> list[str]:
    wrong = [value for value in values if not value.startswith(("http://", "https://"))]
    return [f"PLACEMENT_{name} must begin with http:// or https://, not {value!r}" for value in wrong]


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
        "PLACEMENT_MAIL_URL must be smtp://… or smtps://…: file mail reaches nobody": (
            settings.mail_url.startswith(("smtp://", "smtps://"))
        ),
    }
    wanted |= {
        "PLACEMENT_PUBLIC_URL must be https://…: it is in every mail": settings.public_url.startswith("https://"),
        "PLACEMENT_MAIL_FROM must be an address of the service": "@example.org" not in settings.mail_from,
    }
    return [sentence for sentence, met in wanted.items() if not met]
