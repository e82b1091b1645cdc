"""Fifty acts on the same requests at the same moment: of two that exclude each other one is done, and whoever came too late hears
so. On PostgreSQL, where they really come at once, and on SQLite."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.contact_request import ContactRequest
from models.deadline import Deadline, DeadlineKind
from tests.contact.acting import Stage, open_stage
from tests.contact.oracle import CANDIDACIES, DONE, OFFERS

AT_ONCE = 50
KEY = ("k0", "o0")


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    opened = await open_stage(database_url, tmp_path)
    yield opened
    await opened.stack.aclose()


async def outcomes(acts: Iterable[Awaitable[str]]) -> dict[str, int]:
    return dict(Counter(await asyncio.gather(*acts)))


async def deadlines(stage: Stage) -> int:
    query = select(func.count()).select_from(Deadline).where(Deadline.kind == DeadlineKind.CONTACT_REQUEST_LAPSES.value)
    async with stage.database.read() as session:
        return await session.scalar(query) or 0


async def status(stage: Stage) -> str:
    async with stage.database.read() as session:
        return str((await session.scalars(select(ContactRequest.status))).one())


async def test_a_candidacy_is_asked_once(stage: Stage) -> None:
    found = await outcomes(stage.ask("e0", *KEY) for _ in range(AT_ONCE))
    assert found == {DONE: 1, "ALREADY_CONTACTED": AT_ONCE - 1}
    assert await stage.told("c0") == await stage.told("e0") == ([1], [(KEY, "PENDING")])
    assert (await stage.letters(), await deadlines(stage)) == ({("made", KEY): 1}, 1)


async def test_a_request_is_answered_or_cancelled_once(stage: Stage) -> None:
    await stage.ask("e0", *KEY)
    acts = [
        act
        for number in range(AT_ONCE // 2)
        for act in (
            stage.answer("c0", KEY, "ACCEPTED" if number % 2 else "DECLINED", f"{number}"),
            stage.cancel("e0", KEY),
        )
    ]
    assert await outcomes(acts) == {DONE: 1, "CONTACT_NOT_PENDING": AT_ONCE - 1}
    became = await status(stage)
    assert became in ("ACCEPTED", "DECLINED", "CANCELLED")
    for who in ("c0", "e0"):
        assert await stage.told(who) == ([1, 2], [(KEY, "PENDING"), (KEY, became)])
    assert await deadlines(stage) == 0


async def test_whatever_comes_at_once_what_is_told_is_what_it_became(stage: Stage) -> None:
    """Answers, withdrawals of consent and of the candidacy, and hiding."""
    for round_, offer in enumerate(each for each in OFFERS if OFFERS[each] == "e0"):
        key = ("k0", offer)
        assert await stage.ask("e0", *key) == DONE
        acts = [stage.answer("c0", key, "ACCEPTED", None) for _ in range(AT_ONCE // 2)]
        acts += [stage.withdraw_consent("c0", key) for _ in range(AT_ONCE // 2 - 1)]
        if round_ == 2:
            await asyncio.gather(*acts, stage.hide("c0", "e0"))
        else:
            await asyncio.gather(*acts)
        positions, told = await stage.told("e0")
        assert positions == list(range(1, len(positions) + 1))
        path = [what for of, what in told if of == key]
        assert path in (["PENDING", "ACCEPTED"], ["PENDING", "ACCEPTED", "CANCELLED"], ["PENDING", "CANCELLED"])
        read = await stage.read("e0", key)
        assert read is not None
        assert (read[0], read[2]) == (path[-1], path[-1] == "ACCEPTED")


async def test_the_last_requests_of_a_day_are_sent_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolvers.contact_request.A_DAY", 4)
    keys = [(candidacy, offer) for candidacy in CANDIDACIES for offer in OFFERS if OFFERS[offer] == "e0"]
    found = await outcomes(stage.ask("e0", *key) for _ in range(AT_ONCE // len(keys)) for key in keys)
    assert found[DONE] == 4
    async with stage.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ContactRequest)) == 4


async def test_of_who_hides_at_the_same_moment_nobody_asks_and_gets_through(stage: Stage) -> None:
    keys = [(candidacy, offer) for candidacy in ("k0", "k1") for offer in OFFERS if OFFERS[offer] == "e0"]
    acts = [stage.ask("e0", *key) for key in keys * (AT_ONCE // len(keys))]
    await asyncio.gather(*acts, stage.hide("c0", "e0"))
    for key in stage.requests:
        assert await stage.read("e0", key) == ("CANCELLED", None, False)
    assert await deadlines(stage) == 0


async def test_many_sides_at_once_wait_for_each_other_for_no_longer_than_that(stage: Stage) -> None:
    """Whoever holds a file, an employer's day, or a reader's log comes by them in one order."""
    keys = [(candidacy, offer) for candidacy in CANDIDACIES for offer in OFFERS]
    async with asyncio.timeout(60):
        await asyncio.gather(
            *(stage.ask(OFFERS[offer], candidacy, offer) for candidacy, offer in keys),
            *(stage.withdraw(each) for each in CANDIDACIES),
            *(stage.hide(candidate, employer) for candidate in ("c0", "c1") for employer in ("e0", "e1")),
            *(stage.work() for _ in range(5)),
        )
    for who in ("c0", "c1", "e0", "e1"):
        positions, _ = await stage.told(who)
        assert positions == list(range(1, len(positions) + 1))
