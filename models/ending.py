"""Ends publications whose last day has passed. Searches have left them out since that day ended."""

from datetime import datetime
from uuid import UUID

from models.calendar import quebec_day
from models.candidacy import Candidacy
from models.database import Database
from models.job_offer import JobOffer, JobOfferEvent
from models.outbox import emit


async def end_candidacy(database: Database, candidacy_id: UUID, now: datetime) -> None:
    async with database.begin() as session:
        row = await session.get(Candidacy, candidacy_id, with_for_update=True)
        if row is not None and row.expire(quebec_day(now)):
            emit(session, "candidacy.changed", row.id, now)


async def end_job_offer(database: Database, offer_id: UUID, now: datetime) -> None:
    async with database.begin() as session:
        row = await session.get(JobOffer, offer_id, with_for_update=True)
        if row is not None and row.expire(quebec_day(now)):
            session.add(JobOfferEvent(job_offer_id=row.id, at=now, status=row.status))
            emit(session, "job_offer.changed", row.id, now)
