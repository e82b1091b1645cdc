"""The database as commands find it: there or not, at the newest shape or another. Tells it in one sentence; mends nothing."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from auth.vault import CannotOpen
from bootstrap import Resources, connect, open_resources
from commands.failure import Failed
from config import Settings
from migrations.running import Shape, shape_of
from models.candidate import Candidate
from models.database import Database
from search.engine import Unusable

BEHIND = "the database at {place} is not at the newest shape: run `placement migrate` first"
LATER = "the database at {place} was made by a later release of the service: run that one"
BROKE_OFF = "the database at {place} refused: {reason}. What was committed before stays; run the command again"
UNUSABLE = "PLACEMENT_DATABASE_URL must be sqlite+aiosqlite:///FILE or postgresql+asyncpg://user:password@host/name ({reason})"
OTHER_KEYS = "PLACEMENT_SECRET_KEY does not open what the database at {place} holds: it needs the keys it was filled with"
UNREACHABLE = "the database at {place} does not answer: {reason}"


@asynccontextmanager
async def open_ready(settings: Settings) -> AsyncIterator[Resources]:
    """Every part of the service, on a database that commands can rely on. Raises Failed on any other."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(open_database_ready(settings))
        try:
            resources = await stack.enter_async_context(open_resources(settings))
        except (OSError, ValueError, Unusable) as error:  # a setting that cannot be used says so itself
            raise Failed(str(error)) from error
        await _require_keys(resources)
        yield resources


async def _require_keys(resources: Resources) -> None:
    """Raises Failed when what the database holds was sealed with other keys: nobody's file could be opened."""
    async with resources.database.read() as session:
        candidate = await session.scalar(select(Candidate).limit(1))
    if candidate is not None:
        try:
            resources.vault.certificate_of(candidate)
        except CannotOpen as error:
            raise Failed(OTHER_KEYS.format(place=place(resources.settings))) from error


async def require_ready(settings: Settings) -> None:
    """Raises Failed for what would stop a server from starting."""
    async with open_ready(settings):
        pass


@asynccontextmanager
async def open_database_ready(settings: Settings) -> AsyncIterator[Database]:
    """The database alone. Raises Failed when it does not answer, or was not migrated."""
    database = connected(settings)
    try:
        await _require_newest(settings, database)
        yield database
    except DBAPIError as error:
        raise Failed(BROKE_OFF.format(place=place(settings), reason=first_line(error))) from error
    finally:
        await database.close()


def connected(settings: Settings) -> Database:
    """Nothing is asked of the database yet. Raises Failed for an address that none can have."""
    try:
        return connect(settings)
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise Failed(UNUSABLE.format(reason=first_line(error))) from error


async def _require_newest(settings: Settings, database: Database) -> None:
    if await shape(settings, database) is Shape.OLDER:
        raise Failed(BEHIND.format(place=place(settings)))


async def shape(settings: Settings, database: Database) -> Shape:
    """Never that of a later release. Raises Failed for one, and when the database does not answer."""
    try:
        found = await shape_of(database)
    except (OSError, DBAPIError) as error:
        raise Failed(UNREACHABLE.format(place=place(settings), reason=first_line(error))) from error
    if found is Shape.LATER:
        raise Failed(LATER.format(place=place(settings)))
    return found


def place(settings: Settings) -> str:
    """Where the database is, without what opens it."""
    url = make_url(settings.database_url)
    return (url.database or "memory") if is_file(settings) else url.render_as_string(hide_password=True)


def is_file(settings: Settings) -> bool:
    return make_url(settings.database_url).get_backend_name() == "sqlite"


def exists(settings: Settings) -> bool:
    """False for a SQLite file that was not made yet; a server is asked by connecting to it."""
    path = make_url(settings.database_url).database
    return not is_file(settings) or (path is not None and Path(path).exists())


def first_line(error: BaseException) -> str:
    """The part of an error of a driver that tells what happened, without the statement it happened in."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return next(iter(str(original).splitlines()), "") or type(original).__name__
