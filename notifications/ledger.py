"""The ledger: who was told of which offer or candidacy, and by which channel. One person hears of one once, over all alerts,
channels and changes of it. Nothing is sent from here: mail is gathered from the ledger, streams read it.

An alert starts when it is made, given new criteria or resumed. It hears of what is published, or changed in what criteria
read, at that instant or later (`announced_at` of the row), however late the work is done."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.among import among
from models.database import Database
from models.job_alert import Alert, JobAlertStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert
from models.outbox import emit
from notifications import alert_mail
from notifications.audience import OFFERS, Audience, find_announced
from notifications.matching import AlertMatch, matching_alerts

OVERLAP = timedelta(seconds=10)
"""An announcement bears the time at which its transaction began. An alert that was made before it ended must not
miss it: for so long, a little too much is told rather than too little."""
LIVE_WAIT = timedelta(minutes=2)
PERSONS_IN_ONE_TRANSACTION = 200
"""So that an offer which half the country waits for locks few of them at a time, and not for long; and so that one wake-up call
names them all."""

Matches = Sequence[AlertMatch]


@dataclass(frozen=True)
class Telling:
    """Of what people are told, and when; e-mails that are to go at once go after `wait`."""

    of: Audience
    subject: UUID
    now: datetime
    wait: timedelta = LIVE_WAIT


@dataclass(frozen=True)
class Told:
    """One person who hears of it, in the transaction that says so."""

    notification_id: UUID
    account: Account
    position: int
    matches: Matches
    hides: bool
    """From the employer: the offer is in the ledger, with the reason why nothing tells of it."""

    @property
    def person_id(self) -> UUID:
        return self.account.id


@dataclass(frozen=True)
class Batch:
    """Some of those who hear of it, once that is committed; `more` says that others are still to be told."""

    told: Sequence[UUID]
    more: bool


async def record_matches(
    database: Database, subject: UUID, now: datetime, wait: timedelta = LIVE_WAIT, *, of: Audience = OFFERS
) -> frozenset[UUID]:
    """Records everybody who is to hear of an offer or a candidacy that was published or changed, and plans the e-mails; those
    that are to go at once go after `wait`.

    Returns the persons told by this call. Whatever interrupts it, calling again tells the others and nobody twice;
    several calls at once are safe."""
    batches = record_in_batches(database, Telling(of, subject, now, wait))
    return frozenset([person async for batch in batches for person in batch.told])


async def record_in_batches(database: Database, telling: Telling) -> AsyncGenerator[Batch]:
    """The same in steps, each committed before it is yielded: others may have their turn in between."""
    async with database.read() as session:
        announced = await find_announced(session, telling.of, telling.subject, telling.now)
        matches = await matching_alerts(session, announced.document) if announced else []
        told = await _who_heard(session, telling) if matches else set()
    untold = (match for match in matches if match.person_id not in told)
    hearing = [match for match in untold if announced and match.started_at <= announced.at + OVERLAP]
    async for batch in _record_each(database, telling, hearing):
        yield batch


async def record(database: Database, telling: Telling, matches: Matches) -> frozenset[UUID]:
    """The same for alerts that are known to match."""
    batches = _record_each(database, telling, matches)
    return frozenset([person async for batch in batches for person in batch.told])


async def _record_each(database: Database, telling: Telling, matches: Matches) -> AsyncGenerator[Batch]:
    batches = list(_batches(matches))
    for number, batch in enumerate(batches, 1):
        async with database.begin() as session:
            told = await _record(session, telling, batch)
        yield Batch(told, more=number < len(batches))


async def announce_again(session: AsyncSession, of: Audience, which: ColumnElement[bool], now: datetime) -> None:
    """Owes the matching of those that are published, whoever was told of them."""
    for subject in await session.scalars(of.open.where(which).with_only_columns(of.row.id)):
        emit(session, of.announced_again, subject, now)


def _batches(matches: Matches) -> Iterator[dict[UUID, Matches]]:
    """Matches by person, some persons at a time, in one order for all workers."""
    ordered = sorted(matches, key=lambda match: (match.person_id, match.alert_id))
    persons = [(person, list(theirs)) for person, theirs in groupby(ordered, key=lambda match: match.person_id)]
    for start in range(0, len(persons), PERSONS_IN_ONE_TRANSACTION):
        yield dict(persons[start : start + PERSONS_IN_ONE_TRANSACTION])


async def _record(session: AsyncSession, telling: Telling, batch: Mapping[UUID, Matches]) -> list[UUID]:
    told = await _to_tell(session, telling, batch)
    if told:
        await _write_notifications(session, telling, told)
        await _write_deliveries(session, telling, told)
    return [each.person_id for each in told]


async def _to_tell(session: AsyncSession, telling: Telling, batch: Mapping[UUID, Matches]) -> list[Told]:
    """Those of the batch who may hear of it, have not, and still have an alert on; nobody where it is no longer open. Their rows
    stay locked until the transaction ends: positions are in the order of commits, and no other worker tells them meanwhile."""
    of, listener = telling.of, telling.of.listener
    still_open = of.open.where(of.row.id == telling.subject).with_only_columns(of.row.id).correlate(None).exists()
    persons = (
        await session.execute(
            select(listener.id, listener.live_position)
            .where(among(session, listener.id, batch), of.listening, of.may_hear(telling.subject), still_open)
            .order_by(listener.id)
            .with_for_update(key_share=True)
        )
    ).all()
    heard = await _who_heard(session, telling, among(session, Notification.person_id, batch))
    accounts = {each.id: each for each in await session.scalars(select(Account).where(among(session, Account.id, batch)))}
    hiding = await _who_hides(session, telling, batch)
    on = await _alerts_on(session, telling, [match.alert_id for matches in batch.values() for match in matches])
    told = []
    for person, position in persons:
        matches = [match for match in batch[person] if on.get(match.alert_id) == match.started_at]
        if matches and person not in heard:
            told.append(Told(uuid4(), accounts[person], position + 1, matches, person in hiding))
    return told


async def _who_heard(session: AsyncSession, telling: Telling, *whom: ColumnElement[bool]) -> set[UUID]:
    return set(await session.scalars(select(Notification.person_id).where(telling.of.subject == telling.subject, *whom)))


async def _who_hides(session: AsyncSession, telling: Telling, persons: Mapping[UUID, Matches]) -> set[UUID]:
    """Whoever hides from the employer, or stops to, after this is seen to where the offer is told."""
    hiding = telling.of.hiding
    return set() if hiding is None else set(await session.scalars(hiding(telling.subject, persons)))


async def _alerts_on(session: AsyncSession, telling: Telling, alert_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """Those that are still there, on and ask for it, and will be there at the commit; and when each has started. One that has
    started anew since it was matched asks for something else. They are held in the order of their ids, as by whoever stops
    several."""
    on = and_(Alert.status == JobAlertStatus.ON, telling.of.asked_for(telling.subject))
    query = select(Alert.id, Alert.started_at).where(among(session, Alert.id, alert_ids), on).order_by(Alert.id)
    return {row.id: row.started_at for row in await session.execute(query.with_for_update(key_share=True))}


async def _write_notifications(session: AsyncSession, telling: Telling, told: Sequence[Told]) -> None:
    of, now = telling.of, telling.now
    shared: dict[str, Any] = {of.subject.key: telling.subject, "kind": of.told, "created_at": now}
    rows = [{"id": each.notification_id, "person_id": each.person_id, "position": each.position} for each in told]
    await session.execute(insert(Notification), [row | shared for row in rows])
    pairs = [{"notification_id": each.notification_id, "alert_id": match.alert_id} for each in told for match in each.matches]
    await session.execute(insert(NotificationAlert), pairs)
    await _advance(session, telling, [each.person_id for each in told], [pair["alert_id"] for pair in pairs])


async def _advance(session: AsyncSession, telling: Telling, persons: Sequence[UUID], alert_ids: Sequence[UUID]) -> None:
    unsynchronised, listener = {"synchronize_session": False}, telling.of.listener
    forward = update(listener).values(live_position=listener.live_position + 1)
    await session.execute(forward.where(among(session, listener.id, persons)), execution_options=unsynchronised)
    notified = update(Alert).values(last_notified_at=telling.now)
    await session.execute(notified.where(among(session, Alert.id, alert_ids)), execution_options=unsynchronised)


async def _write_deliveries(session: AsyncSession, telling: Telling, told: Sequence[Told]) -> None:
    """The live stream is the ledger itself, so that its delivery is done at the commit. E-mails wait to be gathered."""
    sent: dict[str, Any] = {"status": DeliveryStatus.SENT, "attempts": 1, "problem": None}
    hidden: dict[str, Any] = {"status": DeliveryStatus.SUPPRESSED, "attempts": 0, "problem": "EMPLOYER_HIDDEN"}
    live = [
        {"notification_id": each.notification_id, "channel": Channel.LIVE, "at": telling.now} | (hidden if each.hides else sent)
        for each in told
    ]
    await session.execute(insert(Delivery), live)
    due = [
        alert_mail.Due(each.notification_id, each.account, alert_mail.soonest([match.frequency for match in each.matches]))
        for each in told
    ]
    await alert_mail.queue(session, due, telling.now, telling.wait)
