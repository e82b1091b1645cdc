"""Migrating from the command line, and telling where models and migrations disagree."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from tests.commands.operator import Operator
from tests.conftest import copy_of


@pytest.fixture
async def postgresql_url(postgresql_template: str) -> AsyncIterator[str]:
    """Of a database that is not used again: its tables are altered here."""
    async with copy_of(postgresql_template) as url:
        yield url


async def alter(operator: Operator, *statements: str) -> None:
    async with operator.parts() as resources, resources.database.begin() as session:
        for statement in statements:
            await session.execute(text(statement))


async def test_a_new_database_is_made_and_brought_to_the_newest_shape(sqlite_operator: Operator) -> None:
    sqlite_operator.sets(DATABASE_URL="sqlite+aiosqlite:///./somewhere/new.db")
    first = await sqlite_operator.run("migrate")
    again = await sqlite_operator.run("migrate")
    assert (first.code, first.out.splitlines()[-1]) == (0, "It is at the newest shape.")
    assert (again.code, again.out) == (0, "The database at ./somewhere/new.db is at the newest shape already.\n")
    assert (await sqlite_operator.run("verify")).code == 0


async def test_the_check_passes_when_models_and_migrations_agree(operator: Operator) -> None:
    checked = await operator.run("migrate", "--check")
    assert checked.code == 0
    assert [line.rpartition(": ")[2] for line in checked.out.splitlines()] == ["as the models say"] * 2


async def test_the_check_makes_no_database_and_needs_none(sqlite_operator: Operator) -> None:
    sqlite_operator.sets(DATABASE_URL="sqlite+aiosqlite:///nowhere.db")
    checked = await sqlite_operator.run("migrate", "--check")
    assert checked.code == 0
    assert checked.out.splitlines()[1] == "nowhere.db: not compared, it was not made yet"
    assert "nowhere.db" not in {path.name for path in sqlite_operator.files()}


async def test_the_check_goes_on_without_a_server_that_is_away(sqlite_operator: Operator) -> None:
    sqlite_operator.sets(DATABASE_URL="postgresql+asyncpg://nobody:secret@127.0.0.1:9/placement")
    checked = await sqlite_operator.run("migrate", "--check")
    assert checked.code == 0
    assert "not compared, it does not answer" in checked.out
    assert "secret" not in checked.out


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE agent ADD COLUMN nickname VARCHAR", "  - remove column: agent.nickname"),
        ("ALTER TABLE agent RENAME COLUMN name TO title", "  - add column: agent.name"),
        ("DROP TABLE consultation", "  - add table: consultation"),
        ("CREATE TABLE stray (id INTEGER)", "  - remove table: stray"),
        ("DELETE FROM alembic_version", "  - not at the newest shape: run `placement migrate`"),
        ("UPDATE alembic_version SET version_num = '9999'", "  - made by a later release of the service"),
    ],
)
async def test_each_disagreement_is_listed(operator: Operator, statement: str, told: str) -> None:
    await alter(operator, statement)
    checked = await operator.run("migrate", "--check")
    assert checked.code == 1
    assert told in checked.out.splitlines()


async def test_a_column_that_may_be_empty_and_should_not_is_listed_by_its_name(operator: Operator) -> None:
    await alter(
        operator,
        "DROP TABLE agent",
        "CREATE TABLE agent (id CHAR(32) NOT NULL, name VARCHAR, CONSTRAINT pk_agent PRIMARY KEY (id))",
    )
    checked = await operator.run("migrate", "--check")
    assert checked.code == 1
    assert "  - modify nullable: agent.name" in checked.out.splitlines()


@pytest.mark.parametrize("command", ["migrate", "serve", "verify"])
async def test_a_database_of_a_later_release_is_told_apart_and_left_alone(operator: Operator, command: str) -> None:
    await alter(operator, "UPDATE alembic_version SET version_num = '9999'")
    ran = await operator.run(command)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(" was made by a later release of the service: run that one\n")
    assert ran.err.count("\n") == 1


async def test_a_migration_that_fails_is_no_server_that_does_not_answer_and_changes_nothing(operator: Operator) -> None:
    await alter(operator, "DELETE FROM alembic_version")  # so that what is there is to be made again
    ran = await operator.run("migrate")
    assert ran.code == 1
    assert " could not be migrated, and is as it was: " in ran.err
    assert ran.err.rstrip().endswith("already exists")
    assert ran.err.count("\n") == 1
