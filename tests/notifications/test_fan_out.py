"""An offer that very many wait for holds up neither the one that a single person waits for, nor a mail that is to go at once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

import worker
from lane import work_once
from models.database import Database
from models.deadline import Deadline, DeadlineKind
from models.job_alert import JobAlertFrequency
from models.job_offer_criteria import JobOfferCriteria
from models.notification import Notification
from models.outbox import OutboxEntry, emit
from notifications.audience import OFFERS
from notifications.ledger import PERSONS_IN_ONE_TRANSACTION
from notifications.opening import open_mailer
from notifications.reconciliation import reconcile
from tests.conftest import Clock
from tests.notifications.mail_server import mail_server
from tests.notifications.rows import EARLIER, Rows, add_alert, add_employer, add_offer, add_person
from tests.real_parts import LONG
from tests.service import EMBEDDED, Service, open_service

NURSES = "31301"
MANY = 10_000 if LONG else 1_500
NURSING, WELDING = JobOfferCriteria(text="infirmier"), JobOfferCriteria(text="soudeur")


@pytest.fixture
async def service(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Service]:
    async with open_service(database_url, EMBEDDED, tmp_path, clock) as opened:
        yield opened


async def waiting(database: Database, criteria: JobOfferCriteria, people: int = 1) -> None:
    rows = Rows()
    for _ in range(people):
        add_alert(rows, add_person(rows), criteria)
    await rows.write(database)


async def announced(service: Service, title: str, occupation: str = "72106") -> UUID:
    """An offer that is published now."""
    async with service.resources.database.begin() as session:
        offer = add_offer(
            session, add_employer(session), title_fr=title, occupation=occupation, published_at=service.resources.now()
        )
        emit(session, OFFERS.announced, offer.id, service.resources.now())
        return offer.id


async def heard(database: Database, offer_id: UUID) -> int:
    async with database.read() as session:
        told = select(func.count()).select_from(Notification).where(Notification.job_offer_id == offer_id)
        return await session.scalar(told) or 0


async def owed(database: Database) -> list[tuple[str, UUID]]:
    async with database.read() as session:
        due = select(OutboxEntry.kind, OutboxEntry.subject).where(OutboxEntry.kind.in_((OFFERS.announced, OFFERS.partly_told)))
        return [(kind, subject) for kind, subject in await session.execute(due)]


@asynccontextmanager
async def working(service: Service) -> AsyncIterator[None]:
    """A worker that is cut off when the block ends."""
    running = asyncio.create_task(worker.run(service.resources, asyncio.Event()))
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def until(so: Callable[[], Awaitable[int | bool]]) -> None:
    async with asyncio.timeout(60):
        while not await so():  # noqa: ASYNC110 - what is looked for is in the database
            await asyncio.sleep(0.01)


async def test_the_one_who_waits_for_an_offer_hears_while_thousands_are_still_told_of_another(service: Service) -> None:
    database = service.resources.database
    await waiting(database, WELDING, MANY)
    await waiting(database, NURSING)
    async with working(service):
        large = await announced(service, "Soudeuse ou soudeur")
        await until(lambda: heard(database, large))
        before = await heard(database, large)
        small = await announced(service, "Infirmière ou infirmier", NURSES)
        await until(lambda: heard(database, small))
        meanwhile = await heard(database, large)
        assert await heard(database, small) == 1
    assert 0 < before <= meanwhile < MANY, "the small one was told while the large one was being told"
    assert (OFFERS.partly_told, large) in await owed(database)


async def test_those_beyond_the_first_are_told_once_by_whoever_takes_it_up(service: Service) -> None:
    database, people = service.resources.database, 2 * PERSONS_IN_ONE_TRANSACTION + 20
    await waiting(database, WELDING, people)
    offer_id = await announced(service, "Soudeuse ou soudeur")
    await work_once(service.resources, worker.LANES["match"])
    assert (await heard(database, offer_id), await owed(database)) == (
        PERSONS_IN_ONE_TRANSACTION,
        [(OFFERS.partly_told, offer_id)],
    )
    async with database.begin() as session:
        emit(session, OFFERS.announced, offer_id, service.resources.now())  # as a worker would find it that was killed before
    await service.work()
    assert (await heard(database, offer_id), await owed(database)) == (people, [])


async def test_an_offer_of_which_everybody_has_heard_leaves_nothing_to_tell(service: Service) -> None:
    database, people = service.resources.database, PERSONS_IN_ONE_TRANSACTION + 20
    await waiting(database, WELDING, people)
    offer_id = await announced(service, "Soudeuse ou soudeur")
    await service.work()
    async with database.begin() as session:
        emit(session, OFFERS.announced_again, offer_id, service.resources.now())
    await work_once(service.resources, worker.LANES["match_again"])
    assert (await heard(database, offer_id), await owed(database)) == (people, [])


async def test_a_large_offer_does_not_wait_for_a_larger_one_that_came_before(service: Service) -> None:
    database, people = service.resources.database, PERSONS_IN_ONE_TRANSACTION + 20
    await waiting(database, WELDING, 2 * MANY)
    await waiting(database, NURSING, people)

    async def all_heard() -> bool:
        return await heard(database, large) == people

    async with working(service):
        larger = await announced(service, "Soudeuse ou soudeur")
        await until(lambda: heard(database, larger))
        large = await announced(service, "Infirmière ou infirmier", NURSES)
        await until(all_heard)
        meanwhile = await heard(database, larger)
    assert 0 < meanwhile < 2 * MANY, "those beyond the first of the large one heard while the larger one was being told"


async def test_what_is_in_hand_is_taken_up_by_no_other_hand(service: Service) -> None:
    database, people = service.resources.database, PERSONS_IN_ONE_TRANSACTION + 20
    await waiting(database, WELDING, people)
    for _ in range(2):
        await announced(service, "Soudeuse ou soudeur")
    await work_once(service.resources, worker.LANES["match"])
    lane = worker.LANES["match_others"]
    assert sorted(await asyncio.gather(*(work_once(service.resources, lane) for _ in range(4)))) == [0, 0, 1, 1]
    assert await owed(database) == []


async def test_an_offer_that_is_partly_told_lacks_nobody_but_is_not_matched_yet(service: Service, clock: Clock) -> None:
    database = service.resources.database
    await waiting(database, WELDING, PERSONS_IN_ONE_TRANSACTION + 1)
    await announced(service, "Soudeuse ou soudeur")
    await work_once(service.resources, worker.LANES["match"])
    clock.move(minutes=1)
    found = await reconcile(database, OFFERS, EARLIER, clock())
    assert (len(found.missing), found.unmatched, found.difference) == (0, 1, 1)
    await work_once(service.resources, worker.LANES["match_others"])
    found = await reconcile(database, OFFERS, EARLIER, clock())
    assert (found.announced, found.expected, found.difference) == (1, PERSONS_IN_ONE_TRANSACTION + 1, 0)


async def test_a_mail_to_go_at_once_waits_for_no_digest(service: Service, clock: Clock) -> None:
    database, stop = service.resources.database, asyncio.Event()
    rows = Rows()
    digest, live = add_person(rows, email="digest@example.org"), add_person(rows, email="live@example.org")
    add_alert(rows, digest, WELDING, frequency=JobAlertFrequency.DAILY)
    add_alert(rows, live, NURSING)
    await rows.write(database)
    await announced(service, "Soudeuse ou soudeur")
    await work_once(service.resources, worker.LANES["match"])
    digest_handed_over, live_taken = asyncio.Event(), asyncio.Event()
    async with mail_server() as server:

        async def take() -> str:
            live_taken.set()
            return "250 taken"

        async def hesitate() -> str:
            server.on_data = take
            digest_handed_over.set()
            await live_taken.wait()
            return "250 taken at last"

        server.on_data = hesitate
        post = replace(service.resources.post, mailer=open_mailer(server.url))
        resources = replace(service.resources, post=post)
        async with database.begin() as session:
            planned = (await session.scalars(select(Deadline).where(Deadline.kind == DeadlineKind.DAILY_MAIL))).one()
            planned.due_at = planned.next_try_at = clock()
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            tasks.create_task(worker.run(resources, stop))
            await digest_handed_over.wait()
            await announced(service, "Infirmière ou infirmier", NURSES)
            await live_taken.wait()
            stop.set()
        await post.mailer.close()
    assert server.recipients == ["live@example.org", "digest@example.org"]
