"""The worker: what fails waits and is tried again, one entry does not hold up the rest, and work for later waits for its day."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

import worker
from errors import NotYet
from models.outbox import OutboxEntry, emit
from models.outbox_claim import wait
from tests.conftest import Clock
from tests.service import Service
from tests.whole_service import parts, service

__all__ = ["parts", "service"]


async def owed(service: Service) -> list[OutboxEntry]:
    async with service.resources.database.read() as session:
        return list(await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)))


async def owe(service: Service, kind: str, **later: float) -> None:
    clock = Clock(service.resources.now())
    clock.move(**later)
    async with service.resources.database.begin() as session:
        emit(session, kind, uuid4(), clock())


async def test_work_for_a_row_that_is_gone_is_done(service: Service) -> None:
    for lane in worker.LANES.values():
        for kind in lane.handlers:
            await owe(service, kind)
    await service.work()
    assert await owed(service) == []


async def test_work_for_a_later_day_waits_for_it(service: Service, clock: Clock) -> None:
    await owe(service, "job_offer.ends", days=30)
    await service.work()
    assert [entry.attempts for entry in await owed(service)] == [0]
    clock.move(days=31)
    await service.work()
    assert await owed(service) == []


async def test_a_failure_is_kept_with_its_reason_and_tried_again(service: Service, clock: Clock) -> None:
    refusing = True

    async def handle(resources: object, entry: OutboxEntry) -> None:
        if refusing:
            raise NotYet("not today")

    lane = replace(worker.LANES["registry"], handlers={"registration.validate": worker.alone(handle)})
    await owe(service, "registration.validate")
    assert await worker.work_once(service.resources, lane) == 1
    assert await worker.work_once(service.resources, lane) == 0
    [entry] = await owed(service)
    assert (entry.attempts, entry.problem) == (1, "not today")
    refusing = False
    clock.move(seconds=2)
    await worker.work_once(service.resources, lane)
    assert await owed(service) == []


async def test_one_that_fails_does_not_hold_up_its_group(service: Service) -> None:
    async def handle(resources: object, entries: object) -> None:
        assert isinstance(entries, list)
        if any(entry.id == poison for entry in entries):
            raise ZeroDivisionError

    for _ in range(5):
        await owe(service, "candidacy.changed")
    poison = (await owed(service))[2].id
    await worker.work_once(service.resources, replace(worker.LANES["index"], handlers={"candidacy.changed": handle}))
    assert [(entry.id, entry.problem) for entry in await owed(service)] == [(poison, "ZeroDivisionError: ")]


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (1, 2), (5, 32), (11, 2048)])
def test_waits_double(attempts: int, seconds: float) -> None:
    assert seconds / 2 <= wait(attempts).total_seconds() <= seconds


async def test_what_must_be_prompt_never_waits_long(service: Service, clock: Clock) -> None:
    async def handle(resources: object, entry: OutboxEntry) -> None:
        raise NotYet("away")

    lane = replace(worker.LANES["index"], handlers={"candidacy.changed": worker.alone(handle)})
    await owe(service, "candidacy.changed")
    for _ in range(12):
        await worker.work_once(service.resources, lane)
        [entry] = await owed(service)
        assert (entry.due_at - service.resources.now()).total_seconds() <= 5
        clock.move(seconds=5)
    assert entry.attempts == 12
