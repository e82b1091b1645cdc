"""What is done for each kind of work that the outbox owes. When and in which order is not decided here.

Every handler re-reads its subject and may run again after a crash, so it must do no harm the second time."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from bootstrap import Resources
from csq.asking import ask_again
from errors import NotYet, Unavailable
from models import application_end
from models.application_news import owe_held_back
from models.calendar import quebec_day
from models.clause import Clause
from models.database import Database
from models.document import Kind
from models.employer import Employer
from models.index_verification import IndexVerification, record
from models.job_offer import JobOffer
from models.lock import try_lock
from models.notification import NotificationKind
from models.offers_of_employer import owe_offers
from models.outbox import OutboxEntry, emit
from notifications import (
    account_letters,
    alert_mail_sending,
    application_letters,
    application_mail_sending,
    catching_up,
    contact_letters,
    held_back,
    invitation_letters,
    member_letters,
    sending,
)
from notifications.alert_sweep import sweep
from notifications.anchoring import mend_some_anchors
from notifications.audience import OFFERS, Audience
from notifications.catching_up import Span
from notifications.feed import wake_everywhere
from notifications.ledger import Batch, Telling, announce_again, record_in_batches
from notifications.notices import notice_case
from notifications.retention import purge
from search.engine import SearchEngine
from search.indexing import refresh
from search.verification import differences
from search.visibility import Visibility
from search.whole import find_all

log = logging.getLogger("placement.worker")

One = Callable[[Resources, OutboxEntry], Awaitable[None]]
Group = Callable[[Resources, Sequence[OutboxEntry]], Awaitable[None]]

VERIFIED_EVERY = timedelta(days=1)
SETTLING = 5.0
"""Seconds between the two looks at an index: what differs only because it is being written does so in one of them."""


def index(kind: Kind) -> Group:
    """The handler that brings the index in line with rows of that kind."""

    async def handle(resources: Resources, entries: Sequence[OutboxEntry]) -> None:
        subjects = list({entry.subject for entry in entries})
        try:
            await refresh(resources.engine, resources.database, kind, subjects, resources.now())
        except Unavailable as away:
            raise NotYet("the search does not answer") from away

    return handle


async def verify_index(engine: SearchEngine, database: Database, kind: Kind, now: datetime) -> None:
    """Compares an index with the rows once a day, whoever did it last, and keeps the counts for the metrics. Mends nothing. What
    breaks off is done again at the next look; while one worker compares, another leaves it alone."""
    if await engine.needs_rebuild(kind):
        return
    async with database.read() as session:
        if not await try_lock(session, f"verification of {kind}") or not await _is_due(database, kind, now):
            return
        found = await differences(engine, database, kind, now)
        if found:
            await asyncio.sleep(SETTLING)
            found = found.still(await differences(engine, database, kind, now))
        async with database.begin() as writing:
            await record(writing, kind, now, found.counts)


async def _is_due(database: Database, kind: Kind, now: datetime) -> bool:
    """In a transaction of its own, which does not last as long as the comparison."""
    async with database.read() as session:
        last = await session.get(IndexVerification, kind)
    return last is None or now - last.verified_at >= VERIFIED_EVERY


async def follow_standing_of_employer(resources: Resources, entry: OutboxEntry) -> None:
    """An employer's standing shows in its published offers: the index is owed each of them, and alerts what they were not
    told of while it did not stand. The searches that its own members have saved are owed what they missed, and so is whoever
    waits for a mail that was kept back, about an offer or an application."""
    async with resources.database.begin() as session:
        employer = await session.get(Employer, entry.subject)
        if employer is None or not employer.authenticated:
            return  # what it loses it has lost already, where that was decided
        await catching_up.owe_to_employer(session, entry.subject, resources.now())
        await owe_offers(session, entry.subject, resources.now())
        await announce_again(session, OFFERS, JobOffer.employer_id == entry.subject, resources.now())
        await owe_held_back(session, resources.now(), employer=entry.subject)
    await held_back.send_for_employer(resources.database, entry.subject, resources.now())


async def ask_registry(resources: Resources, entry: OutboxEntry) -> None:
    attempt = entry.attempts + 1
    await ask_again(resources.database, resources.registry, resources.vault, entry.subject, attempt, resources.now())


def match(of: Audience) -> Group:
    """The handler that tells everybody who is to hear of what was announced, or the first of very many: the others are told
    beside what comes next."""

    async def handle(resources: Resources, entry: OutboxEntry) -> None:
        await held_back.send_what_is_back(resources.database, of, entry.subject, resources.now())
        async with aclosing(_telling(resources, of, entry)) as batches:
            async for batch in batches:
                if batch.more:
                    async with resources.database.begin() as session:
                        emit(session, of.partly_told, entry.subject, resources.now())
                    return

    return alone(handle)


def match_the_others(of: Audience) -> Group:
    async def handle(resources: Resources, entry: OutboxEntry) -> None:
        async for _ in _telling(resources, of, entry):
            await asyncio.sleep(0)  # whoever else is to write is before the next batch

    return alone(handle)


async def _telling(resources: Resources, of: Audience, entry: OutboxEntry) -> AsyncGenerator[Batch]:
    telling = Telling(of, entry.subject, resources.now(), resources.settings.live_mail_wait)
    async for batch in record_in_batches(resources.database, telling):
        await _wake(resources, batch.told)
        yield batch


async def _wake(resources: Resources, told: Collection[UUID]) -> None:
    resources.feed.wake(told)
    await wake_everywhere(resources.database, told)


async def mend_old_anchors(resources: Resources, entry: OutboxEntry) -> None:
    await mend_some_anchors(resources.database, entry.subject, resources.now())


def catch_up(span: Span) -> Group:
    """The handler that tells what alerts may have missed within that span."""

    async def handle(resources: Resources, entries: Sequence[OutboxEntry]) -> None:
        alerts, wait = {entry.subject for entry in entries}, resources.settings.live_mail_wait
        told = await catching_up.catch_up(resources.database, alerts, span, resources.now, wait)
        await _wake(resources, told)

    return handle


async def send_alert_mail(resources: Resources, entry: OutboxEntry) -> None:
    await alert_mail_sending.send_alert_mail(resources.database, resources.post, entry.subject, resources.now())


async def send_notice(resources: Resources, entry: OutboxEntry) -> None:
    await sending.send_notice(resources.database, resources.post, entry.subject, resources.now())


def record_notice(kind: NotificationKind) -> Group:
    """The handler that puts the notice of a step of a residence case into the ledger."""

    async def handle(resources: Resources, entry: OutboxEntry) -> None:
        await notice_case(resources.database, entry.subject, kind, resources.now())

    return alone(handle)


async def send_letter(resources: Resources, entry: OutboxEntry) -> None:
    await sending.send_letter(resources.database, resources.post, entry, resources.now())


async def send_member_letter(resources: Resources, entry: OutboxEntry) -> None:
    await member_letters.send_member_letter(resources.database, resources.post, entry.subject, resources.now())


async def send_invitation(resources: Resources, entry: OutboxEntry) -> None:
    await invitation_letters.send_invitation(resources.database, resources.post, entry, resources.now())


async def send_account_letter(resources: Resources, entry: OutboxEntry) -> None:
    await account_letters.send_account_letter(resources.database, resources.post, entry, resources.now())


async def send_contact_letter(resources: Resources, entry: OutboxEntry) -> None:
    await contact_letters.send_contact_letter(resources.database, resources.post, entry, resources.now())


async def send_application_mail(resources: Resources, entry: OutboxEntry) -> None:
    await application_mail_sending.send_application_mail(resources.database, resources.post, entry.subject, resources.now())


async def send_application_letter(resources: Resources, entry: OutboxEntry) -> None:
    await application_letters.send_gone(resources.database, resources.post, entry, resources.now())


async def close_applications(resources: Resources, entry: OutboxEntry) -> None:
    await application_end.close_with_offer(resources.database, entry.subject, resources.now())


async def sweep_alerts(resources: Resources) -> None:
    """Once an hour, in one worker: alerts are looked up again by search."""
    visibility = Visibility(quebec_day(resources.now()))
    find = partial(find_in_index, resources, visibility)
    found = await sweep(resources.database, find, resources.now(), resources.settings.live_mail_wait)
    if found:
        log.error("%d times an alert had not told of what it matches: told now", found)


async def find_in_index(resources: Resources, visibility: Visibility, kind: Kind, clause: Clause) -> set[UUID]:
    return await find_all(resources.engine, kind, clause, visibility)


async def purge_ledger(resources: Resources) -> None:
    await purge(resources.database, resources.now())


def alone(handler: One) -> Group:
    """A handler of one entry, for a lane that hands it one at a time."""

    async def handle(resources: Resources, entries: Sequence[OutboxEntry]) -> None:
        for entry in entries:
            await handler(resources, entry)

    return handle
