"""Stopping an alert from the link in its mails. Asks nobody to sign in: the link itself was checked before."""

from datetime import datetime
from uuid import UUID

from models.database import Database
from models.job_alert import JobAlert, JobAlertStatus


async def unsubscribe(database: Database, alert_id: UUID, now: datetime) -> None:
    """Pauses the alert, at once: what is queued for it alone is not sent. An alert that is paused, or was deleted, is as
    stopped as can be."""
    async with database.begin() as session:
        alert = await session.get(JobAlert, alert_id, with_for_update=True)
        if alert is not None:
            alert.status = JobAlertStatus.PAUSED
