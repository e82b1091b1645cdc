"""Which alerts a published offer or candidacy matches: the anchor table proposes, the remainder of each clause decides. Nothing
is searched or written here."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Row, String, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from models.among import among
from models.anchor import document_tokens
from models.bounds import Measures, measures
from models.clause import Clause, holds
from models.document import Document
from models.job_alert import Alert, JobAlertAnchor, JobAlertFrequency, JobAlertStatus
from models.stored_clause import clause_from_json

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
    having = among(session, JobAlertAnchor.token, sorted(document_tokens(document)))
    as_stored = type_coerce(JobAlertAnchor.alert_id, String)  # most of them match nothing, and need not become ids
    proposals = select(as_stored, JobAlertAnchor.remainder).where(having, *_bounds(measures(document)))
    verified = await _verified((await session.execute(proposals)).all(), document)
    return {id_ if isinstance(id_, UUID) else UUID(id_) for id_ in verified}


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
    on = select(Alert.id, Alert.person_id, Alert.frequency, Alert.started_at)
    on = on.where(Alert.status == JobAlertStatus.ON, among(session, Alert.id, alert_ids))
    return [AlertMatch(*row) for row in await session.execute(on)]


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
