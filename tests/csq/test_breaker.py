"""A registry that does not answer is left alone, asked once to see whether it is back, and asked again by everybody then."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from csq.breaker import PROBE, UNANSWERED, Breaker
from csq.registry import RESTING, Answer
from csq.sandbox import SandboxRegistry
from models.certificate import Certificate, Verdict
from tests.conftest import Clock

RECOGNISED = Answer(Verdict.RECOGNISED)


QUESTION = Certificate("OK12345", "R1234567", date(2025, 6, 1), date(2028, 6, 1))


class Counting(SandboxRegistry):
    """The sandbox, which also asks to be left alone, counts who asks, and takes its time when `going_on` is not set."""

    def __init__(self) -> None:
        self.away = True
        self.busy: timedelta | None = None
        self.asked = 0
        self.was_asked = asyncio.Event()
        self.going_on = asyncio.Event()
        self.going_on.set()

    async def validate(self, certificate: Certificate, attempt: int) -> Answer:
        self.asked += 1
        self.was_asked.set()
        answer = await super().validate(certificate, attempt)
        await self.going_on.wait()
        return Answer(Verdict.NO_ANSWER, "BUSY", self.busy) if self.busy else answer


@pytest.fixture
def registry() -> Counting:
    return Counting()


@pytest.fixture
def breaker(registry: Counting, clock: Clock) -> Breaker:
    return Breaker(registry, clock)


async def ask(breaker: Breaker, times: int = 1) -> list[Answer]:
    return [await breaker.validate(QUESTION, 0) for _ in range(times)]


async def begin_to_ask(breaker: Breaker, registry: Counting, times: int = 1) -> list[asyncio.Task[list[Answer]]]:
    """Questions that have reached the registry, which does not answer them until it is `going_on`."""
    registry.going_on.clear()
    registry.was_asked.clear()
    asking = [asyncio.create_task(ask(breaker)) for _ in range(times)]
    await registry.was_asked.wait()
    return asking


async def left(breaker: Breaker) -> timedelta:
    """How long it rests from now on."""
    [answer] = await ask(breaker)
    assert (answer.verdict, answer.problem, answer.was_asked) == (Verdict.NO_ANSWER, RESTING, False)
    assert answer.retry_after is not None
    return answer.retry_after


async def test_while_it_answers_everything_is_asked(breaker: Breaker, registry: Counting) -> None:
    registry.away = False
    assert await ask(breaker, 20) == [RECOGNISED] * 20
    refused = await breaker.validate(replace(QUESTION, file_number="NO12345"), 0)
    assert refused.verdict is Verdict.NOT_RECOGNISED


async def test_after_so_many_without_an_answer_nothing_is_asked(breaker: Breaker, registry: Counting, clock: Clock) -> None:
    answers = await ask(breaker, UNANSWERED)
    assert all(answer.was_asked for answer in answers)
    assert timedelta(seconds=24) <= await left(breaker) <= timedelta(seconds=30)
    await ask(breaker, 100)
    assert registry.asked == UNANSWERED
    before = await left(breaker)
    clock.move(seconds=10)
    assert await left(breaker) == before - timedelta(seconds=10)


async def test_only_those_in_a_row_count(breaker: Breaker, registry: Counting) -> None:
    for _ in range(3):
        registry.away = True
        await ask(breaker, UNANSWERED - 1)
        registry.away = False
        assert await ask(breaker) == [RECOGNISED]


async def test_one_question_finds_out_whether_it_is_back(breaker: Breaker, registry: Counting, clock: Clock) -> None:
    await ask(breaker, UNANSWERED)
    clock.move(seconds=30)
    registry.away = False
    [probe] = await begin_to_ask(breaker, registry)
    assert await left(breaker) == PROBE
    registry.going_on.set()
    assert await probe == [RECOGNISED]
    assert await ask(breaker, 3) == [RECOGNISED] * 3
    assert registry.asked == UNANSWERED + 4


async def test_a_probe_whose_asker_goes_away_leaves_the_next_one_to_probe(
    breaker: Breaker, registry: Counting, clock: Clock
) -> None:
    await ask(breaker, UNANSWERED)
    clock.move(seconds=30)
    registry.away = False
    [probe] = await begin_to_ask(breaker, registry)
    probe.cancel()
    await asyncio.gather(probe, return_exceptions=True)
    registry.going_on.set()
    assert await ask(breaker) == [RECOGNISED]


async def test_each_rest_is_twice_as_long_and_none_longer_than_ten_minutes(
    breaker: Breaker, registry: Counting, clock: Clock
) -> None:
    await ask(breaker, UNANSWERED)
    for seconds in (30, 60, 120, 240, 480, 600, 600, 600):
        rest = await left(breaker)
        assert seconds * 0.8 <= rest.total_seconds() <= seconds
        clock.move(seconds=rest.total_seconds())
        await ask(breaker)
    assert registry.asked == UNANSWERED + 8


async def test_rests_begin_short_again_once_it_has_answered(breaker: Breaker, registry: Counting, clock: Clock) -> None:
    await ask(breaker, UNANSWERED)
    for _ in range(4):
        clock.move(minutes=10)
        await ask(breaker)
    clock.move(minutes=10)
    registry.away = False
    assert await ask(breaker) == [RECOGNISED]
    registry.away = True
    await ask(breaker, UNANSWERED)
    assert await left(breaker) <= timedelta(seconds=30)


@pytest.mark.parametrize(("asked_for", "kept"), [(7, 7), (900, 900), (86400, 3600)])
async def test_it_is_left_alone_at_once_for_as_long_as_it_asks(
    breaker: Breaker, registry: Counting, clock: Clock, asked_for: int, kept: int
) -> None:
    registry.busy = timedelta(seconds=asked_for)
    await ask(breaker)
    assert await left(breaker) == timedelta(seconds=kept)
    registry.busy, registry.away = None, False
    clock.move(seconds=kept)
    assert await ask(breaker) == [RECOGNISED]


async def test_those_that_were_on_their_way_make_no_rest_longer(breaker: Breaker, registry: Counting, clock: Clock) -> None:
    asking = await begin_to_ask(breaker, registry, 4 * UNANSWERED)
    assert registry.asked == 4 * UNANSWERED
    registry.going_on.set()
    await asyncio.gather(*asking)
    assert await left(breaker) <= timedelta(seconds=30)
    clock.move(seconds=30)
    await ask(breaker)
    assert await left(breaker) <= timedelta(seconds=60)
