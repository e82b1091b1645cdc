"""Does what is owed: the tables of events and handlers and of deadlines and acts, and the lanes in which they run side by
side. What a handler does is in handlers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.engine import make_url

from bootstrap import Resources
from csq.asking import ASK
from handlers import (
    alone,
    ask_registry,
    catch_up,
    close_applications,
    follow_standing_of_employer,
    index,
    match,
    match_the_others,
    mend_old_anchors,
    purge_ledger,
    record_notice,
    send_account_letter,
    send_alert_mail,
    send_application_letter,
    send_application_mail,
    send_contact_letter,
    send_invitation,
    send_letter,
    send_member_letter,
    send_notice,
    sweep_alerts,
    verify_index,
)
from lane import LOOKS_EVERY, Lane, Lookout, work_once
from models import application_end, contact, residence
from models.alert_mail import GATHERED
from models.application_news import remind
from models.database import Database
from models.deadline import DeadlineKind
from models.deadline_claim import Act, Acts, meet_due
from models.document import Kind
from models.ending import expire_job_offer
from models.holding import hold_application, hold_candidacy, hold_case, hold_contact_request, hold_job_offer, hold_listener
from models.job_alert import ALERT_RETURNED, ALERT_STARTED, JobAlertFrequency
from models.member_invitation import INVITED
from models.member_letter import MEMBER_LETTER
from notifications import account_letters, contact_letters, sending
from notifications.alert_mail import MAIL_QUEUED, gather
from notifications.anchoring import ANCHORING_CHANGED, notice_old_anchors
from notifications.application_mail import APPLICATION_MAIL_QUEUED, gather_news
from notifications.audience import AUDIENCES
from notifications.catching_up import Span
from notifications.notices import NOTICE_QUEUED, notice_ended, notice_ending
from search.engine import SearchEngine
from search.file_lock import held_if_free
from search.rebuilding import fill
from search.sweeping import sweep

log = logging.getLogger("placement.worker")

OLD_ANCHORS_PAUSE = 6 * 3600.0
"""Seconds: all anchors are read when there are none of them."""
DEADLINE_PAUSE = 0.5
"""Seconds between two looks at the deadlines, when none was due."""

OnIndex = Callable[[SearchEngine, Database, Kind, datetime], Awaitable[object]]


LANES: Mapping[str, Lane] = {
    "index": Lane(
        {"candidacy.changed": index(Kind.CANDIDACY), "job_offer.changed": index(Kind.JOB_OFFER)}, group=2_000, pause=0.2
    ),
    "match": Lane({of.announced: match(of) for of in AUDIENCES}, group=5, pause=0.1),
    "match_again": Lane({of.announced_again: match(of) for of in AUDIENCES}, group=5, pause=0.5),
    "match_others": Lane({of.partly_told: match_the_others(of) for of in AUDIENCES}, group=1, pause=0.25, hands=4),
    "catch_up": Lane({ALERT_STARTED: catch_up(Span.WHILE_IT_STARTED)}, group=50, pause=0.1),
    "catch_up_with_all": Lane({ALERT_RETURNED: catch_up(Span.SINCE_IT_STARTED)}, group=50, pause=0.5),
    "mail": Lane({MAIL_QUEUED[JobAlertFrequency.LIVE]: alone(send_alert_mail)}, group=1, pause=0.25, longest_wait=24 * 3600),
    "digests": Lane({MAIL_QUEUED[JobAlertFrequency.DAILY]: alone(send_alert_mail)}, group=1, pause=0.25, longest_wait=24 * 3600),
    "letters": Lane(  # apart: who waits for the link that confirms an address does not wait for the mails of alerts
        {
            **dict.fromkeys(sending.KINDS, alone(send_letter)),
            **dict.fromkeys(account_letters.LETTERS, alone(send_account_letter)),
            **dict.fromkeys(contact_letters.KINDS, alone(send_contact_letter)),
            **{f"notice.{kind}": record_notice(kind) for kind in residence.NOTICES.values()},
            NOTICE_QUEUED: alone(send_notice),
            MEMBER_LETTER: alone(send_member_letter),
            APPLICATION_MAIL_QUEUED: alone(send_application_mail),
            application_end.GONE: alone(send_application_letter),
            INVITED: alone(send_invitation),
        },
        group=1,
        pause=0.25,
        longest_wait=600,
    ),
    "registry": Lane({ASK: alone(ask_registry)}, group=200, pause=0.5, longest_wait=3600, at_once=8),
    "upkeep": Lane({"employer.changed": alone(follow_standing_of_employer)}, group=1, pause=0.5),
    "anchors": Lane({ANCHORING_CHANGED: alone(mend_old_anchors)}, group=1, pause=0.5),
    "endings": Lane({application_end.OFFER_ENDED: alone(close_applications)}, group=1, pause=0.25),
}


DEADLINES: Acts = {
    DeadlineKind.CANDIDACY_ENDING: Act(hold_candidacy, notice_ending),
    DeadlineKind.CANDIDACY_EXPIRES: Act(hold_candidacy, residence.expire),
    DeadlineKind.CANDIDACY_ENDED: Act(hold_candidacy, notice_ended),
    DeadlineKind.JOB_OFFER_EXPIRES: Act(hold_job_offer, expire_job_offer),
    DeadlineKind.CONTACT_REQUEST_LAPSES: Act(hold_contact_request, contact.lapse),
    DeadlineKind.RESIDENCE_ENDS: Act(hold_case, residence.deactivate),
    DeadlineKind.APPLICATION_REMINDER: Act(hold_application, remind),
    DeadlineKind.APPLICATION_MAIL: Act(hold_listener, gather_news),
}
"""The legal clock: what is done when each kind of deadline comes."""
MAILS: Acts = {kind: Act(hold_listener, gather(frequency)) for frequency, kind in GATHERED.items()}
"""Apart: those of a whole time zone come at once, and nothing else waits for them."""


async def run(resources: Resources, stop: asyncio.Event) -> None:
    """Works until `stop` is set. Several workers may run on PostgreSQL; on SQLite a second one waits for the first."""
    async with _only_worker(resources, stop), asyncio.TaskGroup() as tasks:
        tasks.create_task(look_after_indexes(resources, stop, fill, pause=5))
        tasks.create_task(look_after_indexes(resources, stop, sweep, pause=3600))
        tasks.create_task(look_after_indexes(resources, stop, verify_index, pause=3600))
        tasks.create_task(_look_for_old_anchors(resources, stop))
        for upkeep, pause in ((sweep_alerts, 60), (purge_ledger, 3600)):
            tasks.create_task(_now_and_then(resources, stop, upkeep, pause))
        lookout = Lookout(resources, LANES.values())
        tasks.create_task(_keep_looking(lookout, stop))
        for name, lane in LANES.items():
            work, rest = partial(work_once, resources, lane), partial(_until_due, lane, lookout, stop)
            for _ in range(lane.hands):
                tasks.create_task(_keep_working(work, rest, stop, lane.group), name=f"lane-{name}")
        for acts in (DEADLINES, MAILS):
            work, rest = partial(meet_deadlines, resources, acts), partial(_pause, stop, DEADLINE_PAUSE)
            tasks.create_task(_keep_working(work, rest, stop))


async def look_after_indexes(resources: Resources, stop: asyncio.Event, act: OnIndex, pause: float) -> None:
    """Every `pause` seconds, without being asked. An index may come to be missing at any time: its server can lose it."""
    while not stop.is_set():
        for kind in Kind:
            try:
                await act(resources.engine, resources.database, kind, resources.now())
            except Exception as reason:  # an engine or a database that is away
                log.warning("the index of kind %s cannot be looked after: %r", kind, reason)
        await _pause(stop, pause)


async def _now_and_then(
    resources: Resources, stop: asyncio.Event, act: Callable[[Resources], Awaitable[None]], pause: float
) -> None:
    """Upkeep that nothing waits for: what fails is done the next time."""
    while not stop.is_set():
        try:
            await act(resources)
        except Exception as reason:  # a database or an engine that is away
            log.warning("%s has to wait: %r", act.__name__, reason)
        await _pause(stop, pause)


async def _look_for_old_anchors(resources: Resources, stop: asyncio.Event) -> None:
    """Anchors that an older version of the program made are mended without being asked; one that still serves may make more."""
    while not stop.is_set():
        pause = OLD_ANCHORS_PAUSE
        try:
            await notice_old_anchors(resources.database, resources.now())
        except Exception as reason:  # a database that is away
            log.warning("the anchors of alerts cannot be looked at yet: %r", reason)
            pause = 1.0
        await _pause(stop, pause)


async def _keep_looking(lookout: Lookout, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await lookout.look()
        except Exception as reason:  # a database that is away
            log.warning("what is owed cannot be read: %r", reason)
        await _pause(stop, LOOKS_EVERY)
    lookout.close()


async def _keep_working(
    work: Callable[[], Awaitable[int]], rest: Callable[[], Awaitable[None]], stop: asyncio.Event, at_a_time: int = 1
) -> None:
    """Rests whenever there was less to do than is done at a time: what comes meanwhile is done together."""
    while not stop.is_set():
        try:
            worked = await work()
        except Exception:
            log.exception("what is owed cannot be read")
            worked = 0
        if worked < at_a_time:
            await rest()


async def _until_due(lane: Lane, lookout: Lookout, stop: asyncio.Event) -> None:
    """First its pause: what another worker has in hand is due as well, and is not asked for again at once."""
    await _pause(stop, lane.pause)
    await lookout.wait(lane)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def meet_deadlines(resources: Resources, acts: Acts = DEADLINES) -> int:
    """Acts on some of the deadlines that have come; answers how many were dealt with."""
    return await meet_due(resources.database, acts, resources.now())


@asynccontextmanager
async def _only_worker(resources: Resources, stop: asyncio.Event) -> AsyncIterator[None]:
    """Waits until no other process works the outbox, and keeps others from it; on PostgreSQL there is nothing to wait for."""
    while not stop.is_set():
        with sole_worker(resources) as is_sole:
            if is_sole:
                yield
                return
        await _pause(stop, 0.5)
    yield


def sole_worker(resources: Resources) -> AbstractContextManager[bool]:
    """Whether this process may work the outbox for the length of the block. On SQLite no other may meanwhile: a lock beside
    the file says so."""
    path = make_url(resources.settings.database_url).database if resources.database.is_sqlite else None
    return held_if_free(Path(path).with_suffix(".worker.lock")) if path else nullcontext(True)
