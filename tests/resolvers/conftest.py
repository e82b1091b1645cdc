"""The service that resolvers run in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.database import Database
from resolvers.context import Context
from tests.conftest import Clock
from tests.contexts import open_service


@pytest.fixture
async def service(database: Database, clock: Clock, tmp_path: Path) -> AsyncIterator[Context]:
    async with open_service(database, clock, tmp_path / "search") as opened:
        yield opened
