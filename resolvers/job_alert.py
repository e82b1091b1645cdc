"""What can be done with job alerts. An alert, its anchors and its end are written in one transaction."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from auth.permissions import may_know
from errors import Conflict, Invalid, LimitReached, NotFound, Problem
from models.anchor import anchors
from models.candidate import Candidate
from models.checks import Checks
from models.criteria_checks import check_job_offer_criteria
from models.holding import hold_candidate
from models.job_alert import JobAlert, JobAlertAnchor, JobAlertFrequency, JobAlertStatus
from models.job_offer_criteria import JobOfferCriteria
from models.outbox import emit
from models.stored_criteria import to_json
from notifications.alert_mail import move
from notifications.estimate import Estimate, estimate
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember
from resolvers.versions import require_version

ALERTS = 50
"""How many alerts one person may keep."""
LONGEST_NAME = 75


@dataclass(frozen=True)
class AlertChanges:
    """What of an alert changes; None leaves it as it is."""

    name: str | None = None
    frequency: JobAlertFrequency | None = None
    criteria: JobOfferCriteria | None = None


async def create(
    context: Context, name: str, frequency: JobAlertFrequency, criteria: JobOfferCriteria, idempotency_key: str | None
) -> JobAlert:
    """Keeps a new alert, which hears of offers from now on. Raises LimitReached for criteria that are too broad, and at
    fifty alerts."""
    context.only_once("ONE_ESTIMATE")
    _check(AlertChanges(name, frequency, criteria))
    stored = to_json(criteria)
    request = Request("createJobAlert", idempotency_key, {"name": name, "frequency": frequency.value, "criteria": stored})
    async with context.database.read() as session:
        if (earlier := await _earlier(session, context, request)) is not None:
            return earlier
    estimated = await estimate(context.database, criteria, context.now())
    async with context.database.begin() as session:
        if (earlier := await _earlier(session, context, request)) is not None:
            return earlier
        await _check_limit(session, context.account_id)
        alert = JobAlert(
            candidate_id=context.account_id,
            name=name.strip(),
            status=JobAlertStatus.ON,
            frequency=frequency,
            criteria=stored,
            estimate_days=estimated.days,
            estimate_matches=estimated.matches,
            created_at=context.now(),
            started_at=context.now(),
        )
        session.add(alert)
        await _flush(session)
        session.add_all(anchors(alert.id, criteria))
        emit(session, "job_alert.started", alert.id, context.now())
        await remember(session, context, request, alert.id)
    return alert


async def _earlier(session: AsyncSession, context: Context, request: Request) -> JobAlert | None:
    """The alert that the same request made when it came first. Raises Conflict when that has been deleted."""
    if (made := await once(session, context, request)) is None:
        return None
    if (alert := await session.get(JobAlert, made)) is None:
        raise Conflict("DELETED_SINCE")
    return alert


def _check(wanted: AlertChanges) -> None:
    checks = Checks()
    if wanted.name is not None:
        checks.line("name", wanted.name, LONGEST_NAME, required=True)
    checks.done()
    if wanted.criteria is not None:
        check_job_offer_criteria(wanted.criteria)


async def _check_limit(session: AsyncSession, candidate_id: UUID) -> None:
    await session.get(Candidate, candidate_id, with_for_update=True)  # one at a time, so that the count holds
    kept = await session.scalar(select(func.count()).where(JobAlert.candidate_id == candidate_id))
    if kept is not None and kept >= ALERTS:
        raise LimitReached("TOO_MANY_ALERTS", limit=ALERTS, current=kept)


async def _flush(session: AsyncSession) -> None:
    try:
        await session.flush()
    except IntegrityError as error:
        raise Invalid([Problem(("name",), "NAME_TAKEN")]) from error


async def revise(context: Context, alert_id: UUID, wanted: AlertChanges, version: int | None) -> JobAlert:
    """Changes an alert. With new criteria it starts anew: what was published before does not come back."""
    _check(wanted)
    if wanted.criteria:
        context.only_once("ONE_ESTIMATE")
    estimated = await estimate(context.database, wanted.criteria, context.now()) if wanted.criteria else None
    async with context.database.begin() as session:
        if wanted.frequency:
            await hold_candidate(session, context.account_id)
        alert = await _own(session, context, alert_id)
        require_version(alert.version, version)
        if wanted.criteria is not None and estimated is not None:
            await _replace_criteria(session, context, alert, wanted.criteria, estimated)
        alert.name = alert.name if wanted.name is None else wanted.name.strip()
        changed = wanted.frequency not in (None, alert.frequency)
        alert.frequency = wanted.frequency or alert.frequency
        await _flush(session)
        if changed:
            await move(session, alert, context.now())
    return alert


async def _replace_criteria(
    session: AsyncSession, context: Context, alert: JobAlert, criteria: JobOfferCriteria, estimated: Estimate
) -> None:
    await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == alert.id))
    alert.criteria = to_json(criteria)
    alert.estimate_days, alert.estimate_matches = estimated.days, estimated.matches
    alert.started_at = context.now()
    emit(session, "job_alert.started", alert.id, context.now())
    session.add_all(anchors(alert.id, criteria))


async def pause(context: Context, alert_id: UUID, version: int | None) -> JobAlert:
    """Stops an alert until it is resumed. Raises Conflict when it is paused."""
    return await _switch(context, alert_id, version, JobAlertStatus.PAUSED)


async def resume(context: Context, alert_id: UUID, version: int | None) -> JobAlert:
    """Starts a paused alert again, from now on. Raises Conflict when it is on."""
    return await _switch(context, alert_id, version, JobAlertStatus.ON)


async def _switch(context: Context, alert_id: UUID, version: int | None, status: JobAlertStatus) -> JobAlert:
    async with context.database.begin() as session:
        alert = await _own(session, context, alert_id)
        require_version(alert.version, version)
        if alert.status is status:
            raise Conflict("ALREADY_ON" if status is JobAlertStatus.ON else "ALREADY_PAUSED", ("JobAlert", alert.id))
        alert.status = status
        if status is JobAlertStatus.ON:
            alert.started_at = context.now()
            emit(session, "job_alert.started", alert.id, context.now())
        await session.flush()
    return alert


async def delete_alert(context: Context, alert_id: UUID) -> None:
    """Removes an alert for good. What it told stays in the ledger."""
    async with context.database.begin() as session:
        await session.delete(await _own(session, context, alert_id))


async def _own(session: AsyncSession, context: Context, alert_id: UUID) -> JobAlert:
    """The caller's alert, locked. A stranger's is as unknown as one that never was."""
    query = select(JobAlert).where(JobAlert.id == alert_id, JobAlert.candidate_id == context.account_id)
    if (alert := await session.scalar(query.with_for_update())) is None:
        raise NotFound("NOT_FOUND")
    return alert


async def known(context: Context, alert_id: UUID) -> JobAlert | None:
    async with context.database.read() as session:
        alert = await session.get(JobAlert, alert_id)
    return alert if alert is not None and may_know(context.caller, "JobAlert", alert.candidate_id) else None


async def alerts_of(context: Context, candidate_id: UUID) -> list[JobAlert]:
    async with context.database.read() as session:
        own = select(JobAlert).where(JobAlert.candidate_id == candidate_id).order_by(JobAlert.created_at, JobAlert.id)
        return list(await session.scalars(own))
