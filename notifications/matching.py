"""Which alerts a published offer matches. The anchor table proposes, the criteria decide; nothing is searched or written here."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ARRAY, ColumnElement, Select, String, Text, any_, cast, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.anchor import Measures, document_tokens, measures
from models.document import Document
from models.job_alert import JobAlert, JobAlertAnchor, JobAlertFrequency, JobAlertStatus
from models.job_offer_criteria import JobOfferCriteria
from models.stored_criteria import from_json

TOKENS_IN_ONE_QUERY = 10_000
"""Below what SQLite takes as parameters of one statement. PostgreSQL takes all tokens as one array."""
VERIFIED_AT_ONCE = 500
"""Other work of the process waits for so many comparisons, a few milliseconds, and no longer."""


@dataclass(frozen=True)
class AlertMatch:
    """An alert that is on and whose criteria the offer meets."""

    alert_id: UUID
    candidate_id: UUID
    frequency: JobAlertFrequency
    started_at: datetime


async def matching_alerts(session: AsyncSession, document: Document) -> list[AlertMatch]:
    """Every alert that is on and matches, whoever owns it and whenever it was made, in no particular order."""
    proposed: dict[UUID, tuple[Any, ...]] = {}
    bounds = _bounds(measures(document))
    for having in _having_any(session, sorted(document_tokens(document))):
        rows = await session.execute(_proposals(having, bounds))
        proposed.update((row[0], tuple(row)) for row in rows)
    return await _verified(list(proposed.values()), document)


async def _verified(proposed: list[tuple[Any, ...]], document: Document) -> list[AlertMatch]:
    matches: list[AlertMatch] = []
    for start in range(0, len(proposed), VERIFIED_AT_ONCE):
        some = proposed[start : start + VERIFIED_AT_ONCE]
        matches += [AlertMatch(*row) for *row, criteria in some if parsed(criteria).matches(document)]
        await asyncio.sleep(0)
    return matches


@lru_cache(maxsize=10_000)
def parsed(criteria: str) -> JobOfferCriteria:
    """Stored criteria, parsed once for all alerts that ask for the same: nothing to forget when an alert changes."""
    return from_json(orjson.loads(criteria))


Proposals = Select[UUID, UUID, JobAlertFrequency, datetime, str]


def _proposals(having: ColumnElement[bool], bounds: Sequence[ColumnElement[bool]]) -> Proposals:
    row = JobAlert
    return (
        select(row.id, row.candidate_id, row.frequency, row.started_at, cast(row.criteria, Text))
        .join(JobAlertAnchor, JobAlertAnchor.alert_id == row.id)
        .where(having, *bounds, row.status == JobAlertStatus.ON)
    )


def _having_any(session: AsyncSession, tokens: list[str]) -> Iterator[ColumnElement[bool]]:
    if session.get_bind().dialect.name == "postgresql":
        yield JobAlertAnchor.token == any_(literal(tokens, ARRAY(String)))
        return
    for start in range(0, len(tokens), TOKENS_IN_ONE_QUERY):
        yield JobAlertAnchor.token.in_(tokens[start : start + TOKENS_IN_ONE_QUERY])


def _bounds(measured: Measures) -> list[ColumnElement[bool]]:
    """What the anchor rows themselves can rule out. What the document does not say rules nothing out here."""
    row = JobAlertAnchor
    bounds = [
        or_(row.regions.is_(None), row.regions.op("&")(measured.regions) != 0),
        or_(row.contract_types.is_(None), row.contract_types.op("&")(measured.contract_types) != 0),
    ]
    if measured.annual_maximum is not None:
        bounds.append(or_(row.minimum_salary.is_(None), row.minimum_salary <= measured.annual_maximum))
    if measured.years is not None:
        bounds.append(or_(row.maximum_required_years.is_(None), row.maximum_required_years >= measured.years))
    if measured.education_rank is not None:
        required = row.maximum_required_education
        bounds.append(or_(required.is_(None), required >= measured.education_rank))
    return bounds
