"""The ledger: who was told of which offer, and by which channel. One person hears of one offer once, over all alerts,
channels and changes of the offer. Nothing is sent from here: mail is gathered from the ledger, streams read it.

An alert starts when it is made, given new criteria or resumed. It hears of offers published, or changed in what criteria
read, at that instant or later (models.job_offer.JobOffer.announced_at), however late the work is done."""

from collections.abc import AsyncGenerator, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, false, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.candidate import STANDING, Candidate
from models.database import Database
from models.employer import Employer
from models.hidden_employer import HiddenEmployer
from models.job_alert import JobAlert, JobAlertStatus
from models.job_offer import JobOffer, JobOfferStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert, NotificationKind
from models.outbox import emit
from notifications import alert_mail
from notifications.matching import AlertMatch, matching_alerts
from notifications.open_offer import find_open_offer

ANNOUNCED = "job_offer.announced"
"""The kind of outbox entry that owes the matching of an offer, its subject."""
PARTLY_TOLD = "job_offer.partly_told"
"""Of one that so many wait for that they are told beside the next offers."""
OWED_MATCHING = (ANNOUNCED, PARTLY_TOLD)
OVERLAP = timedelta(seconds=10)
"""An offer's announcement bears the time at which its transaction began. An alert that was made before it ended must not
miss it: for so long, a little too much is told rather than too little."""
LIVE_WAIT = timedelta(minutes=2)
PERSONS_IN_ONE_TRANSACTION = 250
"""So that an offer which half the country waits for locks few files at a time, and not for long."""

Matches = Sequence[AlertMatch]


@dataclass(frozen=True)
class Told:
    """One person who hears of the offer, in the transaction that says so."""

    notification_id: UUID
    account: Account
    position: int
    matches: Matches
    hides: bool
    """From the employer: the offer is in the ledger, with the reason why nothing tells of it."""

    @property
    def candidate_id(self) -> UUID:
        return self.account.id


@dataclass(frozen=True)
class Batch:
    """Some of those who hear of an offer, once it is committed; `more` says that others are still to be told."""

    told: Sequence[UUID]
    more: bool


async def record_matches(database: Database, job_offer_id: UUID, now: datetime, wait: timedelta = LIVE_WAIT) -> frozenset[UUID]:
    """Records everybody who is to hear of an offer that was published or changed, and plans the e-mails; those that are to go
    at once go after `wait`.

    Returns the candidates told by this call. Whatever interrupts it, calling again tells the others and nobody twice;
    several calls at once are safe."""
    batches = record_in_batches(database, job_offer_id, now, wait)
    return frozenset([person async for batch in batches for person in batch.told])


async def record_in_batches(database: Database, job_offer_id: UUID, now: datetime, wait: timedelta) -> AsyncGenerator[Batch]:
    """The same in steps, each committed before it is yielded: others may have their turn in between."""
    async with database.read() as session:
        offer = await find_open_offer(session, job_offer_id, now)
        matches = await matching_alerts(session, offer.document) if offer else []
    heard = [match for match in matches if offer and match.started_at <= offer.announced_at + OVERLAP]
    async for batch in _record_each(database, job_offer_id, heard, now, wait):
        yield batch


async def record(
    database: Database, job_offer_id: UUID, matches: Matches, now: datetime, wait: timedelta = LIVE_WAIT
) -> frozenset[UUID]:
    """The same for alerts that are known to match."""
    batches = _record_each(database, job_offer_id, matches, now, wait)
    return frozenset([person async for batch in batches for person in batch.told])


async def _record_each(
    database: Database, job_offer_id: UUID, matches: Matches, now: datetime, wait: timedelta
) -> AsyncGenerator[Batch]:
    batches = list(_batches(matches))
    for number, batch in enumerate(batches, 1):
        async with database.begin() as session:
            told = await _record(session, job_offer_id, batch, now, wait)
        yield Batch(told, more=number < len(batches))


async def announce_since_start(database: Database, alert_ids: Collection[UUID], now: datetime) -> None:
    """Owes again, once for all these alerts, the offers announced while one of them was being saved or its owner's
    registration was pending: their matching may have run before it counted. Who has heard of one does not hear twice."""
    async with database.begin() as session:
        missed = [_announced_meanwhile(*since) for since in await session.execute(_beginnings(alert_ids))]
        await announce_again(session, or_(false(), *missed), now)


async def announce_again(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> None:
    """Owes the matching of those offers that are published, whoever was told of them."""
    for offer_id in await session.scalars(select(JobOffer.id).where(JobOffer.status == JobOfferStatus.PUBLISHED, which)):
        emit(session, ANNOUNCED, offer_id, now)


def _beginnings(alert_ids: Collection[UUID]) -> Select[datetime, datetime | None]:
    """When each alert started, and when the registration of its owner was accepted."""
    query = select(JobAlert.started_at, Candidate.certificate_validated_at)
    return query.join(Candidate, Candidate.id == JobAlert.candidate_id).where(JobAlert.id.in_(alert_ids))


def _announced_meanwhile(started_at: datetime, accepted_at: datetime | None) -> ColumnElement[bool]:
    """Until an alert counts, which is when both have happened; from then on every matching sees it."""
    counts_at = max(started_at, accepted_at or started_at)
    return JobOffer.announced_at.between(started_at - OVERLAP, counts_at + OVERLAP)


def _batches(matches: Matches) -> Iterator[dict[UUID, Matches]]:
    """Matches by person, some persons at a time, in one order for all workers."""
    ordered = sorted(matches, key=lambda match: (match.candidate_id, match.alert_id))
    persons = [(person, list(theirs)) for person, theirs in groupby(ordered, key=lambda match: match.candidate_id)]
    for start in range(0, len(persons), PERSONS_IN_ONE_TRANSACTION):
        yield dict(persons[start : start + PERSONS_IN_ONE_TRANSACTION])


async def _record(
    session: AsyncSession, job_offer_id: UUID, batch: Mapping[UUID, Matches], now: datetime, wait: timedelta
) -> list[UUID]:
    told = await _to_tell(session, job_offer_id, batch)
    if told:
        await _write_notifications(session, job_offer_id, told, now)
        await _write_deliveries(session, told, now, wait)
    return [each.candidate_id for each in told]


async def _to_tell(session: AsyncSession, job_offer_id: UUID, batch: Mapping[UUID, Matches]) -> list[Told]:
    """Those of the batch who stand, have not heard of the offer, and still have an alert on. Their files stay locked until
    the transaction ends, so that positions are in the order of commits and no other worker tells them meanwhile."""
    persons = (
        await session.execute(
            select(Candidate.id, Candidate.live_position)
            .where(Candidate.id.in_(batch), Candidate.registration_status.in_(STANDING))
            .order_by(Candidate.id)
            .with_for_update(key_share=True)
        )
    ).all()
    heard = await _who_heard(session, job_offer_id, batch)
    accounts = {each.id: each for each in await session.scalars(select(Account).where(Account.id.in_(batch)))}
    hiding = await _who_hides(session, job_offer_id, batch)
    on = await _alerts_on(session, [match.alert_id for matches in batch.values() for match in matches])
    told = []
    for person, position in persons:
        matches = [match for match in batch[person] if match.alert_id in on]
        if matches and person not in heard:
            told.append(Told(uuid4(), accounts[person], position + 1, matches, person in hiding))
    return told


async def _who_heard(session: AsyncSession, job_offer_id: UUID, persons: Mapping[UUID, Matches]) -> set[UUID]:
    query = select(Notification.candidate_id)
    return set(
        await session.scalars(query.where(Notification.job_offer_id == job_offer_id, Notification.candidate_id.in_(persons)))
    )


async def _who_hides(session: AsyncSession, job_offer_id: UUID, persons: Mapping[UUID, Matches]) -> set[UUID]:
    """Whoever hides from the employer, or stops to, after this is seen to where the offer is told."""
    query = select(HiddenEmployer.candidate_id).join(Employer, Employer.neq == HiddenEmployer.neq)
    query = query.join(JobOffer, JobOffer.employer_id == Employer.id)
    return set(await session.scalars(query.where(JobOffer.id == job_offer_id, HiddenEmployer.candidate_id.in_(persons))))


async def _alerts_on(session: AsyncSession, alert_ids: Sequence[UUID]) -> set[UUID]:
    """Those that are still there and on, and will be there at the commit."""
    query = select(JobAlert.id).where(JobAlert.id.in_(alert_ids), JobAlert.status == JobAlertStatus.ON)
    return set(await session.scalars(query.with_for_update(read=True, key_share=True)))


async def _write_notifications(session: AsyncSession, job_offer_id: UUID, told: Sequence[Told], now: datetime) -> None:
    shared: dict[str, Any] = {"job_offer_id": job_offer_id, "kind": NotificationKind.JOB_OFFER_MATCHED, "created_at": now}
    rows = [{"id": each.notification_id, "candidate_id": each.candidate_id, "position": each.position} for each in told]
    await session.execute(insert(Notification), [row | shared for row in rows])
    pairs = [{"notification_id": each.notification_id, "alert_id": match.alert_id} for each in told for match in each.matches]
    await session.execute(insert(NotificationAlert), pairs)
    await _advance(session, [each.candidate_id for each in told], [pair["alert_id"] for pair in pairs], now)


async def _advance(session: AsyncSession, persons: Sequence[UUID], alert_ids: Sequence[UUID], now: datetime) -> None:
    unsynchronised = {"synchronize_session": False}
    forward = update(Candidate).values(live_position=Candidate.live_position + 1)
    await session.execute(forward.where(Candidate.id.in_(persons)), execution_options=unsynchronised)
    notified = update(JobAlert).values(last_notified_at=now)
    await session.execute(notified.where(JobAlert.id.in_(alert_ids)), execution_options=unsynchronised)


async def _write_deliveries(session: AsyncSession, told: Sequence[Told], now: datetime, wait: timedelta) -> None:
    """The live stream is the ledger itself, so that its delivery is done at the commit. E-mails wait to be gathered."""
    sent: dict[str, Any] = {"status": DeliveryStatus.SENT, "attempts": 1, "problem": None}
    hidden: dict[str, Any] = {"status": DeliveryStatus.SUPPRESSED, "attempts": 0, "problem": "EMPLOYER_HIDDEN"}
    live = [
        {"notification_id": each.notification_id, "channel": Channel.LIVE, "at": now} | (hidden if each.hides else sent)
        for each in told
    ]
    await session.execute(insert(Delivery), live)
    due = [
        alert_mail.Due(each.notification_id, each.account, alert_mail.soonest([match.frequency for match in each.matches]))
        for each in told
    ]
    await alert_mail.queue(session, due, now, wait)
