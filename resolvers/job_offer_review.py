"""What agents look at: open offers that were reported or are among the first of an employer, with who reported what."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from errors import Conflict, Invalid, NotFound, Problem
from models.candidate import Candidate
from models.document import Kind
from models.employer import Employer
from models.job_offer import JobOffer
from models.job_offer_report import JobOfferReport
from models.job_offer_review import JobOfferReview, hold_review
from resolvers.context import Context
from resolvers.job_offer import PostedOffer
from resolvers.pages import PageRequest, Slice, keyset_cursor, read_keyset_cursor
from resolvers.versions import require_version
from search.source import SOURCES

SHOWN = 20
"""Of the reports of one offer, the newest."""
OPEN = and_(JobOfferReport.job_offer_id == JobOfferReview.job_offer_id, JobOfferReport.cleared_at.is_(None))
COUNT = select(func.count()).select_from(JobOfferReport).where(OPEN).correlate(JobOfferReview).scalar_subquery()


@dataclass(frozen=True)
class ToldBy:
    """A report, with the name of the candidate who made it."""

    report: JobOfferReport
    name: str


@dataclass(frozen=True)
class ToReview:
    """An offer that waits; `reports` are the newest of the `count` that no agent has seen."""

    posted: PostedOffer
    review: JobOfferReview
    count: int
    reports: list[ToldBy] = field(default_factory=list)


async def to_review(context: Context, page: PageRequest) -> Slice[ToReview]:
    """The offer with the most reports first, of as many the one that has waited longest. Four statements, whatever is found."""
    page.check()
    waiting = _waiting(context)
    async with context.database.read() as session:
        total = await session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
        order = (COUNT.desc(), JobOfferReview.since, JobOfferReview.job_offer_id)
        rows = (await session.execute(waiting.where(*_beyond(page.after)).order_by(*order).limit(page.first + 1))).all()
        reports = await _reports(session, [row[0].job_offer_id for row in rows[: page.first]])
    items = [_item(row, reports) for row in rows[: page.first]]
    return Slice(items, has_next=len(rows) > page.first, has_previous=page.after is not None, total=total)


def _waiting(context: Context) -> Select[*tuple[Any, ...]]:
    """Those that everybody may see: what has ended, or whose employer was suspended, harms nobody."""
    return (
        select(JobOfferReview, JobOffer, Employer, COUNT.label("reports"))
        .join(JobOffer, JobOffer.id == JobOfferReview.job_offer_id)
        .join(Employer, Employer.id == JobOffer.employer_id)
        .where(JobOfferReview.waiting, SOURCES[Kind.JOB_OFFER].stands(context.today()))
    )


def _item(row: Any, reports: dict[UUID, list[ToldBy]]) -> tuple[str, ToReview]:
    review, offer, employer, count = row
    found = ToReview(PostedOffer(offer, employer), review, count, reports.get(offer.id, []))
    return f"{count}.{keyset_cursor(review.since, review.job_offer_id)}", found


def _beyond(after: str | None) -> list[ColumnElement[bool]]:
    """Raises Invalid for a cursor that no list gave."""
    if after is None:
        return []
    count, _, place = after.partition(".")
    if not (count.isascii() and count.isdigit() and len(count) < 10):
        raise Invalid([Problem(("after",), "INVALID_CURSOR")])
    at, key = read_keyset_cursor(place)
    later = or_(JobOfferReview.since > at, and_(JobOfferReview.since == at, JobOfferReview.job_offer_id > key))
    reports = COUNT
    return [or_(reports < int(count), and_(reports == int(count), later))]


async def _reports(session: AsyncSession, offers: Collection[UUID]) -> dict[UUID, list[ToldBy]]:
    """Of each offer the newest that no agent has seen."""
    place = func.row_number().over(
        partition_by=JobOfferReport.job_offer_id, order_by=(JobOfferReport.created_at.desc(), JobOfferReport.id)
    )
    unseen = (JobOfferReport.job_offer_id.in_(offers), JobOfferReport.cleared_at.is_(None))
    ranked = select(JobOfferReport.id, place.label("place")).where(*unseen).subquery()
    query = (
        select(JobOfferReport, Candidate.given_name, Candidate.family_name)
        .join(ranked, and_(ranked.c.id == JobOfferReport.id, ranked.c.place <= SHOWN))
        .join(Candidate, Candidate.id == JobOfferReport.candidate_id)
        .order_by(ranked.c.place)
    )
    found: defaultdict[UUID, list[ToldBy]] = defaultdict(list)
    for report, given, family in await session.execute(query):
        found[report.job_offer_id].append(ToldBy(report, f"{given} {family}"))
    return found


async def clear(context: Context, offer_id: UUID, version: int | None = None, reports: int | None = None) -> PostedOffer:
    """Takes an offer out of the queue as it is, until it is reported again or revised. Raises NotFound, and Conflict for one that
    does not wait, has changed since that version or has other than so many reports."""
    async with context.database.begin() as session:
        offer = await session.get(JobOffer, offer_id, with_for_update={"read": True})
        if offer is None:
            raise NotFound("NOT_FOUND")
        require_version(offer.version, version)
        await _clear(session, context, offer.id, reports)
        return PostedOffer(offer, await session.get_one(Employer, offer.employer_id))


async def _clear(session: AsyncSession, context: Context, offer_id: UUID, reports: int | None) -> None:
    review = await hold_review(session, offer_id) or JobOfferReview(waiting=False)
    review.clear(context.account_id, context.now())
    unseen = (JobOfferReport.job_offer_id == offer_id, JobOfferReport.cleared_at.is_(None))
    count = select(func.count()).select_from(JobOfferReport).where(*unseen)
    if reports is not None and reports != await session.scalar(count):
        raise Conflict("REPORTED_SINCE")
    await session.execute(update(JobOfferReport).where(*unseen).values(cleared_at=context.now()))
