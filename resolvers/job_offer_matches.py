"""The live stream of offers that match the caller's alerts, from where the client left off."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import NotFound
from models.hidden_employer import HiddenEmployer
from models.job_alert import Alert, JobAlert, JobAlertStatus
from notifications.log import Matched
from resolvers import stream
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, open_to_all, posted_offers
from resolvers.stream import StreamGap


@dataclass(frozen=True)
class OfferMatched:
    """An offer that matched, and the caller's alerts that it matched and that are on."""

    cursor: str
    notification_id: UUID
    posted: PostedOffer
    alerts: list[JobAlert]
    at: datetime


T = TypeVar("T")


def follow(context: Context, alert_id: UUID | None, after: str | None) -> AsyncGenerator[OfferMatched | StreamGap, None]:
    """Everything since the cursor in order, then what comes. An offer that has ended meanwhile is passed over, for it can no
    longer be applied to, and so is one of an employer from which the caller hides, or that no alert which is on tells of. Raises
    NotFound for an alert that is not the caller's."""
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


@dataclass(frozen=True)
class _Told:
    """What a person is told of: an offer, and which alerts it matched."""

    person_id: UUID
    offer_id: UUID
    alert_ids: frozenset[UUID]


async def _matched(context: Context, event: Matched) -> OfferMatched | None:
    found = await context.together.ask(_offers_told, _Told(context.account_id, event.subject, event.alert_ids))
    if found is None or not open_to_all(context, found[0]):
        return None
    return OfferMatched(str(event.position), event.notification_id, *found, event.at)


async def _offers_told(session: AsyncSession, told: Sequence[_Told]) -> dict[_Told, tuple[PostedOffer, list[JobAlert]]]:
    """Each with its alerts that are on, where there are any; but for those of employers from which the person hides."""
    posted = {each.offer.id: each for each in await posted_offers(session, {each.offer_id for each in told})}
    persons = HiddenEmployer.candidate_id.in_({each.person_id for each in told})
    hidden = {(row.candidate_id, row.neq) for row in await session.scalars(select(HiddenEmployer).where(persons))}
    kept = select(JobAlert).where(JobAlert.id.in_({alert_id for each in told for alert_id in each.alert_ids}))
    alerts = {alert.id: alert for alert in await session.scalars(kept.where(JobAlert.status == JobAlertStatus.ON))}
    return {
        each: (offer, _in_order(alerts[alert_id] for alert_id in on))
        for each in told
        if (offer := posted.get(each.offer_id)) and (each.person_id, offer.employer.neq) not in hidden
        if (on := each.alert_ids & alerts.keys())
    }


def _in_order(alerts: Iterable[JobAlert]) -> list[JobAlert]:
    return sorted(alerts, key=lambda alert: (alert.created_at, alert.id))
