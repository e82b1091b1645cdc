"""What can be done with alerts, be they of offers or of candidacies. An alert, its anchors and its end are written in one
transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import count, estimates
from auth.permissions import may_know
from errors import Conflict, Invalid, LimitReached, NotFound, Problem
from models.anchor import anchors
from models.checks import Checks
from models.holding import hold_listener
from models.job_alert import ALERT_STARTED, Alert, JobAlertAnchor, JobAlertFrequency, JobAlertStatus
from models.outbox import emit
from models.stored_criteria import Criteria, to_json
from notifications.alert_mail import move
from notifications.audience import Audience
from notifications.estimate import Estimate
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember
from resolvers.versions import require_version

LONGEST_NAME = 75
Row = TypeVar("Row", bound=Alert)
Asked = TypeVar("Asked", bound=Criteria)


@dataclass(frozen=True)
class Manner(Generic[Row, Asked]):
    """What differs between the alerts of one kind and of the other. `most` is how many one person may keep; `estimate` raises
    LimitReached for criteria that are too broad."""

    row: type[Row]
    of: Audience
    type_name: str
    most: int
    too_many: str
    check: Callable[[Asked], None]
    estimate: Callable[[Context, Asked], Awaitable[Estimate]]


@dataclass(frozen=True)
class Wanted(Generic[Asked]):
    """What of an alert is new; None leaves it as it is. `besides` are columns that go with the criteria."""

    name: str | None = None
    frequency: JobAlertFrequency | None = None
    criteria: Asked | None = None
    besides: tuple[tuple[str, Any], ...] = ()


async def estimate_for(context: Context, manner: Manner[Row, Asked], criteria: Asked) -> Estimate:
    """Takes its time: once in an operation, and so often an hour. Raises LimitReached for that too."""
    context.only_once("ONE_ESTIMATE")
    async with context.database.begin() as session:
        await count(session, estimates(context.vault, context.account_id), context.now())
    return await manner.estimate(context, criteria)


async def create(context: Context, manner: Manner[Row, Asked], wanted: Wanted[Asked], request: Request) -> Row:
    """Keeps a new alert, which hears of what is announced from now on. Raises LimitReached for criteria that are too broad, and
    where the person keeps as many as may be."""
    assert wanted.criteria is not None
    _check(manner, wanted)
    async with context.database.read() as session:
        if (earlier := await _earlier(session, context, manner, request)) is not None:
            return earlier
    estimated = await estimate_for(context, manner, wanted.criteria)
    async with context.database.begin() as session:
        if (earlier := await _earlier(session, context, manner, request)) is not None:
            return earlier
        await _check_limit(session, context, manner)
        alert = manner.row(
            person_id=context.account_id,
            name=(wanted.name or "").strip(),
            status=JobAlertStatus.ON,
            frequency=wanted.frequency,
            created_at=context.now(),
        )
        _take(context, alert, wanted, estimated)
        session.add(alert)
        await _flush(session)
        _start(session, context, alert)
        session.add_all(anchors(alert.id, wanted.criteria))
        await remember(session, context, request, alert.id)
    return alert


async def _earlier(session: AsyncSession, context: Context, manner: Manner[Row, Asked], request: Request) -> Row | None:
    """The alert that the same request made when it came first. Raises Conflict when that has been deleted."""
    if (made := await once(session, context, request)) is None:
        return None
    if (alert := await session.get(manner.row, made)) is None:
        raise Conflict("DELETED_SINCE")
    return alert


def _check(manner: Manner[Row, Asked], wanted: Wanted[Asked]) -> None:
    checks = Checks()
    if wanted.name is not None:
        checks.line("name", wanted.name, LONGEST_NAME, required=True)
    checks.done()
    if wanted.criteria is not None:
        manner.check(wanted.criteria)


async def _check_limit(session: AsyncSession, context: Context, manner: Manner[Row, Asked]) -> None:
    await session.get(manner.of.listener, context.account_id, with_for_update=True)  # one at a time, so that the count holds
    kept = await session.scalar(select(func.count()).where(manner.row.person_id == context.account_id))
    if kept is not None and kept >= manner.most:
        raise LimitReached(manner.too_many, limit=manner.most, current=kept)


async def _flush(session: AsyncSession) -> None:
    try:
        await session.flush()
    except IntegrityError as error:
        raise Invalid([Problem(("name",), "NAME_TAKEN")]) from error


def _take(context: Context, alert: Alert, wanted: Wanted[Asked], estimated: Estimate) -> None:
    """It starts anew: what was published before does not come back."""
    assert wanted.criteria is not None
    alert.criteria = to_json(wanted.criteria)
    alert.estimate_days, alert.estimate_matches = estimated.days, estimated.matches
    alert.started_at = context.now()
    for column, value in wanted.besides:
        setattr(alert, column, value)


def _start(session: AsyncSession, context: Context, alert: Alert) -> None:
    emit(session, ALERT_STARTED, alert.id, context.now())


async def revise(
    context: Context, manner: Manner[Row, Asked], alert_id: UUID, wanted: Wanted[Asked], *, version: int | None
) -> Row:
    """Changes an alert. With new criteria it starts anew."""
    _check(manner, wanted)
    estimated = await estimate_for(context, manner, wanted.criteria) if wanted.criteria else None
    async with context.database.begin() as session:
        if wanted.frequency:
            await hold_listener(session, context.account_id)
        alert = await _own(session, context, manner, alert_id)
        require_version(alert.version, version)
        if wanted.criteria is not None and estimated is not None:
            _take(context, alert, wanted, estimated)
            _start(session, context, alert)
            await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == alert.id))
            session.add_all(anchors(alert.id, wanted.criteria))
        alert.name = alert.name if wanted.name is None else wanted.name.strip()
        moved = wanted.frequency not in (None, alert.frequency)
        alert.frequency = wanted.frequency or alert.frequency
        await _flush(session)
        if moved:
            await move(session, alert, context.now())
    return alert


async def pause(context: Context, manner: Manner[Row, Asked], alert_id: UUID, version: int | None) -> Row:
    """Stops an alert until it is resumed. Raises Conflict when it is paused."""
    async with context.database.begin() as session:
        alert = await _own(session, context, manner, alert_id)
        require_version(alert.version, version)
        if alert.status is JobAlertStatus.PAUSED:
            raise Conflict("ALREADY_PAUSED", (manner.type_name, alert.id))
        alert.status = JobAlertStatus.PAUSED
        await session.flush()
    return alert


async def resume(context: Context, manner: Manner[Row, Asked], alert_id: UUID, version: int | None) -> Row:
    """Starts a paused alert again, from now on. Raises Conflict when it is on."""
    async with context.database.begin() as session:
        alert = await _own(session, context, manner, alert_id)
        require_version(alert.version, version)
        if alert.status is JobAlertStatus.ON:
            raise Conflict("ALREADY_ON", (manner.type_name, alert.id))
        alert.status, alert.started_at = JobAlertStatus.ON, context.now()
        _start(session, context, alert)
        await session.flush()
    return alert


async def delete_alert(context: Context, manner: Manner[Row, Asked], alert_id: UUID) -> None:
    """Removes an alert for good. What it told stays in the ledger."""
    async with context.database.begin() as session:
        await session.delete(await _own(session, context, manner, alert_id))


async def _own(session: AsyncSession, context: Context, manner: Manner[Row, Asked], alert_id: UUID) -> Row:
    """The caller's alert, locked. A stranger's is as unknown as one that never was."""
    query = select(manner.row).where(manner.row.id == alert_id, manner.row.person_id == context.account_id)
    if (alert := await session.scalar(query.with_for_update())) is None:
        raise NotFound("NOT_FOUND")
    return alert


async def known(context: Context, manner: Manner[Row, Asked], alert_id: UUID) -> Row | None:
    async with context.database.read() as session:
        alert = await session.get(manner.row, alert_id)
    return alert if alert is not None and may_know(context.caller, manner.type_name, alert.person_id) else None


async def alerts_of(context: Context, manner: Manner[Row, Asked], person_id: UUID) -> list[Row]:
    """Oldest first."""
    found: list[Row] | None = await context.siblings.ask(_alerts_of, (manner, person_id))
    return found or []


async def _alerts_of(session: AsyncSession, asked: Sequence[tuple[Manner[Any, Any], UUID]]) -> dict[Any, list[Any]]:
    """People read their own alone, however often an operation names them."""
    found = {}
    for manner, person_id in asked:
        own = select(manner.row).where(manner.row.person_id == person_id)
        found[manner, person_id] = list(await session.scalars(own.order_by(manner.row.created_at, manner.row.id)))
    return found
