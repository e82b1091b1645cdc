"""The server of the small schema: one for the tests that change nothing in it, and one of its own for each of the others."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.conftest import Clock
from tests.serving import Running, running, settings_for
from tests.transport.small_schema import schema


@pytest.fixture(scope="session")
async def shared(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """Nobody is signed in on it, and its clock stands still."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(sqlite_template, folder / "placement.db")
    settings = settings_for(f"sqlite+aiosqlite:///{folder / 'placement.db'}", folder)
    async with running(settings, schema, lambda: datetime(2026, 3, 16, 14, 0, tzinfo=UTC)) as server:
        yield server


@pytest.fixture
async def client(shared: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=shared.url) as client:
        yield client


@pytest.fixture
async def own(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Running]:
    """A server of the test's own, with the test's clock, on each kind of database."""
    async with running(settings_for(database_url, tmp_path), schema, clock) as server:
        yield server
