"""A column has one of many values, on either database, however many they are."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from models.among import among
from models.database import Database
from models.outbox import OutboxEntry, emit
from tests.conftest import NOW


@pytest.mark.parametrize("others", [0, 1, 50_000])
async def test_those_of_the_values_are_found_and_no_others(database: Database, others: int) -> None:
    wanted, unwanted = [uuid4() for _ in range(3)], uuid4()
    async with database.begin() as session:
        for subject in (*wanted, unwanted):
            emit(session, f"of {subject}", subject, NOW)
    async with database.read() as session:
        ids = [*wanted, *(uuid4() for _ in range(others))]
        by_id = await session.scalars(select(OutboxEntry.subject).where(among(session, OutboxEntry.subject, ids)))
        assert set(by_id) == set(wanted)
        kinds = (f"of {subject}" for subject in ids)
        by_text = await session.scalars(select(OutboxEntry.subject).where(among(session, OutboxEntry.kind, kinds)))
        assert set(by_text) == set(wanted)


async def test_none_of_no_values(database: Database) -> None:
    async with database.begin() as session:
        emit(session, "l'un", uuid4(), NOW)
        assert (await session.scalars(select(OutboxEntry).where(among(session, OutboxEntry.subject, [])))).all() == []
        assert (await session.scalars(select(OutboxEntry).where(among(session, OutboxEntry.kind, [])))).all() == []
