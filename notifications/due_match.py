"""What every delivery of an alert mail has in common, whatever it tells of. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.job_alert import Alert, JobAlertStatus
from models.notification import NotificationAlert
from notifications.alert_letters import Matched
from notifications.post import Post


class DueMatch(Protocol):
    """`alerts` are those that matched and still tell of it, oldest first; `source` is whoever should not fill a mail."""

    @property
    def delivery_id(self) -> UUID: ...
    @property
    def alerts(self) -> Sequence[Alert]: ...
    @property
    def source(self) -> UUID: ...

    def why_not(self, now: datetime) -> str | None:
        """The code of what keeps it from the person; None when it may be told of."""

    def matched(self, post: Post, everything: str) -> Matched:
        """As a letter tells of it that links to the list of `everything`."""


async def alerts_on(session: AsyncSession, notification_ids: Collection[UUID]) -> dict[UUID, list[Alert]]:
    """By notification, those of its alerts that are on, oldest first."""
    query = (
        select(NotificationAlert.notification_id, Alert)
        .join(Alert, Alert.id == NotificationAlert.alert_id)
        .where(NotificationAlert.notification_id.in_(notification_ids), Alert.status == JobAlertStatus.ON)
        .order_by(Alert.created_at, Alert.id)
    )
    alerts: defaultdict[UUID, list[Alert]] = defaultdict(list)
    for notification_id, alert in await session.execute(query):
        alerts[notification_id].append(alert)
    return alerts
