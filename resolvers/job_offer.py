"""What can be done with job offers. Decides who may; leaves what an offer is to the model."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.permissions import may_read
from errors import NotFound
from models.application_end import OFFER_ENDED
from models.checks import Checks
from models.deadline import DeadlineKind, cancel
from models.document import Kind
from models.employer import Employer, EmployerMember
from models.job_offer import LONGEST_RUN, JobOffer, JobOfferEvent
from models.job_offer_draft import JobOfferDraft
from models.job_offer_review import review_again, review_first_offers
from models.lock import lock
from models.member_letter import MemberNews, tell_members
from models.outbox import emit
from models.public_number import normal_number
from resolvers import job_offer_writing as writing
from resolvers.context import Context
from resolvers.employer import check_reason
from resolvers.idempotency import Request, once, remember
from resolvers.job_offer_limits import require_room
from resolvers.pages import PageRequest, Slice
from resolvers.siblings import Belonging, PageOf, newest_of_each, page_of
from resolvers.versions import require_version
from search.source import SOURCES

SERVICE_NAME = "Placement en ligne / Online Placement"
"""Who did what no member of the employer did."""


@dataclass(frozen=True)
class PostedOffer:
    """An offer and the employer that posted it."""

    offer: JobOffer
    employer: Employer


async def create(context: Context, draft: JobOfferDraft, idempotency_key: str | None = None) -> PostedOffer:
    """Keeps a new draft of the caller's employer."""
    draft.check()
    request = Request("createJobOffer", idempotency_key, asdict(draft))
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _own(session, context, earlier)
        row = JobOffer(employer_id=context.employer_id, created_at=context.now())
        draft.write_to(row)
        session.add(row)
        await session.flush()
        await remember(session, context, request, row.id)
        writing.record(session, row, _author(context))
        return PostedOffer(row, await session.get_one(Employer, row.employer_id))


async def revise(context: Context, offer_id: UUID, changes: dict[str, Any], version: int | None) -> PostedOffer:
    """Changes the fields given, by their names in JobOfferDraft. A published offer changes in the search as well, and is
    announced to alerts again when what criteria read has changed; agents who have looked at it look again. One that has ended
    stays as it was."""
    async with context.database.begin() as session:
        posted = await _own(session, context, offer_id)
        require_version(posted.offer.version, version)
        before = JobOfferDraft.of(posted.offer)
        draft = replace(before, **changes)
        draft.check()
        writing.revise(session, posted.offer, draft, _author(context))
        if draft != before:
            await review_again(session, posted.offer.id, context.now())
        await session.flush()
    return posted


async def publish(context: Context, offer_id: UUID, version: int | None = None) -> PostedOffer:
    """Opens the offer to everybody for thirty days, and to the alerts that it matches. Raises LimitReached for an employer that
    has too many open, or has published too many within the hour."""
    async with context.database.begin() as session:
        await lock(session, f"publications of {context.employer_id}")  # one at a time, so that the counts hold
        posted = await _own(session, context, offer_id)
        require_version(posted.offer.version, version)
        author = _author(context)
        writing.publish(session, posted.offer, author)
        await session.flush()
        await require_room(session, context, posted.offer.employer_id)
        await review_first_offers(session, [posted.offer.employer_id], author.now)
    return posted


async def close(context: Context, offer_id: UUID, version: int | None = None) -> PostedOffer:
    """Takes the offer out of every search, for good."""
    async with context.database.begin() as session:
        posted = await _own(session, context, offer_id)
        require_version(posted.offer.version, version)
        posted.offer.close()
        await cancel(session, [posted.offer.id])
        writing.record(session, posted.offer, _author(context))
        emit(session, "job_offer.changed", posted.offer.id, context.now())
        emit(session, OFFER_ENDED, posted.offer.id, context.now())
        await session.flush()
    return posted


async def extend(context: Context, offer_id: UUID, days: int, version: int | None = None) -> PostedOffer:
    """Lets an open offer run so many days longer: 120 from its publication, at most."""
    checks = Checks()
    checks.number("days", days, 1, LONGEST_RUN)
    checks.done()
    async with context.database.begin() as session:
        posted = await _own(session, context, offer_id)
        require_version(posted.offer.version, version)
        posted.offer.extend(days, context.today())
        await cancel(session, [posted.offer.id], DeadlineKind.JOB_OFFER_EXPIRES)
        writing.plan_end(session, posted.offer)
        writing.record(session, posted.offer, _author(context), changed=["ends_on"])
        emit(session, "job_offer.changed", posted.offer.id, context.now())
        await session.flush()
    return posted


async def remove(context: Context, offer_id: UUID, reason: str, version: int | None = None) -> PostedOffer:
    """Takes an offer of any employer out of every search, for good, with a reason that its employer reads. By agents."""
    check_reason(reason)
    async with context.database.begin() as session:
        offer = await session.get(JobOffer, offer_id, with_for_update=True)
        if offer is None:
            raise NotFound("NOT_FOUND")
        require_version(offer.version, version)
        offer.remove(reason.strip())
        await cancel(session, [offer.id])
        writing.record(session, offer, _author(context), reason=offer.removal_reason)
        await tell_members(session, offer.employer_id, MemberNews.OFFER_REMOVED, offer.id, context.now())
        emit(session, "job_offer.changed", offer.id, context.now())
        emit(session, OFFER_ENDED, offer.id, context.now())
        await session.flush()
        return PostedOffer(offer, await session.get_one(Employer, offer.employer_id))


def _author(context: Context) -> writing.Author:
    return writing.Author(context.account_id, context.now())


async def _own(session: AsyncSession, context: Context, offer_id: UUID) -> PostedOffer:
    """An offer of the caller's employer, locked. A stranger's is as unknown as one that never was. The employer is read
    in the same transaction: an authentication that ended a moment ago has ended."""
    query = select(JobOffer).where(JobOffer.id == offer_id, JobOffer.employer_id == context.employer_id)
    if (row := await session.scalar(query.with_for_update())) is None:
        raise NotFound("NOT_FOUND")
    employer = await session.get_one(Employer, row.employer_id)
    employer.require_authenticated()
    return PostedOffer(row, employer)


async def known(context: Context, wanted: ColumnElement[bool]) -> PostedOffer | None:
    """The one offer that is wanted: to everybody while it is open, to its employer and to agents always."""
    async with context.database.read() as session:
        posted = next(iter(await _posted(session, wanted)), None)
    if posted is None or open_to_all(context, posted) or may_read(context.caller, "JobOffer", "history", posted.employer.id):
        return posted
    return None


async def by_id(context: Context, offer_id: UUID) -> PostedOffer | None:
    return await known(context, JobOffer.id == offer_id)


async def by_number(context: Context, number: str) -> PostedOffer | None:
    """By the public number as people type it."""
    return await known(context, JobOffer.number == normal_number(number[:40]))


async def open_offers(context: Context, ids: Sequence[UUID]) -> dict[UUID, PostedOffer]:
    """Those of the offers that everybody may see now, by id. The index may lag; the rows decide."""
    async with context.database.read() as session:
        return await open_among(session, context, ids)


async def open_among(session: AsyncSession, context: Context, ids: Sequence[UUID]) -> dict[UUID, PostedOffer]:
    """The same in a transaction that goes on."""
    posted = await posted_offers(session, ids)
    return {each.offer.id: each for each in posted if open_to_all(context, each)}


async def posted_offers(session: AsyncSession, ids: Collection[UUID]) -> list[PostedOffer]:
    """With their employers, whoever may see them."""
    return await _posted(session, JobOffer.id.in_(ids))


async def _posted(session: AsyncSession, wanted: ColumnElement[bool]) -> list[PostedOffer]:
    return [PostedOffer(*row) for row in (await session.execute(_with_employer().where(wanted)))]


def _with_employer() -> Select[JobOffer, Employer]:
    return select(JobOffer, Employer).join(Employer, Employer.id == JobOffer.employer_id)


async def offers_of(context: Context, employer_id: UUID, page: PageRequest) -> Slice[PostedOffer]:
    """The offers of an employer, newest first: all of them to its members and to agents, to others the open ones."""
    return await page_of(context, _offers_of, employer_id, page)


async def _offers_of(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[PostedOffer]]:
    context = asked[0].context
    whole = [each.owner for each in asked if may_read(context.caller, "JobOffer", "history", each.owner)]
    shown = or_(JobOffer.employer_id.in_(whole), SOURCES[Kind.JOB_OFFER].stands(context.today()))
    belonging = Belonging(JobOffer.employer_id, JobOffer.created_at, JobOffer.id)
    found = await newest_of_each(session, _with_employer().where(shown), belonging, asked)
    return {each: page.each(lambda row: PostedOffer(*row)) for each, page in found.items()}


def open_to_all(context: Context, posted: PostedOffer) -> bool:
    """Whether everybody may see it now."""
    return posted.employer.authenticated and posted.offer.open_on(context.today())


@dataclass(frozen=True)
class Step:
    """A step in the history of an offer, and the name of whoever did it."""

    event: JobOfferEvent
    by: str


async def history_of(context: Context, offer_id: UUID) -> list[Step]:
    """Oldest first. Agents and the service itself are not named."""
    return await context.siblings.ask(_histories, offer_id) or []


async def _histories(session: AsyncSession, offers: Sequence[UUID]) -> Mapping[UUID, list[Step]]:
    query = (
        select(JobOfferEvent, EmployerMember.name)
        .outerjoin(EmployerMember, EmployerMember.id == JobOfferEvent.by)
        .where(JobOfferEvent.job_offer_id.in_(offers))
        .order_by(JobOfferEvent.id)
    )
    found: defaultdict[UUID, list[Step]] = defaultdict(list)
    for event, name in await session.execute(query):
        found[event.job_offer_id].append(Step(event, name or SERVICE_NAME))
    return found
