"""The offers of an employer that say nearly the same as one of them: a warning to its members and to agents, never a refusal."""

from sqlalchemy import select

from models.job_offer import JobOffer, JobOfferStatus
from models.language import LocalizedText
from models.likeness import NEARLY_THE_SAME, Gist, likeness
from models.posting_limits import USUAL
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, posted_offers

SHOWN = 10


async def similar_to(context: Context, offer: JobOffer) -> list[PostedOffer]:
    """Open offers of the same employer that are nearly the same as that one, the most alike first: ten at most. Of its other
    offers the sketches alone are read, of the newest five hundred."""
    ours = offer.gist
    columns = (JobOffer.id, JobOffer.sketch_fr, JobOffer.sketch_en, JobOffer.occupation, JobOffer.region)
    theirs = (JobOffer.employer_id == offer.employer_id, JobOffer.status == JobOfferStatus.PUBLISHED)
    query = select(*columns).where(*theirs, JobOffer.ends_on >= context.today(), JobOffer.id != offer.id)
    async with context.database.read() as session:
        rows = (await session.execute(query.order_by(JobOffer.published_at.desc()).limit(USUAL.open))).all()
        alike = {id_: likeness(ours, Gist(LocalizedText(fr, en), *place)) for id_, fr, en, *place in rows}
        nearest = sorted((each for each in alike if alike[each] >= NEARLY_THE_SAME), key=lambda each: (-alike[each], each))
        posted = {each.offer.id: each for each in await posted_offers(session, nearest[:SHOWN])} if nearest else {}
    return [posted[each] for each in nearest if each in posted]
