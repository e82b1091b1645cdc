"""The live stream of contact requests: each side hears of every change once, in order, and goes on where it left off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from errors import Invalid
from models.contact_request import ContactRequestStatus
from notifications.retention import KEPT, purge
from resolvers.contact_changes import ContactChanged, follow
from resolvers.context import Context
from resolvers.stream import StreamGap
from tests.conftest import Clock
from tests.path.in_touch import Pair, pair
from tests.path.whole_life import erase
from tests.service import EMBEDDED, open_service

LONG_ENOUGH = 10.0
PENDING, ACCEPTED, CANCELLED = "PENDING", "ACCEPTED", "CANCELLED"


@pytest.fixture
async def both(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Pair]:
    async with open_service(database_url, EMBEDDED, tmp_path, clock) as service:
        yield await pair(service, clock)


async def candidate(both: Pair) -> Context:
    return await both.person.service.asking(await both.person.token())


async def employer(both: Pair) -> Context:
    return await both.person.service.asking(await both.recruiter.token())


async def sent(context: Context, count: int, after: str | None = None) -> list[ContactChanged | StreamGap]:
    """The first events of a subscription, which its client completes while it waits for the next."""
    async with aclosing(follow(context, after)) as events, asyncio.timeout(LONG_ENOUGH):
        found = [await anext(events) for _ in range(count)]
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    return found


def told(events: list[Any]) -> list[tuple[str, str]]:
    return [(each.cursor, str(each.status)) for each in events]


async def test_each_side_hears_of_every_change_in_order(both: Pair) -> None:
    request = await both.accepted()
    await both.answer("withdrawContact", request)
    everything = [("contact_request.1", PENDING), ("contact_request.2", ACCEPTED), ("contact_request.3", CANCELLED)]
    for context in (await candidate(both), await employer(both)):
        assert told(await sent(context, 3, "contact_request.0")) == everything


async def test_it_is_heard_as_it_happens(both: Pair) -> None:
    async with aclosing(follow(await candidate(both), None)) as events, asyncio.timeout(LONG_ENOUGH):
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        await both.asked()
        event = await first
    assert isinstance(event, ContactChanged)
    assert (event.status, event.contact.request.message) == (ContactRequestStatus.PENDING, "Parlons-en.")


async def test_who_subscribes_again_is_sent_what_is_new_since_then(both: Pair) -> None:
    context = await employer(both)
    request = await both.asked()
    assert told(await sent(context, 1, "contact_request.0")) == [("contact_request.1", PENDING)]
    await both.answer("acceptContact", request)
    assert told(await sent(context, 1, "contact_request.0")) == [("contact_request.2", ACCEPTED)]


async def test_the_cursor_of_the_connection_is_that_of_one_stream(both: Pair) -> None:
    await both.accepted()
    context = await candidate(both)
    object.__setattr__(context, "last_cursor", "contact_request.1")
    assert told(await sent(context, 1)) == [("contact_request.2", ACCEPTED)]
    other = await candidate(both)
    object.__setattr__(other, "last_cursor", "1")
    assert await sent(other, 0) == [], "of offers: this stream begins with what comes"


@pytest.mark.parametrize("cursor", ["1", "other.1", "contact_request.", "nonsense", "contact_request.x"])
async def test_a_cursor_of_another_stream_is_refused(both: Pair, cursor: str) -> None:
    with pytest.raises(Invalid):
        await sent(await candidate(both), 1, cursor)


async def test_another_employer_is_told_nothing(both: Pair) -> None:
    await both.accepted()
    agent = await both.person.service.agent("another.agent@example.org")
    other = await both.person.service.employer("other@example.org", "1143920123", agent)
    assert await sent(await both.person.service.asking(other), 0, "contact_request.0") == []


async def test_what_was_purged_is_a_gap(both: Pair, clock: Clock) -> None:
    request = await both.asked()
    clock.move(days=1)
    await both.answer("declineContact", request)
    await purge(both.person.service.resources.database, clock() + KEPT)
    gap, declined = await sent(await candidate(both), 2, "contact_request.0")
    assert isinstance(gap, StreamGap)
    assert told([declined]) == [("contact_request.2", "DECLINED")]


async def test_what_was_erased_is_a_gap_for_who_follows(both: Pair) -> None:
    await both.accepted()
    async with aclosing(follow(await employer(both), None)) as events, asyncio.timeout(LONG_ENOUGH):
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        await erase(both.person)
        assert isinstance(await first, StreamGap)
