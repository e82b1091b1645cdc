"""The live stream of applications: each side hears of every step once, in order, in its own words, and goes on where it left
off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from errors import Invalid
from models.application_transition import Side
from notifications.retention import KEPT, purge
from resolvers.application_changes import ApplicationChanged, follow
from resolvers.context import Context
from resolvers.stream import StreamGap
from schema.schema import schema
from tests.conftest import Clock
from tests.path.applying import Sides, sides
from tests.path.whole_life import erase
from tests.service import EMBEDDED, open_service

LONG_ENOUGH = 10.0
FROM_THE_START = "application.0"
STREAM = """subscription { applicationChanges(after: "application.1") { __typename ... on ApplicationChanged { cursor
    event { status by reason } application { status person { givenName } } } } }"""


@pytest.fixture
async def both(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Sides]:
    async with open_service(database_url, EMBEDDED, tmp_path, clock) as service:
        yield await sides(service, clock)


async def candidate(both: Sides) -> Context:
    return await both.service.asking(await both.token(both.person.email))


async def employer(both: Sides) -> Context:
    return await both.service.asking(await both.token(both.recruiter.email))


async def sent(context: Context, count: int, after: str | None = None) -> list[ApplicationChanged | StreamGap]:
    """The first events of a subscription, which its client completes while it waits for the next."""
    async with aclosing(follow(context, after)) as events, asyncio.timeout(LONG_ENOUGH):
        found = [await anext(events) for _ in range(count)]
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    return found


def told(events: list[Any]) -> list[tuple[str, str, Side]]:
    return [(each.cursor, str(each.step.event.status), each.step.side) for each in events]


async def test_each_side_hears_of_every_step_in_order_and_resumes(both: Sides) -> None:
    application = await both.applied()
    await both.step("reviewApplication", application)
    await both.withdraw(application)
    everything = [
        ("application.1", "SUBMITTED", Side.CANDIDATE),
        ("application.2", "UNDER_REVIEW", Side.EMPLOYER),
        ("application.3", "WITHDRAWN", Side.CANDIDATE),
    ]
    for context in (await candidate(both), await employer(both)):
        assert told(await sent(context, 3, FROM_THE_START)) == everything
    assert told(await sent(await candidate(both), 1, "application.2")) == everything[2:]
    for cursor in ("1", "contact_request.1", "application.", "nonsense"):
        with pytest.raises(Invalid):
            await sent(await candidate(both), 1, cursor)


async def test_a_client_reads_who_did_what(both: Sides) -> None:
    application = await both.applied()
    await both.decline(application, "SKILLS")
    async with aclosing(await schema.stream(STREAM, None, await candidate(both))) as events, asyncio.timeout(LONG_ENOUGH):
        found: Any = await anext(events)
    why = "Thank you for applying. For this position the employer is looking for other skills than those in your candidacy."
    assert found.data["applicationChanges"] == {
        "__typename": "ApplicationChanged",
        "cursor": "application.2",
        "event": {"status": "DECLINED", "by": "Hôpital du Fjord", "reason": why},
        "application": {"status": "DECLINED", "person": {"givenName": "Amina"}},
    }


async def test_it_is_heard_as_it_happens_and_what_was_purged_is_a_gap(both: Sides, clock: Clock) -> None:
    async with aclosing(follow(await employer(both), None)) as events, asyncio.timeout(LONG_ENOUGH):
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        application = await both.applied()
        event = await first
    assert isinstance(event, ApplicationChanged)
    assert event.sent.person is not None
    clock.move(days=1)
    await both.step("reviewApplication", application)
    await purge(both.service.resources.database, clock() + KEPT)
    gap, reviewed = await sent(await candidate(both), 2, FROM_THE_START)
    assert isinstance(gap, StreamGap)
    assert told([reviewed]) == [("application.2", "UNDER_REVIEW", Side.EMPLOYER)]


async def test_what_was_erased_is_a_gap_for_who_follows(both: Sides) -> None:
    await both.applied()
    async with aclosing(follow(await employer(both), None)) as events, asyncio.timeout(LONG_ENOUGH):
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        await erase(both.person)
        assert isinstance(await first, StreamGap)
