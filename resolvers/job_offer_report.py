"""What candidates can do about an offer that they think wrong: report it, for agents to look at."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import Conflict, LimitReached, NotAllowed, NotFound
from models.calendar import end_of_day
from models.checks import Checks, is_said
from models.holding import hold_candidate
from models.job_offer_report import A_DAY, LONGEST_COMMENT, JobOfferReport, JobOfferReportReason
from models.job_offer_review import ask_for_review
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember
from resolvers.job_offer import PostedOffer, open_to_all, posted_offers


@dataclass(frozen=True)
class Wrong:
    """What somebody says is wrong with an offer."""

    job_offer_id: UUID
    reason: JobOfferReportReason
    comment: str | None = None

    def check(self) -> None:
        """Raises Invalid. Another reason than those that are named must be told in words."""
        checks = Checks()
        checks.words("comment", self.comment, LONGEST_COMMENT, required=self.reason is JobOfferReportReason.OTHER)
        checks.done()


@dataclass(frozen=True)
class Reported:
    report: JobOfferReport
    posted: PostedOffer


async def report(context: Context, wrong: Wrong, idempotency_key: str | None = None) -> Reported:
    """Tells agents of an offer. Raises NotEligible for a file that does not stand, of which anybody could open many, NotFound for
    an offer that the caller may not see, Conflict for a second report of it, LimitReached for the twenty-first of a day in
    Québec."""
    wrong.check()
    request = Request("reportJobOffer", idempotency_key, asdict(wrong))
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, earlier)
        candidate = await hold_candidate(session, context.account_id)  # one report at a time, so that the count holds
        if candidate is None:
            raise NotAllowed("SESSION_ENDED")
        candidate.require_standing()
        posted = await _visible(session, context, wrong.job_offer_id)
        await _require_first(session, context, wrong.job_offer_id)
        await _require_room(session, context)
        row = _row(context, wrong)
        session.add(row)
        await session.flush()
        await ask_for_review(session, wrong.job_offer_id, context.now())
        await remember(session, context, request, row.id)
    return Reported(row, posted)


async def _earlier(session: AsyncSession, made: UUID) -> Reported:
    row = await session.get(JobOfferReport, made)
    if row is None:
        raise Conflict("DELETED_SINCE")
    (posted,) = await posted_offers(session, [row.job_offer_id])
    return Reported(row, posted)


async def _visible(session: AsyncSession, context: Context, offer_id: UUID) -> PostedOffer:
    """One that everybody may see now. Another is as unknown as one that never was."""
    posted = next(iter(await posted_offers(session, [offer_id])), None)
    if posted is None or not open_to_all(context, posted):
        raise NotFound("NOT_FOUND")
    return posted


async def _require_first(session: AsyncSession, context: Context, offer_id: UUID) -> None:
    own = (JobOfferReport.job_offer_id == offer_id, JobOfferReport.candidate_id == context.account_id)
    if await session.scalar(select(JobOfferReport.id).where(*own)) is not None:
        raise Conflict("ALREADY_REPORTED", existing=("JobOffer", offer_id))


async def _require_room(session: AsyncSession, context: Context) -> None:
    """On each day in Québec."""
    since, ends = (end_of_day(context.today() - timedelta(days=days)) for days in (1, 0))
    of_today = (JobOfferReport.candidate_id == context.account_id, JobOfferReport.created_at >= since)
    sent = await session.scalar(select(func.count()).select_from(JobOfferReport).where(*of_today)) or 0
    if sent >= A_DAY:
        raise LimitReached("TOO_MANY_REPORTS", A_DAY, sent, int((ends - context.now()).total_seconds()) + 1)


def _row(context: Context, wrong: Wrong) -> JobOfferReport:
    return JobOfferReport(
        job_offer_id=wrong.job_offer_id,
        candidate_id=context.account_id,
        reason=wrong.reason,
        comment=wrong.comment.strip() if wrong.comment and is_said(wrong.comment) else None,
        created_at=context.now(),
    )
