"""Registrations that wait for the registry: asked again until it answers, and settled by what it says."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from csq.registry import Registry
from errors import Unavailable
from models.candidate import Candidate, RegistrationStatus
from models.certificate import Certificate, Verdict
from models.database import Database
from models.job_alert import JobAlert, JobAlertStatus
from models.outbox import emit

REGISTRATION_SETTLED = "registration.settled"
"""The kind of outbox entry that owes the person a letter; its subject is the candidate."""


async def ask_again(  # noqa: PLR0913 - what a question takes, by name
    database: Database,
    registry: Registry,
    certificate_of: Callable[[Candidate], Certificate],
    candidate_id: UUID,
    attempt: int,
    now: datetime,
) -> None:
    """Settles a registration that is still pending. Raises Unavailable while the registry gives no verdict."""
    async with database.read() as session:
        candidate = await session.get(Candidate, candidate_id)
    if candidate is None or not candidate.pending:
        return
    verdict = await registry.validate(certificate_of(candidate), attempt)
    if verdict is Verdict.NO_ANSWER:
        raise Unavailable("REGISTRY_UNAVAILABLE")
    async with database.begin() as session:
        candidate = await session.get(Candidate, candidate_id, with_for_update=True)
        if candidate is not None and candidate.pending:
            candidate.settle(verdict, now)
            emit(session, REGISTRATION_SETTLED, candidate.id, now)
            await _start_alerts(session, candidate, now)


async def _start_alerts(session: AsyncSession, candidate: Candidate, now: datetime) -> None:
    """Who is pending hears of nothing. The alerts of who is accepted are owed what came meanwhile."""
    if candidate.registration_status is RegistrationStatus.ACTIVE:
        on = select(JobAlert.id).where(JobAlert.candidate_id == candidate.id, JobAlert.status == JobAlertStatus.ON)
        for alert_id in await session.scalars(on):
            emit(session, "job_alert.started", alert_id, now)
