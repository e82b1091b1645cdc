"""What suits what: the match of an offer and a candidacy, and the best of those that have something in common.

To whoever owns the one side, of what it may see of the other. The match is that of the rows, whatever the index holds."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import NotFound
from models.candidacy import Candidacy
from models.job_offer import JobOffer
from models.match import Match, match
from resolvers.candidacy import PublishedProfile, published
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, open_offers
from resolvers.pages import PageRequest
from resolvers.search_answer import Found, found_in
from resolvers.visibility import of_candidacies, of_job_offers
from search import candidacy as candidacy_search
from search import job_offer as job_offer_search


async def own_offer(context: Context, offer_id: UUID) -> JobOffer:
    """An offer of the caller's employer, in any state. Raises NotFound for a stranger's, as for one that never was."""
    async with context.database.read() as session:
        row = await session.get(JobOffer, offer_id)
    if row is None or context.caller is None or row.employer_id != context.caller.employer_id:
        raise NotFound("NOT_FOUND")
    return row


async def own_candidacy(context: Context, candidacy_id: UUID) -> Candidacy:
    """A candidacy of the caller, in any state. Raises NotFound for a stranger's, as for one that never was."""
    if (row := await _own(context, candidacy_id)) is None:
        raise NotFound("NOT_FOUND")
    return row


async def with_candidacy(context: Context, offer: JobOffer, candidacy_id: UUID) -> Match | None:
    """The match with a candidacy of the caller; None for any other."""
    row = await _own(context, candidacy_id)
    return match(offer, row) if row else None


async def _own(context: Context, candidacy_id: UUID) -> Candidacy | None:
    row = await context.siblings.ask(_candidacies, candidacy_id)
    return row if row is not None and context.caller is not None and row.candidate_id == context.caller.account_id else None


async def _candidacies(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Candidacy]:
    return {row.id: row for row in await session.scalars(select(Candidacy).where(Candidacy.id.in_(ids)))}


async def recommended_candidacies(context: Context, offer: JobOffer, page: PageRequest) -> list[Found[PublishedProfile]]:
    """The first page of those that share the offer's group of occupations or a skill, the best match first."""
    page.check()
    found = await candidacy_search.recommend(context.engine, offer, await of_candidacies(context), page.first)
    profiles = await published(context, [hit.id for hit in found.hits])
    return found_in(found, profiles, {key: match(offer, each.candidacy) for key, each in profiles.items()})


async def recommended_offers(context: Context, candidacy: Candidacy, page: PageRequest) -> list[Found[PostedOffer]]:
    """The first page of those that share a group of occupations or a skill with it, the best match first."""
    page.check()
    found = await job_offer_search.recommend(context.engine, candidacy, await of_job_offers(context), page.first)
    offers = await open_offers(context, [hit.id for hit in found.hits])
    return found_in(found, offers, {key: match(each.offer, candidacy) for key, each in offers.items()})
