"""The mail server of these tests is one that nobody would want."""

from collections.abc import AsyncIterator

import pytest

from tests.processes.torture.unreliable import Unreliable


@pytest.fixture
async def mailbox() -> AsyncIterator[Unreliable]:
    kept = Unreliable(hesitation=0.05)
    kept.open()
    yield kept
    kept.close()
