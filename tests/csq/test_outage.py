"""Hundreds of people register while the registry is down for days, a thousand if there is time: none is lost, none is accepted
meanwhile, and all hear of the answer once it comes."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event, func, select, update

import worker
from csq.access import Access
from csq.breaker import UNANSWERED
from csq.opening import open_registry
from lane import work_once
from models.account import Account
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Certificate
from models.language import Language
from models.registry_question import ACCEPTED, RegistryAttempt, RegistryQuestion
from resolvers.context import Context
from resolvers.registration import Registration, register
from server import context
from tests.conftest import NOW, Clock
from tests.csq.registry_server import RegistryServer, Request, http, not_recognising, recognising, registry_server
from tests.real_parts import LONG
from tests.service import EMBEDDED, PASSWORD, Service, addresses, open_service

PEOPLE = 1000 if LONG else 120
DAYS_DOWN = 2


@pytest.fixture
async def server() -> AsyncIterator[RegistryServer]:
    async with registry_server() as running:
        running.handler = answer
        yield running


@pytest.fixture
async def service(sqlite_url: str, tmp_path: Path, clock: Clock, server: RegistryServer) -> AsyncIterator[Service]:
    async with open_service(sqlite_url, EMBEDDED, tmp_path, clock) as opened:
        event.listen(opened.resources.database.engine.sync_engine, "connect", _without_waiting_for_the_disk)
        opened.resources = replace(opened.resources, registry=open_registry(Access(server.url), clock))
        yield opened
        await opened.resources.registry.close()


def _without_waiting_for_the_disk(connection: sqlite3.Connection, record: object) -> None:
    """This machine does not lose its power in the test."""
    connection.execute("PRAGMA synchronous=OFF")


async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
    """Recognises two of three."""
    known = int(request.message["fileNumber"].removeprefix("F")) % 3
    writer.write(http("200 OK", recognising(request) if known else not_recognising(request)))


async def fail(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(http("503 Service Unavailable", b"", "Retry-After: 120"))


def registration(number: int) -> Registration:
    issued_on, expires_on = NOW.date() - timedelta(days=200), NOW.date() + timedelta(days=800)
    return Registration(
        email=f"person-{number}@example.net",
        password=PASSWORD,
        given_name="Amina",
        family_name="Benali",
        telephone=None,
        language=Language.FR,
        time_zone="Africa/Casablanca",
        country_of_residence="MA",
        province_of_residence=None,
        certificate=Certificate(f"F{number:06}", f"R{number:06}", issued_on, expires_on),
    )


async def register_some(service: Service, numbers: range) -> list[UUID]:
    """They register from as many networks, and confirm their addresses."""
    made = [await register(_from(service, number), registration(number)) for number in numbers]
    ids = [file.account.id for file in made]
    async with service.resources.database.begin() as session:
        confirmed = {"email_confirmed_at": service.resources.now()}
        await session.execute(update(Account).where(Account.id.in_(ids)).values(confirmed))
    return ids


def _from(service: Service, number: int) -> Context:
    return context(service.resources, address=f"198.51.{number // 250}.{number % 250}")


async def ask_again(service: Service) -> int:
    """Does what the worker owes the registry by now; answers how often it looked for more."""
    looks = 1
    while await work_once(service.resources, worker.LANES["registry"]):
        looks += 1
    return looks


async def statuses(service: Service) -> Counter[RegistrationStatus]:
    async with service.resources.database.read() as session:
        return Counter(await session.scalars(select(Candidate.registration_status)))


async def attempts(service: Service) -> dict[UUID, int]:
    """How often the registry was asked about each candidate."""
    asked = select(RegistryQuestion.candidate_id, func.count(RegistryAttempt.id)).outerjoin(RegistryAttempt)
    async with service.resources.database.read() as session:
        rows = await session.execute(asked.group_by(RegistryQuestion.candidate_id))
        return {row[0]: row[1] for row in rows}


async def let_days_pass(service: Service, server: RegistryServer, clock: Clock) -> None:
    """The registry refuses connections, and later answers 503. The worker does not wear itself out meanwhile."""
    for hour in range(24 * DAYS_DOWN):
        if hour == 12 * DAYS_DOWN:
            await server.start()
        clock.move(hours=1)
        assert await ask_again(service) <= PEOPLE / worker.LANES["registry"].group + 2
    assert await statuses(service) == {RegistrationStatus.PENDING: PEOPLE}


async def come_back(service: Service, clock: Clock) -> None:
    for _ in range(60):
        clock.move(minutes=1)
        await ask_again(service)


async def test_an_outage_of_days_loses_nobody(service: Service, server: RegistryServer, clock: Clock) -> None:
    await server.stop()
    server.handler = fail
    people = await register_some(service, range(PEOPLE))
    assert await statuses(service) == {RegistrationStatus.PENDING: PEOPLE}
    assert sum((await attempts(service)).values()) == UNANSWERED  # nobody after those was kept waiting for a time-out
    await let_days_pass(service, server, clock)
    tried = sum((await attempts(service)).values())
    server.handler = answer
    await come_back(service, clock)
    refused = len(range(0, PEOPLE, 3))
    assert await statuses(service) == {RegistrationStatus.ACTIVE: PEOPLE - refused, RegistrationStatus.CLOSED: refused}
    await everybody_was_asked_about(service, people, tried)
    await everybody_gets_one_letter(service)


async def everybody_was_asked_about(service: Service, people: list[UUID], tried: int) -> None:
    asked = await attempts(service)
    assert set(asked) == set(people)
    assert min(asked.values()) >= 1
    assert sum(asked.values()) >= tried + PEOPLE
    async with service.resources.database.read() as session:
        outcomes = Counter(await session.scalars(select(RegistryQuestion.outcome)))
        verdicts = Counter(await session.scalars(select(RegistryAttempt.outcome)))
        assert await session.scalar(select(func.count()).where(RegistryQuestion.settled_at.is_(None))) == 0
    assert outcomes == {ACCEPTED: verdicts["RECOGNISED"], "NOT_RECOGNISED": verdicts["NOT_RECOGNISED"]}


async def everybody_gets_one_letter(service: Service) -> None:
    """And no more comes of the one that was owed about the wait: nobody waits any more."""
    kinds = ("registration.pending", "registration.settled")
    handlers = {kind: worker.LANES["letters"].handlers[kind] for kind in kinds}
    lane = replace(worker.LANES["letters"], handlers=handlers, group=200, at_once=8)
    while await work_once(service.resources, lane):
        pass
    letters = service.letters()
    assert Counter(to for letter in letters for to in addresses(letter)) == {f"person-{n}@example.net": 1 for n in range(PEOPLE)}
    refused, accepted = len(range(0, PEOPLE, 3)), "Votre inscription est acceptée"
    subjects = {accepted: PEOPLE - refused, "Votre inscription n’a pas pu être acceptée": refused}
    assert Counter(letter["Subject"] for letter in letters) == subjects
