"""The offers of an employer that say nearly the same as one of them: a warning to its members and to agents, never a refusal."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.job_offer import JobOffer, JobOfferStatus
from models.language import LocalizedText
from models.likeness import NEARLY_THE_SAME, Gist, likeness
from models.posting_limits import USUAL
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, posted_offers

SHOWN = 10


@dataclass(frozen=True)
class _Compared:
    offer: JobOffer
    today: date


async def similar_to(context: Context, offer: JobOffer) -> list[PostedOffer]:
    """Open offers of the same employer that are nearly the same as that one, the most alike first: ten at most. Of its other
    offers the sketches alone are read, of the newest five hundred."""
    return await context.siblings.ask(_similar, _Compared(offer, context.today())) or []


async def _similar(session: AsyncSession, compared: Sequence[_Compared]) -> dict[_Compared, list[PostedOffer]]:
    """Two statements, of however many offers."""
    sketches = await _sketches(session, {each.offer.employer_id for each in compared}, compared[0].today)
    nearest = {each: await asyncio.to_thread(_nearest, each.offer, sketches[each.offer.employer_id]) for each in compared}
    wanted = {id_ for ids in nearest.values() for id_ in ids}
    posted = {each.offer.id: each for each in await posted_offers(session, wanted)} if wanted else {}
    return {each: [posted[id_] for id_ in ids if id_ in posted] for each, ids in nearest.items()}


async def _sketches(session: AsyncSession, employers: Collection[UUID], today: date) -> Mapping[UUID, dict[UUID, Gist]]:
    """Those of the newest open offers of each employer: of so many that each of those offers has five hundred others."""
    columns = (JobOffer.employer_id, JobOffer.id, JobOffer.sketch_fr, JobOffer.sketch_en, JobOffer.occupation, JobOffer.region)
    newest = JobOffer.published_at.desc()
    place = func.row_number().over(partition_by=JobOffer.employer_id, order_by=newest).label("place")
    open_ = (JobOffer.employer_id.in_(employers), JobOffer.status == JobOfferStatus.PUBLISHED, JobOffer.ends_on >= today)
    ranked = select(*columns, place).where(*open_).subquery()
    found: defaultdict[UUID, dict[UUID, Gist]] = defaultdict(dict)
    for employer, id_, fr, en, *where, _ in await session.execute(select(ranked).where(ranked.c.place <= USUAL.open + 1)):
        found[employer][id_] = Gist(LocalizedText(fr, en), *where)
    return found


def _nearest(offer: JobOffer, sketches: Mapping[UUID, Gist]) -> list[UUID]:
    ours = offer.gist
    alike = {id_: likeness(ours, gist) for id_, gist in sketches.items() if id_ != offer.id}
    near = (each for each in alike if alike[each] >= NEARLY_THE_SAME)
    return sorted(near, key=lambda each: (-alike[each], each))[:SHOWN]
