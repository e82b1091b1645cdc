"""The live stream of offers that match the caller's alerts, from where the client left off."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from errors import Invalid, NotFound, Problem
from models.hidden_employer import HiddenEmployer
from models.job_alert import JobAlert
from notifications.feed import Gap
from notifications.log import Matched
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, open_offers


@dataclass(frozen=True)
class OfferMatched:
    """An offer that matched, and the caller's alerts that it matched."""

    cursor: str
    notification_id: UUID
    posted: PostedOffer
    alerts: list[JobAlert]
    at: datetime


@dataclass(frozen=True)
class StreamGap:
    """What lies before the cursor is no longer stored."""

    cursor: str
    since: datetime


Event = OfferMatched | StreamGap


async def follow(context: Context, alert_id: UUID | None, after: str | None) -> AsyncGenerator[Event, None]:
    """Everything since the cursor in order, then what comes. An offer that has ended meanwhile is passed over, for it can no
    longer be applied to, and so is one of an employer from which the caller hides. Raises NotFound for an alert that is
    not the caller's."""
    if alert_id is not None:
        await _require_own(context, alert_id)
    async with aclosing(context.feed.follow(context.account_id, _start(context, alert_id, after))) as events:
        async for event in events:
            if isinstance(event, Gap):
                yield StreamGap(str(event.position), event.since)
            elif (alert_id is None or alert_id in event.alert_ids) and (matched := await _matched(context, event)):
                yield matched
            context.streamed[alert_id] = max(event.position, context.streamed.get(alert_id, 0))  # asked for more: it was sent


def _start(context: Context, alert_id: UUID | None, after: str | None) -> int | None:
    """The last of the places that are known: clients repeat their first `after`, and the cursor of their connection is as
    old as it. What was sent of all alerts was sent of each."""
    sent = [context.streamed.get(each) for each in (alert_id, None) if each in context.streamed]
    places = [read_position(after), *(sent or [read_position(context.last_cursor)])]
    return max((each for each in places if each is not None), default=None)


async def _require_own(context: Context, alert_id: UUID) -> None:
    async with context.database.read() as session:
        alert = await session.get(JobAlert, alert_id)
    if alert is None or alert.candidate_id != context.account_id:
        raise NotFound("NOT_FOUND")


def read_position(cursor: str | None) -> int | None:
    """Raises Invalid for anything that no event gave."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 16):
        raise Invalid([Problem(("after",), "INVALID_CURSOR")])
    return int(cursor)


async def _matched(context: Context, event: Matched) -> OfferMatched | None:
    posted = (await open_offers(context, [event.job_offer_id])).get(event.job_offer_id)
    if posted is None:
        return None
    async with context.database.read() as session:
        if await session.get(HiddenEmployer, (context.account_id, posted.employer.neq)) is not None:
            return None
        known = select(JobAlert).where(JobAlert.id.in_(event.alert_ids)).order_by(JobAlert.created_at, JobAlert.id)
        alerts = list(await session.scalars(known))
    return OfferMatched(str(event.position), event.notification_id, posted, alerts, event.at)
