"""What happens to the processes and to time while people act. Not a test itself."""

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime
from random import Random

from sqlalchemy import func, select, update

from models.alert_mail import GATHERED
from models.database import Database
from models.deadline import Deadline, DeadlineKind
from models.outbox import OutboxEntry
from tests.processes.crew import Crew
from tests.processes.rows import all_done, rows
from tests.processes.running import Installation
from tests.processes.torture.plan import Plan
from tests.processes.writing import Insistent

API = -1
"""The place of the API among the places of workers."""
DIGESTS = (DeadlineKind.DAILY_MAIL, DeadlineKind.WEEKLY_MAIL)


async def lose(crew: Crew, api: Insistent, plan: Plan) -> None:
    """Kills one process after another at random moments. Each is replaced while others may be killed."""
    random, coming = Random(plan.seed), dict[int, asyncio.Task[None]]()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(plan.kills):
            await asyncio.sleep(random.uniform(0, 2 * plan.seconds / plan.kills))
            there = await _some(crew, coming)
            [place] = random.choices(there, [1 if each == API else 2 for each in there])
            if place == API and random.random() < 0.5:
                await api.until_busy(random)
            coming[place] = tasks.create_task(crew.replace_api() if place == API else crew.replace_worker(place))


async def _some(crew: Crew, coming: dict[int, asyncio.Task[None]]) -> list[int]:
    """The places of which the process runs, as soon as there is one."""
    while True:
        there = [place for place in range(API, len(crew.workers)) if place not in coming or coming[place].done()]
        if there:
            return there
        await asyncio.wait(coming.values(), return_when=asyncio.FIRST_COMPLETED)


async def let_days_pass(database: Database, random: Random, stop: asyncio.Event) -> None:
    """Digests of random people become due."""
    while not stop.is_set():
        await asyncio.sleep(random.uniform(0.5, 2))
        waiting = await rows(database, select(Deadline.subject, Deadline.kind).where(Deadline.kind.in_(DIGESTS)))
        for person, kind in random.sample(waiting, len(waiting) // 2):
            await bring(database, Deadline.subject == person, Deadline.kind == kind)


async def bring(database: Database, *which: object) -> None:
    now = datetime.now(UTC)
    async with database.begin() as session:
        due = update(Deadline).where(*which).values(due_at=now, next_try_at=now)  # type: ignore[arg-type]
        await session.execute(due, execution_options={"synchronize_session": False})


async def come_to_rest(database: Database, installed: Installation) -> None:
    """Time passes until every mail has gone: digests are due, and what was put off is tried again."""
    kinds = list(GATHERED.values())
    while await _waiting(database, kinds):
        await bring(database, Deadline.kind.in_(kinds))
        async with database.begin() as session:
            again = update(OutboxEntry).where(OutboxEntry.attempts > 0).values(due_at=datetime.now(UTC))
            await session.execute(again, execution_options={"synchronize_session": False})
        await asyncio.sleep(0.3)
        if not await _waiting(database, kinds):
            await all_done(database, installed)


async def _waiting(database: Database, kinds: Collection[str]) -> int:
    [(planned,)] = await rows(database, select(func.count()).select_from(Deadline).where(Deadline.kind.in_(kinds)))
    [(owed,)] = await rows(database, select(func.count()).select_from(OutboxEntry).where(OutboxEntry.kind.not_like("%.ends")))
    return int(planned + owed)
