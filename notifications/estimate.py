"""How often an alert would have fired lately, by the matcher itself over the offers of that time. Refuses alerts that would
tell so much that nobody could read it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import LimitReached
from models.clause import Everything
from models.database import Database
from models.document import Document
from models.employer import Employer
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_criteria import JobOfferCriteria
from models.job_offer_document import job_offer_document

DAYS = 30
OFFERS_A_DAY = 30
"""More than a person can be told."""
MOST_READ = 1_000
"""Offers that are looked at, the latest ones. When there were more, their share that matches stands for all: analysing so many
long bilingual offers takes up to a second, and whoever saves an alert waits for it."""
ENOUGH_TO_TELL = 50
"""Offers of which criteria must leave some out: a least pay of one dollar asks for something and describes everything."""
PAGE = 25
"""Other work of the process waits while so many are analysed, a few hundredths of a second."""
ONCE_PUBLISHED = tuple(status for status in JobOfferStatus if status is not JobOfferStatus.DRAFT)


@dataclass(frozen=True)
class Estimate:
    """`matches` offers in `days` days; `all_of` when there were that many offers to tell, and it would have matched each."""

    days: int
    matches: int
    all_of: bool = False

    @property
    def per_day(self) -> float:
        return round(self.matches / self.days, 2)


async def estimate(database: Database, criteria: JobOfferCriteria, now: datetime, days: int = DAYS) -> Estimate:
    """How often an alert would have fired. Raises LimitReached for criteria that ask for nothing or leave nothing out, and
    for more than thirty offers a day, with the figure."""
    estimated = await count_matches(database, criteria, now, days)
    if isinstance(criteria.clause, Everything) or estimated.all_of or estimated.per_day > OFFERS_A_DAY:
        raise LimitReached("TOO_BROAD", limit=OFFERS_A_DAY, current=estimated.per_day)
    return estimated


async def count_matches(database: Database, criteria: JobOfferCriteria, now: datetime, days: int = DAYS) -> Estimate:
    """The same figure, whatever it is. Counts every offer published in that time, closed since or not."""
    async with database.read() as session:
        since = now - timedelta(days=days)
        published = await session.scalar(_published(since, now).with_only_columns(func.count(), maintain_column_froms=True)) or 0
        found = read = 0
        async for page in _documents(session, since, now):
            found += sum(criteria.matches(document) for document in page)
            read += len(page)
            await asyncio.sleep(0)
    return Estimate(days, round(found * published / read) if read else 0, all_of=found == read >= ENOUGH_TO_TELL)


async def _documents(session: AsyncSession, since: datetime, now: datetime) -> AsyncIterator[list[Document]]:
    latest = _published(since, now).order_by(JobOffer.published_at.desc(), JobOffer.id).limit(MOST_READ)
    rows = await session.stream(latest, execution_options={"yield_per": PAGE})
    async for page in rows.partitions():
        yield [job_offer_document(offer, employer_name) for offer, employer_name in page]


def _published(since: datetime, now: datetime) -> Select[JobOffer, str]:
    query = select(JobOffer, Employer.name).join(Employer, Employer.id == JobOffer.employer_id)
    return query.where(JobOffer.status.in_(ONCE_PUBLISHED), JobOffer.published_at > since, JobOffer.published_at <= now)
