"""`placement reencrypt` that is killed in the middle is run again, and nothing is lost or left."""

import asyncio
import time

from models.database import Database
from tests.processes.running import Installation
from tests.real_parts import LONG
from tests.sealed_files import NEW, OLD, keep_files, require_opens, sealed_with_newest, vault

FILES = 1_500 if LONG else 400
BOTH = f"{NEW},{OLD}"


async def test_killed_in_the_middle_it_is_run_again(installed: Installation, database: Database) -> None:
    files = await keep_files(database, vault(OLD), range(FILES))
    process = await installed.start("reencrypt", PLACEMENT_SECRET_KEY=BOTH)
    deadline = time.monotonic() + 60
    while await sealed_with_newest(database, vault(NEW, OLD)) == 0:
        assert process.alive, process.said()
        assert time.monotonic() < deadline, process.said()
        await asyncio.sleep(0.01)
    await process.kill()
    done = await sealed_with_newest(database, vault(NEW, OLD))
    assert 0 < done < FILES
    again = await installed.start("reencrypt", PLACEMENT_SECRET_KEY=BOTH)
    assert await again.child.wait() == 0, again.said()
    assert f"and {FILES - done:,} fingerprints made" in again.said()
    assert "0 values still under an older key: the older keys can be removed" in again.said()
    await require_opens(database, vault(NEW), files)
