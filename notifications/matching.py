"""Which alerts a published offer or candidacy matches: the anchor table proposes, the remainder of each clause decides. Nothing
is searched or written here."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

import orjson
from sqlalchemy import ARRAY, ColumnElement, Row, String, any_, func, literal, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.anchor import document_tokens
from models.bounds import Measures, measures
from models.clause import Clause, holds
from models.document import Document
from models.job_alert import Alert, JobAlertAnchor, JobAlertFrequency, JobAlertStatus
from models.stored_clause import clause_from_json

T = TypeVar("T")
VALUES_OF_ONE_QUERY = 10_000
"""Below what SQLite takes as parameters of one statement. PostgreSQL takes all of them as one array."""
VERIFIED_AT_ONCE = 1_000
"""Other work of the process waits for so many comparisons, a few milliseconds, and no longer."""


@dataclass(frozen=True)
class AlertMatch:
    """An alert that is on and whose criteria the document meets."""

    alert_id: UUID
    person_id: UUID
    frequency: JobAlertFrequency
    started_at: datetime


async def matching_alerts(session: AsyncSession, document: Document) -> list[AlertMatch]:
    """Every alert that is on and matches, whoever owns it and whenever it was made, in no particular order."""
    return await _those_on(session, await matching_ids(session, document))


async def matching_ids(session: AsyncSession, document: Document) -> set[UUID]:
    """Of the alerts that match, on or paused."""
    having = _having_any(session, sorted(document_tokens(document)))
    as_stored = type_coerce(JobAlertAnchor.alert_id, String)  # most of them match nothing, and need not become ids
    proposals = select(as_stored, JobAlertAnchor.remainder).where(having, *_bounds(measures(document)))
    verified = await _verified((await session.execute(proposals)).all(), document)
    return {id_ if isinstance(id_, UUID) else UUID(id_) for id_ in verified}


def _having_any(session: AsyncSession, tokens: Sequence[str]) -> ColumnElement[bool]:
    """One parameter, whatever the database: a statement with one for each token is written anew each time."""
    if session.get_bind().dialect.name == "postgresql":
        return JobAlertAnchor.token == any_(literal(tokens, ARRAY(String)))
    listed = func.json_each(orjson.dumps(tokens).decode()).table_valued("value")
    return JobAlertAnchor.token.in_(select(listed.c.value))


async def _verified(proposed: Sequence[Row[str, str | None]], document: Document) -> set[str | UUID]:
    """Alerts that leave the same to be verified are verified together."""
    holding: dict[str | None, bool] = {None: True}
    verified: set[str | UUID] = set()
    for start in range(0, len(proposed), VERIFIED_AT_ONCE):
        for alert_id, left in proposed[start : start + VERIFIED_AT_ONCE]:
            if left is not None and left not in holding:
                holding[left] = holds(_remainder(left), document)
            if holding[left]:
                verified.add(alert_id)
        await asyncio.sleep(0)
    return verified


@lru_cache(maxsize=20_000)
def _remainder(stored: str) -> Clause:
    """Read once for all alerts that leave the same to be verified. Whatever an alert becomes, what is kept here is right."""
    return clause_from_json(stored)


async def _those_on(session: AsyncSession, alert_ids: Iterable[UUID]) -> list[AlertMatch]:
    found: list[AlertMatch] = []
    on = select(Alert.id, Alert.person_id, Alert.frequency, Alert.started_at)
    on = on.where(Alert.status == JobAlertStatus.ON)
    for some in among(session, Alert.id, list(alert_ids)):
        found += [AlertMatch(*row) for row in await session.execute(on.where(some))]
    return found


def among(session: AsyncSession, column: InstrumentedAttribute[T], values: Sequence[T]) -> Iterator[ColumnElement[bool]]:
    """Conditions that together say the column has one of the values: one array on PostgreSQL, lists elsewhere."""
    if session.get_bind().dialect.name == "postgresql":
        yield column == any_(literal(values, ARRAY(column.type)))
        return
    for start in range(0, len(values), VALUES_OF_ONE_QUERY):
        yield column.in_(values[start : start + VALUES_OF_ONE_QUERY])


def _bounds(measured: Measures) -> list[ColumnElement[bool]]:
    """What the anchor rows themselves rule out."""
    row = JobAlertAnchor
    return [
        or_(row.regions.is_(None), row.regions.op("&")(measured.regions) != 0),
        or_(row.contract_types.is_(None), row.contract_types.op("&")(measured.contract_types) != 0),
        or_(row.minimum_salary.is_(None), row.minimum_salary <= measured.annual_maximum),
        or_(row.maximum_required_years.is_(None), row.maximum_required_years >= measured.years),
        or_(row.maximum_required_education.is_(None), row.maximum_required_education >= measured.education_rank),
    ]
