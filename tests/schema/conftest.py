"""The service that the contract is asked over: on each kind of database, with the embedded engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.service import EMBEDDED, Service, open_service


@pytest.fixture
async def service(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Service]:
    async with open_service(database_url, EMBEDDED, tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def agent(service: Service) -> str:
    """The access token of an agent, agent@example.org."""
    return await service.agent()
