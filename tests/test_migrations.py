"""Migrations: from empty to the newest shape, the same as the models say, on each kind of database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Uuid, bindparam, inspect, select, text

from migrations.running import configuration, disagreements, migrate
from models.base import Base
from models.database import Database, open_database
from models.deadline import Deadline
from models.outbox import OutboxEntry
from models.registry_question import Purpose, RegistryQuestion
from tests.conftest import copy_of


async def test_a_migrated_database_is_what_the_models_say(database: Database) -> None:
    assert await disagreements(database) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    async with database.engine.connect() as connection:
        tables = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    assert tables == {*Base.metadata.tables, "alembic_version"}


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/empty.db"
        return
    request.getfixturevalue("postgresql_template")  # or there is none to be had
    async with copy_of("template0") as url:
        yield url


async def test_of_several_that_migrate_at_once_one_does_and_the_others_find_it_done(empty_url: str) -> None:
    databases = [open_database(empty_url) for _ in range(3)]
    await asyncio.gather(*map(migrate, databases))
    assert await disagreements(databases[0]) == []
    for database in databases:
        await database.close()


FIRST_ROWS = (
    """INSERT INTO account (id, role, email, password_hash, language, time_zone, created_at)
        VALUES (:person, 'CANDIDATE', 'a@example.org', '', 'FR', 'America/Toronto', '2026-01-02 12:00:00+00:00')""",
    """INSERT INTO candidate (id, given_name, family_name, country_of_residence, registration_status, live_position,
        sealed_file_number, sealed_individual_reference_number, certificate_issued_on, certificate_expires_on)
        VALUES (:person, 'Awa', 'Diop', 'SN', 'PENDING', 0, '', '', '2025-06-01', '2028-06-01')""",
    """INSERT INTO candidacy (id, candidate_id, number, status, occupations, skills, languages, education, years_of_experience,
        regions, work_modes, created_at, published_at, publication_ends_on, version)
        VALUES (:candidacy, :person, 'B2C3-D4F5', 'PUBLISHED', '[]', '[]', '[]', 'NONE', 0, '[]', '[]',
        '2026-01-02 12:00:00+00:00', '2026-01-02 12:00:00+00:00', '2026-05-31', 2)""",
    """INSERT INTO outbox (kind, subject, due_at, attempts)
        VALUES ('candidacy.ends', :candidacy, '2026-06-01 04:00:00+00:00', 0),
        ('registration.validate', :person, '2026-01-02 12:00:00+00:00', 3)""",
)
"""Of a release that knew the first shape: a person who waits for the registry, and a publication (which such a person cannot
have; the rows are what counts here)."""


async def test_what_an_earlier_release_owed_is_owed_still(empty_url: str) -> None:
    database, person, candidacy = open_database(empty_url), uuid4(), uuid4()
    async with database.begin() as session:
        await (await session.connection()).run_sync(lambda sync: command.upgrade(configuration(sync), "0001"))
        for statement in FIRST_ROWS:
            ids = [bindparam("person", type_=Uuid()), bindparam("candidacy", type_=Uuid())]
            named = [each for each in ids if f":{each.key}" in statement]
            await session.execute(text(statement).bindparams(*named), {"person": person, "candidacy": candidacy})
    await migrate(database)
    assert await disagreements(database) == []
    async with database.read() as session:
        deadlines = {row.kind: row.due_at for row in await session.scalars(select(Deadline).where(Deadline.subject == candidacy))}
        (question,) = await session.scalars(select(RegistryQuestion))
        owed = [(entry.kind, entry.subject, entry.attempts) for entry in await session.scalars(select(OutboxEntry))]
    assert deadlines == {
        "candidacy.ending": datetime(2026, 5, 24, 12, tzinfo=UTC),
        "candidacy.expires": datetime(2026, 6, 1, 4, tzinfo=UTC),
        "candidacy.ended": datetime(2026, 6, 7, 12, tzinfo=UTC),
    }
    assert (question.candidate_id, question.purpose, question.settled_at) == (person, Purpose.REGISTRATION, None)
    assert owed == [("registry.ask", question.id, 3)]
    await database.close()


async def test_a_missing_table_is_noticed(tmp_path: Path) -> None:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path}/empty.db")
    assert len(await disagreements(database)) >= len(Base.metadata.tables)
    await database.close()
