"""From settings to the open parts of a process, and their closing. The only place that knows the system's clock."""

import gc
import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.engine import make_url

from auth.keys import Keys
from auth.links import Links
from auth.passwords import Passwords
from auth.tokens import Tokens
from auth.vault import Vault
from config import Settings
from csq.access import Access
from csq.opening import open_registry
from csq.registry import Registry
from models.code_entry import kept_in_step
from models.database import Database, open_database
from models.joint_reading import JointReadings
from notifications.feed import Feed
from notifications.log import CHANGES, LEDGER, Changed, Following, Matched
from notifications.opening import open_mailer
from notifications.post import Post
from search.engine import SearchEngine
from search.opening import open_engine
from search.popularity import Popularity

SECRET_FILE = Path("var/secret")


@dataclass(frozen=True)
class Resources:
    """The parts of the service that a process holds open."""

    settings: Settings
    database: Database
    engine: SearchEngine
    popularity: Popularity
    registry: Registry
    post: Post
    feed: Feed[UUID, Matched]
    changes: Feed[Following, Changed]
    together: JointReadings
    passwords: Passwords
    tokens: Tokens
    vault: Vault
    links: Links
    now: Callable[[], datetime]


def spare_the_collector() -> None:
    """For a process that serves or works for long, once it has loaded its program: the cyclic collector does not walk through
    that again, and through rows, documents and answers, which hold no cycles, a fraction as often. A rebuild took a quarter
    longer without."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def system_clock() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_resources(settings: Settings, now: Callable[[], datetime] = system_clock) -> AsyncIterator[Resources]:
    """Opens every part, and closes them in the opposite order."""
    async with AsyncExitStack() as stack:
        database = connect(settings)
        stack.push_async_callback(database.close)
        await stack.enter_async_context(kept_in_step(database))
        engine = await open_engine(settings.search_url, api_key=settings.search_api_key, ca=settings.search_ca)
        stack.push_async_callback(engine.close)
        passwords = Passwords()
        stack.callback(passwords.close)
        keys = Keys(secret_keys(settings))
        links = Links(keys, settings.public_url, now)
        registry = open_registry(access_to_registry(settings), now)
        stack.push_async_callback(registry.close)
        mailer = open_mailer(settings.mail_url, rate=settings.mail_rate, return_path=settings.mail_return_path)
        stack.push_async_callback(mailer.close)
        yield Resources(
            settings=settings,
            database=database,
            engine=engine,
            popularity=Popularity(engine, now),
            registry=registry,
            post=Post(mailer, links, settings.mail_from),
            feed=Feed(database, now, LEDGER),
            changes=Feed(database, now, CHANGES),
            together=JointReadings(database),
            passwords=passwords,
            tokens=Tokens(keys, settings.public_url),
            vault=Vault(keys),
            links=links,
            now=now,
        )


def access_to_registry(settings: Settings) -> Access:
    return Access(
        url=settings.registry_url,
        token=settings.registry_token,
        certificate=settings.registry_certificate,
        key=settings.registry_key,
        ca=settings.registry_ca,
    )


def connect(settings: Settings) -> Database:
    """The database alone, for commands that need nothing else. Makes the folder of a SQLite file."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return open_database(settings.database_url)


def secret_keys(settings: Settings) -> list[str]:
    """The secrets, newest first. Without a setting, one is made once and kept where only its owner can read it."""
    if settings.secret_keys:
        return settings.secret_keys
    SECRET_FILE.parent.mkdir(parents=True, exist_ok=True)
    if not SECRET_FILE.exists():
        made = SECRET_FILE.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        with suppress(FileExistsError):
            os.link(made, SECRET_FILE)  # whole or not at all: another process may make one at this moment
        made.unlink()
    return [SECRET_FILE.read_text()]
