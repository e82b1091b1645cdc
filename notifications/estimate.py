"""How often an alert would have fired lately, by the matcher itself over what was published in that time. Refuses alerts that
would tell so much that nobody could read it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, true
from sqlalchemy.ext.asyncio import AsyncSession

from errors import LimitReached
from models.clause import Everything
from models.database import Database
from models.document import Document
from models.stored_criteria import Criteria
from notifications.audience import AUDIENCES, Audience

DAYS = 30
MOST_A_DAY = 30
"""More than a person can be told."""
MOST_READ = 1_000
"""How many are looked at, the latest ones. When there were more, their share that matches stands for all: analysing so many
long bilingual offers takes up to a second, and whoever saves an alert waits for it."""
ENOUGH_TO_TELL = 50
"""Of so many, criteria must leave some out: a least pay of one dollar asks for something and describes everything."""
PAGE = 25
"""Other work of the process waits while so many are analysed, a few hundredths of a second."""
EVERY = true()


@dataclass(frozen=True)
class Estimate:
    """`matches` in `days` days; `all_of` when there were enough to tell, and it would have matched each."""

    days: int
    matches: int
    all_of: bool = False

    @property
    def per_day(self) -> float:
        return round(self.matches / self.days, 2)


async def estimate(
    database: Database, criteria: Criteria, now: datetime, days: int = DAYS, *, which: ColumnElement[bool] = EVERY
) -> Estimate:
    """How often an alert would have fired. Raises LimitReached for criteria that ask for nothing or leave nothing out, and
    for more than thirty a day, with the figure. Only what is `which` counts."""
    estimated = await count_matches(database, criteria, now, days, which=which)
    if isinstance(criteria.clause, Everything) or estimated.all_of or estimated.per_day > MOST_A_DAY:
        raise LimitReached("TOO_BROAD", limit=MOST_A_DAY, current=estimated.per_day)
    return estimated


async def count_matches(
    database: Database, criteria: Criteria, now: datetime, days: int = DAYS, *, which: ColumnElement[bool] = EVERY
) -> Estimate:
    """The same figure, whatever it is. Counts every offer published in that time, closed since or not, but candidacies only
    while they are published."""
    of = next(each for each in AUDIENCES if each.kind is criteria.kind)
    async with database.read() as session:
        since = now - timedelta(days=days)
        rows = of.once_open.where(of.row.published_at > since, of.row.published_at <= now, which)
        published = await session.scalar(rows.with_only_columns(func.count(), maintain_column_froms=True)) or 0
        found = read = 0
        async for page in _documents(session, of, rows):
            found += sum(criteria.matches(document) for document in page)
            read += len(page)
            await asyncio.sleep(0)
    return Estimate(days, round(found * published / read) if read else 0, all_of=found == read >= ENOUGH_TO_TELL)


async def _documents(session: AsyncSession, of: Audience, rows: Select[*tuple[Any, ...]]) -> AsyncIterator[list[Document]]:
    latest = rows.order_by(of.row.published_at.desc(), of.row.id).limit(MOST_READ)
    found = await session.stream(latest, execution_options={"yield_per": PAGE})
    async for page in found.partitions():
        yield [of.document(row, beside) for row, beside in page]
