"""The newest offers of a region, an occupation or both, that everybody may see: read from the rows, in one statement."""

from sqlalchemy import Select, select

from models.document import Kind
from models.employer import Employer
from models.job_offer import JobOffer
from resolvers.context import Context
from resolvers.job_offer import PostedOffer
from search.source import SOURCES

NEWEST = 50


async def newest_offers(context: Context, region: str | None, occupation: str | None) -> list[PostedOffer]:
    """Fifty at most, the last published first."""
    async with context.database.read() as session:
        return [PostedOffer(*row) for row in await session.execute(_query(context, region, occupation))]


def _query(context: Context, region: str | None, occupation: str | None) -> Select[JobOffer, Employer]:
    query = select(JobOffer, Employer).join(Employer, Employer.id == JobOffer.employer_id)
    query = query.where(SOURCES[Kind.JOB_OFFER].standing(context.today()))
    if region is not None:
        query = query.where(JobOffer.region == region)
    if occupation is not None:
        query = query.where(JobOffer.occupation == occupation)
    return query.order_by(JobOffer.published_at.desc(), JobOffer.id).limit(NEWEST)
