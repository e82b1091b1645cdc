"""The sweep: alerts are looked up again by search, which shares nothing with the table by which offers find them but the meaning
of criteria. What it finds is told, and counted as the defect that it is."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.alert_sweep import AlertSweep
from models.clause import Clause, HasAny, all_of, holds
from models.database import Database
from models.job_alert import JobAlert
from models.lock import lock
from models.notification import Notification
from models.stored_criteria import from_json
from notifications.expected import Announced, alerts_on, announced, as_match, oldest_unmatched, owed_to, told_pairs
from notifications.ledger import record
from notifications.matching import AlertMatch

EVERY = timedelta(hours=1)
MARGIN = timedelta(minutes=10)
"""What was announced so lately may still be on its way into the index."""
LONGEST = timedelta(days=7)
"""A service that was away for longer is not looked at any further back."""

Find = Callable[[Clause], Awaitable[Collection[UUID]]]
"""The open offers that a clause finds, by search."""


async def sweep(database: Database, find: Find, now: datetime, wait: timedelta) -> int | None:
    """Looks at all offers since those that the last sweep looked at; answers how many pairs of a person and an offer it found
    that the ledger had not. None where the last one began less than an hour ago, in whichever worker."""
    if (begun := await _begin(database, now)) is None:
        return None
    offers = await announced(database, begun.since, begun.until)
    looked_at = found = 0
    if offers:
        async for alerts in alerts_on(database, begun.until):
            looked_at += len(alerts)
            for offer_id, matches in (await _missed(database, find, alerts, offers)).items():
                found += len(await record(database, offer_id, matches, now, wait))
    async with database.begin() as session:
        kept = await session.get_one(AlertSweep, begun.id)
        kept.ended_at, kept.offers, kept.alerts, kept.found = now, len(offers), looked_at, found
    return found


async def _begin(database: Database, now: datetime) -> AlertSweep | None:
    async with database.begin() as session:
        await lock(session, "alert sweep")
        last = await session.scalar(select(AlertSweep).order_by(AlertSweep.began_at.desc()).limit(1))
        if last is not None and now - last.began_at < EVERY:
            return None
        since = await _since(session, now)
        until = min(now - MARGIN, await oldest_unmatched(session) or now)
        begun = AlertSweep(began_at=now, since=since, until=max(since, until))
        session.add(begun)
    return begun


async def _since(session: AsyncSession, now: datetime) -> datetime:
    """Where the last that came to its end left off."""
    ended = select(AlertSweep.until).where(AlertSweep.ended_at.is_not(None)).order_by(AlertSweep.until.desc()).limit(1)
    return max(await session.scalar(ended) or now - EVERY - MARGIN, now - LONGEST)


async def _missed(
    database: Database, find: Find, alerts: Sequence[JobAlert], offers: Mapping[UUID, Announced]
) -> dict[UUID, list[AlertMatch]]:
    """By offer, the alerts that should have told of it and whose people have not heard. An index that lags behind the rows finds
    what no longer matches: nobody is told of that."""
    these = HasAny("number", frozenset(each.row.number for each in offers.values()))
    owed: dict[tuple[UUID, UUID], AlertMatch] = {}
    for alert in alerts:
        clause = from_json(alert.criteria).clause
        found = await find(all_of((clause, these)))
        matching = await asyncio.to_thread(_still_matching, clause, [each for each in found if each in offers], offers)
        owed |= {(alert.person_id, each): as_match(alert) for each in owed_to(alert, offers, matching)}
    async with database.read() as session:
        told = await told_pairs(session, offers.keys(), Notification.person_id.in_({person for person, _ in owed}))
    missed: defaultdict[UUID, list[AlertMatch]] = defaultdict(list)
    for (person, offer_id), match in owed.items():
        if (person, offer_id) not in told:
            missed[offer_id].append(match)
    return missed


def _still_matching(clause: Clause, found: Collection[UUID], offers: Mapping[UUID, Announced]) -> list[UUID]:
    return [each for each in found if holds(clause, offers[each].document)]
