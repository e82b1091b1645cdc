"""The sweep: alerts are looked up again by search, which shares nothing with the table that they are found by but the meaning
of criteria. What it finds is told, and counted as the defect that it is."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.alert_sweep import AlertSweep
from models.clause import Clause, HasAny, all_of, holds
from models.database import Database
from models.document import Kind
from models.job_alert import Alert
from models.lock import lock
from models.notification import Notification
from notifications.audience import AUDIENCES, Announced, Audience
from notifications.expected import Pair, alerts_on, announced, as_match, oldest_awaited, owed_to, told_pairs
from notifications.ledger import Telling, record
from notifications.matching import AlertMatch

EVERY = timedelta(hours=1)
MARGIN = timedelta(minutes=10)
"""What was announced so lately may still be on its way into the index."""
LONGEST = timedelta(days=7)
"""A service that was away for longer is not looked at any further back."""

Find = Callable[[Kind, Clause], Awaitable[Collection[UUID]]]
"""What is open of a kind and a clause finds, by search."""


async def sweep(database: Database, find: Find, now: datetime, wait: timedelta) -> int | None:
    """Looks at all that was announced since the last sweep looked; answers how many times somebody should have been told of
    something and was not. None where the last one began less than an hour ago, in whichever worker."""
    if (begun := await _begin(database, now)) is None:
        return None
    counts: Counter[str] = Counter()
    for of in AUDIENCES:
        counts.update(await _sweep(database, find, begun, of=of, wait=wait))
    async with database.begin() as session:
        kept = await session.get_one(AlertSweep, begun.id)
        kept.ended_at, kept.offers, kept.alerts = now, counts["announced"], counts["alerts"]
    return counts["found"]


async def _sweep(database: Database, find: Find, begun: AlertSweep, *, of: Audience, wait: timedelta) -> Counter[str]:
    known = await announced(database, of, begun.since, begun.until)
    counts = Counter(announced=len(known), alerts=0, found=0)
    if known:
        async for alerts in alerts_on(database, of, begun.until):
            counts["alerts"] += len(alerts)
            for subject, matches in (await _missed(database, find, alerts, known)).items():
                told = len(await record(database, Telling(of, subject, begun.began_at, wait), matches))
                await _count(database, begun, told)
                counts["found"] += told
    return counts


async def _count(database: Database, begun: AlertSweep, found: int) -> None:
    """At once: a sweep that breaks off has found what it has found."""
    if found:
        async with database.begin() as session:
            more = update(AlertSweep).where(AlertSweep.id == begun.id).values(found=AlertSweep.found + found)
            await session.execute(more)


async def _begin(database: Database, now: datetime) -> AlertSweep | None:
    async with database.begin() as session:
        await lock(session, "alert sweep")
        last = await session.scalar(select(AlertSweep).order_by(AlertSweep.began_at.desc()).limit(1))
        if last is not None and now - last.began_at < EVERY:
            return None
        since = await _since(session, now)
        until = min([now - MARGIN, *[await oldest_awaited(session, of) or now for of in AUDIENCES]])
        begun = AlertSweep(began_at=now, since=since, until=max(since, until))
        session.add(begun)
    return begun


async def _since(session: AsyncSession, now: datetime) -> datetime:
    """Where the last that came to its end left off."""
    ended = select(AlertSweep.until).where(AlertSweep.ended_at.is_not(None)).order_by(AlertSweep.until.desc()).limit(1)
    return max(await session.scalar(ended) or now - EVERY - MARGIN, now - LONGEST)


async def _missed(
    database: Database, find: Find, alerts: Sequence[Alert], known: Mapping[UUID, Announced]
) -> dict[UUID, list[AlertMatch]]:
    """By what they should have told of, the alerts whose people have not heard. An index that lags behind the rows finds what no
    longer matches: nobody is told of that."""
    of = next(iter(known.values())).of
    these = HasAny("number", frozenset(each.row.number for each in known.values()))
    owed: dict[Pair, AlertMatch] = {}
    for alert in alerts:
        clause = alert.wanted.clause
        found = await find(of.kind, all_of((clause, these)))
        matching = await asyncio.to_thread(_still_matching, clause, [each for each in found if each in known], known)
        owed |= {(alert.person_id, each): as_match(alert) for each in owed_to(alert, known, matching)}
    async with database.read() as session:
        told = await told_pairs(session, of, known.keys(), Notification.person_id.in_({person for person, _ in owed}))
    missed: defaultdict[UUID, list[AlertMatch]] = defaultdict(list)
    for (person, subject), match in owed.items():
        if (person, subject) not in told:
            missed[subject].append(match)
    return missed


def _still_matching(clause: Clause, found: Collection[UUID], known: Mapping[UUID, Announced]) -> list[UUID]:
    return [each for each in found if holds(clause, known[each].document)]
