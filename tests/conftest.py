"""What every test may ask for: a migrated database of its own, on SQLite and, where one is to be had, on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bootstrap import spare_the_collector
from migrations.running import migrate
from models.base import Base
from models.database import Database, open_database
from tests.real_parts import POSTGRESQL, WITHOUT_POSTGRESQL
from tests.sparing import spared

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.instant = now

    def __call__(self) -> datetime:
        return self.instant

    def move(self, **by: float) -> None:
        self.instant += timedelta(**by)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = set(spared(items))
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [each for each in items if each not in left_out]


def pytest_collection_finish() -> None:
    spare_the_collector()  # which would walk through the program and all tests again and again


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session", autouse=True)
def _hashing_at_the_least_cost() -> Iterator[None]:
    """Argon2id as ever, but nobody guesses the passwords of tests, and there are thousands of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("auth.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


async def _administer(statement: str) -> None:
    """Runs a statement outside any transaction, in the database that the setting names."""
    database = open_database(POSTGRESQL or "")
    async with database.engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await outside.execute(text(statement))
    await database.close()


@pytest.fixture(scope="session")
async def postgresql_template() -> AsyncIterator[str]:
    """The name of a migrated, empty database, to be copied."""
    if not POSTGRESQL:
        pytest.skip(WITHOUT_POSTGRESQL)
    name = f"placement_test_{uuid4().hex[:12]}"
    await _administer(f"CREATE DATABASE {name}")
    database = open_database(_named(name))
    await migrate(database)
    await database.close()
    yield name
    await _administer(f"DROP DATABASE {name} WITH (FORCE)")


def _named(name: str) -> str:
    return make_url(POSTGRESQL or "").set(database=name).render_as_string(hide_password=False)


@asynccontextmanager
async def copy_of(template: str) -> AsyncIterator[str]:
    """The URL of a copy of that PostgreSQL database, for as long as the block lasts."""
    name = f"{template}_{uuid4().hex[:8]}"
    await _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(name)
    await _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
async def postgresql_in_turn(postgresql_template: str) -> AsyncIterator[Database]:
    """A database that one test after the other has to itself: emptying it takes a tenth of the time of making another."""
    async with copy_of(postgresql_template) as url:
        database = open_database(url)
        yield database
        await database.close()


@pytest.fixture
async def postgresql_url(postgresql_in_turn: Database) -> AsyncIterator[str]:
    """The URL of a migrated, empty PostgreSQL database of the test's own."""
    yield postgresql_in_turn.engine.url.render_as_string(hide_password=False)
    await _empty(postgresql_in_turn)


async def _empty(database: Database) -> None:
    """Ends whatever a test has left open, and deletes all rows in whichever order."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    deleting = "; ".join(f"DELETE FROM {table}" for table in Base.metadata.tables)
    async with database.begin() as session:
        await session.execute(text(f"SELECT pg_terminate_backend(pid) {others}"))
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text(f"DO $$ BEGIN {deleting}; END $$"))


@pytest.fixture(scope="session")
async def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "placement.db"
    database = open_database(f"sqlite+aiosqlite:///{path}")
    await migrate(database)
    await database.close()  # the last connection to close brings everything into the one file
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a migrated SQLite file of the test's own."""
    path = tmp_path / "placement.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database: the test runs on each kind there is."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = open_database(database_url)
    yield database
    await database.close()
