"""Fifty acts on the same rows at the same moment: each step is taken once, no write is lost, and whoever came too late hears so.
On PostgreSQL, where they really come at once, and on SQLite."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterable
from pathlib import Path

import pytest

from models.application import ApplicationStatus
from models.calendar import quebec_day
from models.job_offer import RUNS_FOR, JobOffer
from resolvers import job_offer
from tests.applications.acting import Desk, open_desk, tried
from tests.applications.oracle import DONE, NEXT
from tests.contact.oracle import CANDIDACIES, OFFERS

AT_ONCE = 50
NOT_POSSIBLE = "APPLICATION_STEP_NOT_POSSIBLE"


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    opened = await open_desk(database_url, tmp_path)
    yield opened
    await opened.stage.stack.aclose()


async def outcomes(acts: Iterable[Awaitable[str]]) -> dict[str, int]:
    return dict(Counter(await asyncio.gather(*acts)))


async def in_order(desk: Desk, *readers: str) -> bool:
    """Whether everybody's log has no gap."""
    told = [(await desk.told(who))[0] for who in readers]
    return all(positions == list(range(1, len(positions) + 1)) for positions in told)


async def test_a_candidacy_applies_once(desk: Desk) -> None:
    found = await outcomes(desk.apply("c0", "k0", "o0", f"{number}") for number in range(AT_ONCE))
    assert found == {DONE: 1, "DUPLICATE_APPLICATION": AT_ONCE - 1}
    assert await desk.told("c0") == await desk.told("e0") == ([1], [(0, "SUBMITTED")])
    assert await desk.reminded() == {0}


async def test_each_step_is_taken_once(desk: Desk) -> None:
    await desk.apply("c0", "k0", "o0", None)
    for target in NEXT.values():
        times = AT_ONCE if target == "HIRED" else 5
        found = await outcomes(desk.step("e0", 0, target, 0) for _ in range(times))
        assert found == {DONE: 1, NOT_POSSIBLE: times - 1}
    assert await desk.told("e0") == ([1, 2, 3, 4, 5], [(0, status) for status in ("SUBMITTED", *NEXT.values())])
    assert await desk.reminded() == set()


async def test_of_a_hire_a_refusal_and_a_withdrawal_one_is_done(desk: Desk) -> None:
    await desk.apply("c0", "k0", "o0", None)
    for target in list(NEXT.values())[:3]:
        await desk.step("e0", 0, target, 0)
    acts = [
        act
        for _ in range(AT_ONCE // 3)
        for act in (desk.step("e0", 0, "HIRED", 0), desk.step("e0", 0, "DECLINED", 0), desk.withdraw("c0", 0, None, 0))
    ]
    assert await outcomes(acts) == {DONE: 1, NOT_POSSIBLE: len(acts) - 1}
    (became,) = await desk.statuses()
    assert became in ("HIRED", "DECLINED", "WITHDRAWN")
    assert (await desk.told("c0"))[1][-1] == (0, became)


async def test_of_those_who_have_read_the_same_version_one_writes(desk: Desk) -> None:
    await desk.apply("c0", "k0", "o0", None)
    found = await outcomes(desk.step_from("e0", 0, "UNDER_REVIEW", version=1) for _ in range(AT_ONCE))
    assert found == {DONE: 1, "STALE_VERSION": AT_ONCE - 1}


async def test_the_last_applications_of_a_day_are_sent_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolvers.application.A_DAY", 3)
    keys = [(candidacy, offer) for candidacy, owner in CANDIDACIES.items() if owner == "c0" for offer in OFFERS]
    found = await outcomes(desk.apply("c0", *key, None) for key in keys * (AT_ONCE // len(keys)))
    assert found[DONE] == len(await desk.statuses()) == 3


async def test_nothing_gets_through_to_an_offer_that_is_closed_at_the_same_moment(desk: Desk) -> None:
    keys = [(owner, candidacy, offer) for candidacy, owner in CANDIDACIES.items() for offer in ("o0", "o1")]
    sending = [desk.apply(*key, None) for key in keys * (AT_ONCE // len(keys))]
    await asyncio.gather(*sending, desk.end_offer("o0", "CLOSED"), desk.end_offer("o1", "CLOSED"))
    await asyncio.gather(desk.work(), desk.stage.hide("c0", "e0"))
    await desk.work()
    assert set(await desk.statuses()) <= {ApplicationStatus.CLOSED, ApplicationStatus.WITHDRAWN}
    assert await desk.reminded() == set()


async def test_many_sides_at_once_wait_for_each_other_for_no_longer_than_that(desk: Desk) -> None:
    """Whoever holds a file, an offer, or a reader's log comes by them in one order."""
    keys = [(owner, candidacy, offer) for candidacy, owner in CANDIDACIES.items() for offer in OFFERS]
    async with asyncio.timeout(60):
        await asyncio.gather(*(desk.apply(*key, None) for key in keys))
        asked = [desk.stage.ask(OFFERS[offer], candidacy, offer) for _, candidacy, offer in keys]
        await asyncio.gather(
            *asked,
            *(desk.step(OFFERS[offer], number, "UNDER_REVIEW", 0) for number, (_, _, offer) in enumerate(keys)),
            *(desk.stage.withdraw(each) for each in CANDIDACIES),
            *(desk.stage.hide(candidate, employer) for candidate in ("c0", "c1") for employer in ("e0", "e1")),
            *(desk.end_offer(each, "CLOSED") for each in OFFERS),
            *(desk.work() for _ in range(5)),
        )
    await desk.work()
    assert set(await desk.statuses()) <= {ApplicationStatus.CLOSED, ApplicationStatus.WITHDRAWN}
    assert await in_order(desk, "c0", "c1", "e0", "e1")


async def test_an_offer_is_extended_once_for_each_version_that_was_read(desk: Desk) -> None:
    """Fifty times by a day each without a version: none is lost. With the version that all have read: once."""
    await _runs_from_today(desk)
    member, offer = desk.by("e0"), desk.stage.ids["o0"]
    found = await asyncio.gather(*(tried(lambda: job_offer.extend(member, offer, 1)) for _ in range(AT_ONCE)))
    assert Counter(outcome for outcome, _ in found) == {DONE: AT_ONCE}
    assert await _days(desk) == 30 + AT_ONCE
    version = max(posted.offer.version for _, posted in found)
    again = await asyncio.gather(*(tried(lambda: job_offer.extend(member, offer, 1, version)) for _ in range(10)))
    assert Counter(outcome for outcome, _ in again) == {DONE: 1, "STALE_VERSION": 9}
    assert await _days(desk) == 30 + AT_ONCE + 1


async def _runs_from_today(desk: Desk) -> None:
    async with desk.stage.database.begin() as session:
        row = await session.get_one(JobOffer, desk.stage.ids["o0"])
        row.published_at, row.ends_on = desk.stage.clock(), quebec_day(desk.stage.clock()) + RUNS_FOR


async def _days(desk: Desk) -> int:
    async with desk.stage.database.read() as session:
        row = await session.get_one(JobOffer, desk.stage.ids["o0"])
    assert row.published_at is not None
    assert row.ends_on is not None
    return (row.ends_on - quebec_day(row.published_at)).days
