"""A process that is killed while it erases somebody has erased all or nothing, and another finishes it."""

import asyncio
import signal
import sys
from pathlib import Path

from sqlalchemy import select

from models.account import Account
from models.database import Database
from models.personal_data import HELD
from tests.conftest import Clock
from tests.path.whole_life import EMAIL, lived
from tests.processes.conftest import Pair
from tests.processes.running import ROOT
from tests.real_parts import LONG
from tests.service import EMBEDDED, open_service

KILLED_BEFORE = (1, 2, 5, 10, 15, 20, 22) if LONG else (2, 12, 22)
SESSIONS = {"sign_in_session", "refresh_token"}


async def erase(url: str, folder: Path, statement: int) -> int:
    line = (sys.executable, "-m", "tests.processes.erasing", url, str(folder), EMAIL, str(statement))
    child = await asyncio.create_subprocess_exec(*line, cwd=ROOT)
    return await child.wait()


async def held(database: Database) -> dict[str, list[str]]:
    """Every row about the person, but for those that signing in adds."""
    async with database.read() as session:
        person = (await session.scalars(select(Account.id).where(Account.email == EMAIL))).one_or_none()
        if person is None:
            return {}
        tables = {each.row.__tablename__: select(each.row.__table__).where(each.theirs(person)) for each in HELD}
        return {name: sorted(map(repr, await session.execute(rows))) for name, rows in tables.items() if name not in SESSIONS}


async def test_killed_before_any_statement_it_has_erased_all_or_nothing(
    pair: Pair, database: Database, clock: Clock, tmp_path: Path
) -> None:
    async with open_service(pair.database_url, EMBEDDED, tmp_path / "first", clock) as service:
        await lived(service, clock)
    before = await held(database)
    assert before["candidacy"]
    for statement in KILLED_BEFORE:
        assert await erase(pair.database_url, tmp_path / "killed", statement) == -signal.SIGKILL
        assert await held(database) == before
    assert await erase(pair.database_url, tmp_path / "last", 0) == 0
    assert await held(database) == {}
