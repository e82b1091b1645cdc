"""The worker: what fails waits and is tried again, one entry does not hold up the rest, and work for later waits for its day."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

import handlers
import worker
from errors import NotYet, Unavailable
from lane import work_once
from models.document import Kind
from models.index_verification import IndexVerification
from models.job_alert import JobAlertAnchor
from models.outbox import OutboxEntry, emit
from models.outbox_claim import wait
from notifications.ledger import record_matches
from notifications.log import Matched
from notifications.opening import open_mailer
from search.engine import Rejected
from tests.conftest import Clock
from tests.notifications.mail_server import MailServer, answering, mail_server
from tests.notifications.rows import add_alert, add_employer, add_offer, add_person
from tests.search.documents import found
from tests.search.rows import offers_in
from tests.service import EMBEDDED, Service, open_service
from tests.whole_service import parts, service

__all__ = ["parts", "service"]


@pytest.fixture
async def alone(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Service]:
    """A service that needs no search server, on each kind of database."""
    async with open_service(database_url, EMBEDDED, tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def server(alone: Service) -> AsyncIterator[MailServer]:
    """The mail server by which that service sends."""
    async with mail_server() as running:
        post = replace(alone.resources.post, mailer=open_mailer(running.url))
        alone.resources = replace(alone.resources, post=post)
        yield running
        await post.mailer.close()


async def owed(service: Service) -> list[OutboxEntry]:
    async with service.resources.database.read() as session:
        return list(await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)))


async def owe(service: Service, kind: str, subject: UUID | None = None, **later: float) -> None:
    clock = Clock(service.resources.now())
    clock.move(**later)
    async with service.resources.database.begin() as session:
        emit(session, kind, subject or uuid4(), clock())


async def test_work_for_a_row_that_is_gone_is_done(service: Service) -> None:
    for lane in worker.LANES.values():
        for kind in lane.handlers:
            await owe(service, kind)
    await service.work()
    assert await owed(service) == []


async def test_work_for_a_later_day_waits_for_it(service: Service, clock: Clock) -> None:
    await owe(service, "employer.changed", days=30)
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

    lane = replace(worker.LANES["registry"], handlers={"registry.ask": handlers.alone(handle)})
    await owe(service, "registry.ask")
    assert await work_once(service.resources, lane) == 1
    assert await work_once(service.resources, lane) == 0
    [entry] = await owed(service)
    assert (entry.attempts, entry.problem) == (1, "not today")
    refusing = False
    clock.move(seconds=2)
    await work_once(service.resources, lane)
    assert await owed(service) == []


async def test_the_registry_lane_asks_several_at_a_time_and_no_more(service: Service) -> None:
    most = worker.LANES["registry"].at_once
    assert most is not None
    together, going, seen = asyncio.Barrier(most), 0, 0

    async def handle(resources: object, entry: OutboxEntry) -> None:
        nonlocal going, seen
        going += 1
        seen = max(seen, going)
        await together.wait()
        going -= 1

    for _ in range(2 * most):
        await owe(service, "registry.ask")
    lane = replace(worker.LANES["registry"], handlers={"registry.ask": handlers.alone(handle)})
    assert await work_once(service.resources, lane) == 2 * most
    assert (await owed(service), seen) == ([], most)


async def test_once_one_could_not_be_tried_those_after_it_are_put_off_with_it(service: Service) -> None:
    tried = 0

    async def handle(resources: object, entry: OutboxEntry) -> None:
        nonlocal tried
        tried += 1
        if tried > 1:
            raise NotYet("resting", after=timedelta(minutes=5), counts=False)

    for _ in range(20):
        await owe(service, "registry.ask")
    lane = replace(worker.LANES["registry"], handlers={"registry.ask": handlers.alone(handle)}, at_once=4)
    assert await work_once(service.resources, lane) == 20
    later = service.resources.now() + timedelta(minutes=5)
    assert [(entry.due_at, entry.attempts, entry.problem) for entry in await owed(service)] == [(later, 0, "resting")] * 19
    assert tried == 4


async def test_one_that_fails_does_not_hold_up_its_group(service: Service) -> None:
    async def handle(resources: object, entries: object) -> None:
        assert isinstance(entries, list)
        if any(entry.id == poison for entry in entries):
            raise ZeroDivisionError

    for _ in range(5):
        await owe(service, "candidacy.changed")
    poison = (await owed(service))[2].id
    await work_once(service.resources, replace(worker.LANES["index"], handlers={"candidacy.changed": handle}))
    assert [(entry.id, entry.problem) for entry in await owed(service)] == [(poison, "ZeroDivisionError: ")]


async def test_what_the_search_refuses_for_good_waits_long_and_holds_up_no_other(
    service: Service, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    groups: list[int] = []

    async def handle(resources: object, entries: Sequence[OutboxEntry]) -> None:
        groups.append(len(entries))
        if any(entry.subject == culprit for entry in entries):
            raise Rejected({culprit: "too long"})

    lane = replace(worker.LANES["index"], handlers={"candidacy.changed": handle})
    for _ in range(5):
        await owe(service, "candidacy.changed")
    culprit = (await owed(service))[2].subject
    for _ in range(14):
        assert await work_once(service.resources, lane) > 0
        [entry] = await owed(service)
        assert (entry.subject, entry.problem) == (culprit, "too long")
        wait_until_due = (entry.due_at - clock()).total_seconds()
        clock.move(seconds=wait_until_due)
    assert 1_800 <= wait_until_due <= 3_600
    assert groups == [5] + [1] * 13, "the others are done at once, and once"
    assert caplog.text.count("refused for good") == 1


async def test_an_index_that_is_lost_is_built_again(service: Service) -> None:
    resources = service.resources
    async with resources.database.begin() as session:
        (offer,) = await offers_in(session, 1)
    url = resources.settings.search_url
    if url.startswith("embedded:"):
        rmtree(url.removeprefix("embedded:"))
    await service.discard_index()
    await service.rebuild_what_is_lost()
    assert await found(resources.engine) == [offer.id]


async def test_an_index_is_compared_with_the_rows_once_a_day_and_nothing_mended(
    service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "SETTLING", 0)
    resources = service.resources
    for _ in range(2):
        async with resources.database.begin() as session:
            await offers_in(session, 1)
        await handlers.verify_index(resources.engine, resources.database, Kind.JOB_OFFER, clock.instant)
        async with resources.database.read() as session:
            assert (await session.get_one(IndexVerification, Kind.JOB_OFFER)).missing == 1
    clock.move(days=1)
    await handlers.verify_index(resources.engine, resources.database, Kind.JOB_OFFER, clock.instant)
    async with resources.database.read() as session:
        assert (await session.get_one(IndexVerification, Kind.JOB_OFFER)).missing == 2


async def test_a_comparison_that_broke_off_is_done_again(service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = service.resources

    async def breaks(*_: object) -> None:
        raise Unavailable("SEARCH_UNAVAILABLE")

    with monkeypatch.context() as patch:
        patch.setattr(handlers, "differences", breaks)
        with pytest.raises(Unavailable):
            await handlers.verify_index(resources.engine, resources.database, Kind.JOB_OFFER, clock.instant)
    async with resources.database.read() as session:
        assert await session.get(IndexVerification, Kind.JOB_OFFER) is None
    await handlers.verify_index(resources.engine, resources.database, Kind.JOB_OFFER, clock.instant)
    async with resources.database.read() as session:
        assert (await session.get_one(IndexVerification, Kind.JOB_OFFER)).verified_at == clock.instant


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (1, 2), (5, 32), (11, 2048)])
def test_waits_double(attempts: int, seconds: float) -> None:
    assert seconds / 2 <= wait(attempts).total_seconds() <= seconds


async def test_what_must_be_prompt_never_waits_long(service: Service, clock: Clock) -> None:
    async def handle(resources: object, entry: OutboxEntry) -> None:
        raise NotYet("away")

    lane = replace(worker.LANES["index"], handlers={"candidacy.changed": handlers.alone(handle)})
    await owe(service, "candidacy.changed")
    for _ in range(12):
        await work_once(service.resources, lane)
        [entry] = await owed(service)
        assert (entry.due_at - service.resources.now()).total_seconds() <= 5
        clock.move(seconds=5)
    assert entry.attempts == 12


@pytest.mark.parametrize("name", ["mail", "digests"])
async def test_the_mail_of_an_alert_is_tried_again_at_least_once_a_day(service: Service, clock: Clock, name: str) -> None:
    async def handle(resources: object, entry: OutboxEntry) -> None:
        raise NotYet("the relay is away")

    kind = next(iter(worker.LANES[name].handlers))
    lane, waits = replace(worker.LANES[name], handlers={kind: handlers.alone(handle)}), list[float]()
    await owe(service, kind)
    for _ in range(24):
        assert await work_once(service.resources, lane) == 1
        [entry] = await owed(service)
        waits.append((entry.due_at - service.resources.now()).total_seconds())
        clock.move(seconds=waits[-1])
    assert waits[0] <= 1
    assert max(waits) == 24 * 3600  # from the eighteenth try on


async def subscriber(service: Service) -> UUID:
    """Somebody who is owed an e-mail of an alert."""
    async with service.resources.database.begin() as session:
        person = add_person(session, email="awa@example.org")
        add_alert(session, person)
        offer_id = add_offer(session, add_employer(session)).id
    settings = service.resources.settings
    await record_matches(service.resources.database, offer_id, service.resources.now(), settings.live_mail_wait)
    return person.id


async def test_a_letter_to_an_account_waits_for_no_mail_of_an_alert(alone: Service, server: MailServer) -> None:
    asked, letter_taken, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def take() -> str:
        letter_taken.set()
        return "250 taken"

    async def hesitate() -> str:
        server.on_data = take
        asked.set()
        await letter_taken.wait()
        return "250 taken at last"

    server.on_data = hesitate
    person_id = await subscriber(alone)
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(worker.run(alone.resources, stop))
        await asked.wait()
        await owe(alone, "registration.settled", person_id)
        await letter_taken.wait()
        stop.set()
    assert server.messages[0]["Subject"] == "Votre inscription est acceptée"


async def test_what_a_mail_server_says_of_a_person_is_neither_kept_nor_logged(
    alone: Service, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.on_recipient = answering("450 4.2.0 <awa@example.org>: greylisted")
    await owe(alone, "registration.settled", await subscriber(alone))
    await alone.work()
    assert [(entry.attempts, entry.problem) for entry in await owed(alone)] == [(1, "450 4.2.0")] * 2
    assert "awa@example.org" not in caplog.text


def test_on_sqlite_one_process_at_a_time_works_the_outbox(alone: Service) -> None:
    """On PostgreSQL as many as like to."""
    with worker.sole_worker(alone.resources) as first:
        assert first
        with worker.sole_worker(alone.resources) as second:
            assert second is not alone.resources.database.is_sqlite
    with worker.sole_worker(alone.resources) as next_one:
        assert next_one


async def test_a_worker_that_starts_mends_the_anchors_of_an_older_version(alone: Service) -> None:
    database, stop = alone.resources.database, asyncio.Event()
    async with database.begin() as session:
        person = add_person(session)
        add_alert(session, person)
        offer_id = add_offer(session, add_employer(session)).id
    async with database.begin() as session:
        await session.execute(update(JobAlertAnchor).values(token="old " + JobAlertAnchor.token, version="0.9"))
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(worker.run(alone.resources, stop))
        told = await anext(alone.resources.feed.follow(person.id, after=0))
        stop.set()
    assert isinstance(told, Matched)
    assert told.subject == offer_id
