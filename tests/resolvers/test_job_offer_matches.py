"""The live stream of one connection: whatever cursor a client repeats, nothing is sent twice and nothing left out."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from auth.caller import Caller
from models.account import Role
from models.hidden_employer import HiddenEmployer
from models.job_alert import JobAlert, JobAlertStatus
from models.job_offer_criteria import JobOfferCriteria
from models.notification import Channel, Delivery, DeliveryStatus, Notification
from notifications.ledger import record_matches
from resolvers.context import Context
from resolvers.job_offer_matches import follow
from tests.conftest import NOW
from tests.contexts import asking
from tests.notifications.rows import WELDING, add_alert, add_employer, add_offer, add_person

NURSING = JobOfferCriteria(text="infirmière")
LONG_ENOUGH = 10.0


async def connected(service: Context, last_cursor: str | None = None) -> tuple[Context, UUID, UUID]:
    """A candidate's connection, and the ids of an alert for welders and of one for nurses."""
    async with service.database.begin() as session:
        person = add_person(session)
        welding, nursing = [add_alert(session, person, criteria) for criteria in (WELDING, NURSING)]
    caller = Caller(account_id=person.id, role=Role.CANDIDATE, session_id=uuid4(), token_expires_at=NOW)
    return replace(asking(service, caller), last_cursor=last_cursor, streamed={}), welding.id, nursing.id


WELDER: dict[str, Any] = {"title_fr": "Soudeur", "occupation": "72106"}
NURSE: dict[str, Any] = {"title_fr": "Infirmier", "occupation": "31301"}


async def published(service: Context, *offers: dict[str, Any]) -> None:
    for fields in offers:
        async with service.database.begin() as session:
            offer_id = add_offer(session, add_employer(session), **fields).id
        await record_matches(service.database, offer_id, NOW)


async def sent(context: Context, count: int, alert_id: UUID | None = None, after: str | None = None) -> list[str]:
    """The cursors of the first events of a subscription, which its client completes while it waits for the next."""
    async with aclosing(follow(context, alert_id, after)) as events, asyncio.timeout(LONG_ENOUGH):
        found = [(await anext(events)).cursor for _ in range(count)]
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    return found


async def test_who_subscribes_again_is_sent_what_is_new_since_then(service: Context) -> None:
    context, _, _ = await connected(service, last_cursor="1")
    await published(service, WELDER, WELDER, WELDER)
    assert await sent(context, 2) == ["2", "3"]
    await published(service, WELDER)
    assert await sent(context, 1) == ["4"]
    await published(service, WELDER)
    assert await sent(context, 1, after="2") == ["5"]


async def test_the_streams_of_different_alerts_leave_nothing_out_of_each_other(service: Context) -> None:
    context, welding, nursing = await connected(service, last_cursor="0")
    await published(service, WELDER, NURSE, WELDER)
    assert await sent(context, 1, nursing) == ["2"]
    assert await sent(context, 2, welding) == ["1", "3"]
    assert await sent(context, 3) == ["1", "2", "3"]
    await published(service, NURSE)
    assert await sent(context, 1) == ["4"]
    await published(service, NURSE, WELDER)
    assert await sent(context, 1, nursing) == ["5"]
    assert await sent(context, 1, welding) == ["6"]


async def test_a_cursor_of_nowhere_is_a_gap_once(service: Context) -> None:
    context, _, _ = await connected(service, last_cursor="40")
    await published(service, WELDER)
    assert await sent(context, 1) == ["1"]
    await published(service, WELDER, WELDER)
    assert await sent(context, 2) == ["2", "3"]


async def test_an_employer_from_which_the_person_hides_is_passed_over(service: Context) -> None:
    context, _, _ = await connected(service, last_cursor="0")
    async with service.database.begin() as session:
        hidden, other = add_employer(session), add_employer(session)
        session.add(HiddenEmployer(candidate_id=context.account_id, neq=hidden.neq, since=NOW))
        offers = [add_offer(session, employer, **WELDER).id for employer in (hidden, other)]
    for offer_id in offers:
        await record_matches(service.database, offer_id, NOW)
    assert await sent(context, 1) == ["2"]
    async with service.database.read() as session:
        query = select(Delivery).join(Notification, Notification.id == Delivery.notification_id)
        live = query.where(Delivery.channel == Channel.LIVE).order_by(Notification.position)
        outcomes = [(each.status, each.problem) for each in await session.scalars(live)]
    assert outcomes == [(DeliveryStatus.SUPPRESSED, "EMPLOYER_HIDDEN"), (DeliveryStatus.SENT, None)]


async def test_who_hides_after_an_offer_was_recorded_is_not_sent_it_any_more(service: Context) -> None:
    context, _, _ = await connected(service, last_cursor="0")
    async with service.database.begin() as session:
        employer = add_employer(session)
        offer_id = add_offer(session, employer, **WELDER).id
    await record_matches(service.database, offer_id, NOW)
    async with service.database.begin() as session:
        session.add(HiddenEmployer(candidate_id=context.account_id, neq=employer.neq, since=NOW))
    await published(service, WELDER)
    assert await sent(context, 1) == ["2"]


async def test_what_no_alert_that_is_on_tells_of_is_passed_over(service: Context) -> None:
    context, welding, _ = await connected(service, last_cursor="0")
    await published(service, WELDER, NURSE)
    async with service.database.begin() as session:
        (await session.get_one(JobAlert, welding)).status = JobAlertStatus.PAUSED
    assert await sent(context, 1) == ["2"]
