"""Whether an employer that has just published an offer was still allowed to. Asked in the transaction that publishes it, under a
lock of the employer's, so that the counts hold."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import LimitReached
from models.job_offer import JobOffer, JobOfferStatus
from models.posting_limits import AN_HOUR
from resolvers.context import Context


async def require_room(session: AsyncSession, context: Context, employer_id: UUID) -> None:
    """Raises LimitReached when the offer published last is one too many, and so undoes it."""
    await _require_few_open(session, context, employer_id)
    await _require_slow(session, context, employer_id)


async def _require_few_open(session: AsyncSession, context: Context, employer_id: UUID) -> None:
    theirs = (JobOffer.employer_id == employer_id, JobOffer.status == JobOfferStatus.PUBLISHED)
    query = select(func.count()).select_from(JobOffer).where(*theirs, JobOffer.ends_on >= context.today())
    others = (await session.scalar(query) or 0) - 1
    if others >= context.posting.open:
        raise LimitReached("TOO_MANY_OPEN_OFFERS", context.posting.open, others)


async def _require_slow(session: AsyncSession, context: Context, employer_id: UUID) -> None:
    """As many before this one as an hour may have, and one of them must be over an hour old."""
    most = context.posting.published
    earlier = select(JobOffer.published_at).where(JobOffer.employer_id == employer_id, JobOffer.published_at.is_not(None))
    last = await session.scalar(earlier.order_by(JobOffer.published_at.desc()).offset(most).limit(1))
    if last is not None and last + AN_HOUR > context.now():
        wait = int((last + AN_HOUR - context.now()).total_seconds()) + 1
        raise LimitReached("TOO_MANY_PUBLICATIONS", most, most, wait)
