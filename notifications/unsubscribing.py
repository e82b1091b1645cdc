"""Stopping alerts from a link in their mails. Asks nobody to sign in: the link itself was checked before."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import Select, or_, select

from models.database import Database
from models.job_alert import Alert, JobAlertStatus


async def unsubscribe(database: Database, alert_ids: Collection[UUID], person_id: UUID | None = None) -> list[str]:
    """Pauses the alerts, and all of the person where one is named, at once: what is queued for them alone is not sent. An alert
    that is paused, or was deleted, is as stopped as can be. Answers the names of those that are there, the oldest first."""
    query = _concerned(alert_ids, person_id).order_by(Alert.id)  # as matching does: neither waits for what the other holds
    async with database.begin() as session:
        alerts = (await session.scalars(query.with_for_update(key_share=True))).all()
        for alert in alerts:
            alert.status = JobAlertStatus.PAUSED
    return _names(alerts)


async def still_on(database: Database, alert_ids: Collection[UUID], person_id: UUID | None = None) -> list[str]:
    """The names of those that this would pause, the oldest first."""
    async with database.read() as session:
        return _names(await session.scalars(_concerned(alert_ids, person_id).where(Alert.status == JobAlertStatus.ON)))


def _concerned(alert_ids: Collection[UUID], person_id: UUID | None) -> Select[Alert]:
    return select(Alert).where(or_(Alert.id.in_(alert_ids), Alert.person_id == person_id))


def _names(alerts: Iterable[Alert]) -> list[str]:
    return [alert.name for alert in sorted(alerts, key=lambda alert: (alert.created_at, alert.id))]
