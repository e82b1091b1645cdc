"""The live stream of offers that match the caller's alerts, from where the client left off."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from errors import NotFound
from models.job_alert import Alert, JobAlert
from notifications.log import Matched
from resolvers import stream
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, open_offers
from resolvers.stream import StreamGap


@dataclass(frozen=True)
class OfferMatched:
    """An offer that matched, and the caller's alerts that it matched."""

    cursor: str
    notification_id: UUID
    posted: PostedOffer
    alerts: list[JobAlert]
    at: datetime


T = TypeVar("T")


def follow(context: Context, alert_id: UUID | None, after: str | None) -> AsyncGenerator[OfferMatched | StreamGap, None]:
    """Everything since the cursor in order, then what comes. An offer that has ended meanwhile is passed over: it can no
    longer be applied to. Raises NotFound for an alert that is not the caller's."""
    return follow_matches(context, alert_id, after, partial(_matched, context))


async def follow_matches(
    context: Context, alert_id: UUID | None, after: str | None, read: Callable[[Matched], Awaitable[T | None]]
) -> AsyncGenerator[T | StreamGap, None]:
    """What `read` makes of each event, but for those of which it makes nothing."""
    if alert_id is not None:
        await _require_own(context, alert_id)

    async def show(event: Matched) -> T | None:
        return await read(event) if alert_id is None or alert_id in event.alert_ids else None

    place = stream.Place("", after, part=alert_id)
    async with aclosing(stream.follow(context, context.feed, context.account_id, place, show)) as events:
        async for event in events:
            yield event


async def _require_own(context: Context, alert_id: UUID) -> None:
    async with context.database.read() as session:
        alert = await session.get(Alert, alert_id)
    if alert is None or alert.person_id != context.account_id:
        raise NotFound("NOT_FOUND")


async def _matched(context: Context, event: Matched) -> OfferMatched | None:
    posted = (await open_offers(context, [event.subject])).get(event.subject)
    if posted is None:
        return None
    async with context.database.read() as session:
        known = select(JobAlert).where(JobAlert.id.in_(event.alert_ids)).order_by(JobAlert.created_at, JobAlert.id)
        alerts = list(await session.scalars(known))
    return OfferMatched(str(event.position), event.notification_id, posted, alerts, event.at)
