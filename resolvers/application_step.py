"""The steps of an application: what its candidate and its employer can do with it. Decides who may; which step may follow which
is in models.application_transition, what comes with one in models.application_step."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import Conflict, NotFound
from models.application import LONGEST_TEXT, Application, ApplicationStatus, DeclineReason
from models.application_end import WITH_THE_OFFER
from models.application_step import Step, take
from models.application_transition import LIVE, Side
from models.checks import Checks
from models.employer import Employer
from models.holding import hold_application
from models.job_offer import JobOffer
from resolvers.application_reading import Sent, read_application
from resolvers.context import Context
from resolvers.versions import require_version


@dataclass(frozen=True)
class Named:
    """The application that is meant, and the version that was read, if that matters."""

    id: UUID
    version: int | None = None


@dataclass(frozen=True)
class Declined:
    """Why, for the candidate to read: `message` in the employer's own words."""

    reason: DeclineReason
    message: str | None = None


async def withdraw(context: Context, named: Named, reason: str | None) -> Sent:
    """By its candidate, with what the employer is to read of it."""
    said = _checked("reason", reason)
    async with context.database.begin() as session:
        row = await _hold(session, Application.candidate_id == context.account_id, named)
        return await _taken(session, context, row, Step(ApplicationStatus.WITHDRAWN, Side.CANDIDATE, context.account_id, said))


async def review(context: Context, named: Named) -> Sent:
    return await _by_employer(context, named, ApplicationStatus.UNDER_REVIEW)


async def invite(context: Context, named: Named, message: str | None) -> Sent:
    """To an interview, with what the candidate is to read of it."""
    return await _by_employer(context, named, ApplicationStatus.INTERVIEW, _checked("message", message))


async def offer_position(context: Context, named: Named, message: str | None) -> Sent:
    """With what the candidate is to read of it."""
    return await _by_employer(context, named, ApplicationStatus.OFFERED, _checked("message", message))


async def hire(context: Context, named: Named) -> Sent:
    return await _by_employer(context, named, ApplicationStatus.HIRED)


async def decline(context: Context, named: Named, why: Declined) -> Sent:
    """The history keeps the reason by its code. Another reason than those that are named must be told in words."""
    said = _checked("message", why.message, required=why.reason is DeclineReason.OTHER)
    async with context.database.begin() as session:
        row = await _hold_own(session, context, named)
        step = Step(ApplicationStatus.DECLINED, Side.EMPLOYER, context.account_id, why.reason)
        return await _taken(session, context, row, step, Declined(why.reason, said))


async def _by_employer(context: Context, named: Named, target: ApplicationStatus, reason: str | None = None) -> Sent:
    async with context.database.begin() as session:
        row = await _hold_own(session, context, named)
        return await _taken(session, context, row, Step(target, Side.EMPLOYER, context.account_id, reason))


def _checked(path: str, said: str | None, *, required: bool = False) -> str | None:
    checks = Checks()
    checks.words(path, said, LONGEST_TEXT, required=required)
    checks.done()
    return (said or "").strip() or None


async def _hold_own(session: AsyncSession, context: Context, named: Named) -> Application:
    """One to the caller's employer, which is authenticated."""
    (await session.get_one(Employer, context.employer_id)).require_authenticated()
    return await _hold(session, Application.employer_id == context.employer_id, named)


async def _hold(session: AsyncSession, own: ColumnElement[bool], named: Named) -> Application:
    """With its file. A stranger's is as unknown as one that never was. Raises Conflict where the offer was closed or removed,
    which is about to end it, and for a version that has gone by."""
    mine = await session.scalar(select(Application.id).where(Application.id == named.id, own))
    if mine is None or (held := await hold_application(session, mine)) is None:
        raise NotFound("NOT_FOUND")
    row = held[1]
    require_version(row.version, named.version)
    offer = await session.scalar(select(JobOffer).where(JobOffer.id == row.job_offer_id).with_for_update(read=True))
    if row.status in LIVE and offer is not None and offer.status in WITH_THE_OFFER:
        raise Conflict("APPLICATION_OFFER_CLOSED")
    return row


async def _taken(session: AsyncSession, context: Context, row: Application, step: Step, declined: Declined | None = None) -> Sent:
    if declined:
        row.decline_reason, row.decline_message = declined.reason, declined.message
    await take(session, row, step, context.now())
    return await read_application(session, context, row.id)
