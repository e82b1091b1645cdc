"""Ends offers whose last day has passed. Searches have left them out since that day ended."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.calendar import quebec_day
from models.job_offer import JobOffer, JobOfferEvent
from models.outbox import emit


async def expire_job_offer(session: AsyncSession, row: JobOffer, now: datetime) -> None:
    if row.expire(quebec_day(now)):
        session.add(JobOfferEvent(job_offer_id=row.id, at=now, status=row.status))
        emit(session, "job_offer.changed", row.id, now)
