"""Applications as their candidate, and as an authenticated employer to which they were sent, may read them. To everybody else
they do not exist. However many there are, their history is read at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from auth.permissions import may_know
from errors import NotFound
from models.account import Account
from models.application import Application, ApplicationEvent, ApplicationStatus
from models.application_end import WITH_THE_OFFER
from models.application_transition import Side, allowed
from models.candidate import STANDING, Candidate
from models.employer import Employer, EmployerMember, EmployerStatus
from models.job_offer import JobOffer
from models.snapshot import Snapshot, read_snapshot
from resolvers.context import Context
from resolvers.job_offer import PostedOffer
from resolvers.pages import PageRequest, Slice
from resolvers.person import COLUMNS, Person
from resolvers.siblings import Belonging, PageOf, newest_of_each, page_of

HIRED = aliased(Application)
FILLED = (
    select(func.count() >= JobOffer.openings)
    .where(HIRED.job_offer_id == JobOffer.id, HIRED.status == ApplicationStatus.HIRED)
    .correlate(JobOffer)
    .scalar_subquery()
)


@dataclass(frozen=True)
class Taken:
    """A step in the history, and who took it: the member's name is there where that was an employer."""

    event: ApplicationEvent
    side: Side
    member: str | None


@dataclass(frozen=True)
class Sent:
    """An application as one of its two sides reads it: `owner` is that side, `reader` what it is. Who the candidate is, and the
    letter, which may say so, an employer reads while the application stands and the file does."""

    application: Application
    posted: PostedOffer
    reader: Side
    owner: UUID
    person: Person | None
    openings_filled: bool
    history: Sequence[Taken]

    @property
    def snapshot(self) -> Snapshot:
        """Without its texts for whoever may know no more who the person is, unless they are known to tell nothing of that."""
        kept = read_snapshot(self.application.snapshot)
        return kept if self.person or kept.anonymous else kept.without_texts()

    @property
    def cover_letter(self) -> str | None:
        return self.application.cover_letter if self.person else None

    @property
    def allowed(self) -> list[ApplicationStatus]:
        """What the reader can make of it: nothing where it is about to be closed with its offer."""
        closing = self.posted.offer.status in WITH_THE_OFFER
        return [] if closing else allowed(self.application.status, self.reader)


async def known(context: Context, application_id: UUID) -> Sent | None:
    """An application, to its candidate and to the members of its employer while that is authenticated; None for others."""
    async with context.database.read() as session:
        return await _find(session, context, application_id)


async def read_application(session: AsyncSession, context: Context, application_id: UUID) -> Sent:
    """The same in a transaction that goes on. Raises NotFound."""
    if (found := await _find(session, context, application_id)) is None:
        raise NotFound("NOT_FOUND")
    return found


async def _find(session: AsyncSession, context: Context, application_id: UUID) -> Sent | None:
    query = _applications().where(Application.id == application_id, readable(context))
    rows = (await session.execute(query)).all()
    (found,) = await _with_history(session, context, rows) or (None,)
    return found if found and may_know(context.caller, "Application", found.owner) else None


def readable(context: Context) -> ColumnElement[bool]:
    """Of an application with its employer: that the caller is one of its two sides."""
    employer_id = context.caller.employer_id if context.caller else None
    to_employer = and_(Application.employer_id == employer_id, Employer.status == EmployerStatus.AUTHENTICATED)
    return or_(Application.candidate_id == (context.caller.account_id if context.caller else None), to_employer)


async def of_candidate(context: Context, candidate_id: UUID, page: PageRequest) -> Slice[Sent]:
    """What a candidate has sent, newest first."""
    return await page_of(context, _of_candidates, candidate_id, page)


async def to_offer(context: Context, offer_id: UUID, page: PageRequest) -> Slice[Sent]:
    """What was sent about an offer, newest first."""
    return await page_of(context, _to_offers, offer_id, page)


async def _of_candidates(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[Sent]]:
    return await _listed(session, Application.candidate_id, asked)


async def _to_offers(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[Sent]]:
    return await _listed(session, Application.job_offer_id, asked)


async def _listed(session: AsyncSession, of: InstrumentedAttribute[UUID], asked: Sequence[PageOf]) -> dict[PageOf, Slice[Sent]]:
    """Three statements, of however many candidates or offers."""
    context = asked[0].context
    query = _applications().where(readable(context))
    found = await newest_of_each(session, query, Belonging(of, Application.submitted_at, Application.id), asked)
    rows = [row for page in found.values() for _, row in page.items]
    made = {each.application.id: each for each in await _with_history(session, context, rows)}
    return {each: page.each(lambda row: made[row[0].id]) for each, page in found.items()}


def _applications() -> Select[*tuple[Any, ...]]:
    """One statement for however many: with the offer, and with the person."""
    return (
        select(Application, JobOffer, Employer, FILLED, Candidate.registration_status, *COLUMNS)
        .join(JobOffer, JobOffer.id == Application.job_offer_id)
        .join(Employer, Employer.id == Application.employer_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Account, Account.id == Candidate.id)
    )


async def _with_history(session: AsyncSession, context: Context, rows: Sequence[Any]) -> list[Sent]:
    histories = await _histories(session, {row[0].id: row[0].candidate_id for row in rows})
    return [_sent(context, row, histories[row[0].id]) for row in rows]


async def _histories(session: AsyncSession, candidates: Mapping[UUID, UUID]) -> Mapping[UUID, Sequence[Taken]]:
    """The steps of each of the applications, oldest first."""
    found: dict[UUID, list[Taken]] = defaultdict(list)
    for event, member in await _events(session, candidates.keys()) if candidates else ():
        by_candidate = event.by == candidates[event.application_id]
        side = Side.SERVICE if event.by is None else Side.CANDIDATE if by_candidate else Side.EMPLOYER
        found[event.application_id].append(Taken(event, side, member))
    return found


async def _events(session: AsyncSession, applications: Collection[UUID]) -> Sequence[Any]:
    query = (
        select(ApplicationEvent, EmployerMember.name)
        .outerjoin(EmployerMember, EmployerMember.id == ApplicationEvent.by)
        .where(ApplicationEvent.application_id.in_(applications))
        .order_by(ApplicationEvent.id)
    )
    return (await session.execute(query)).all()


def _sent(context: Context, row: Any, history: Sequence[Taken]) -> Sent:
    application, offer, employer, filled, registration, *person = row
    to_employer = context.caller is None or context.caller.account_id != application.candidate_id
    shown = not to_employer or (application.standing and registration in STANDING)
    return Sent(
        application=application,
        posted=PostedOffer(offer, employer),
        reader=Side.EMPLOYER if to_employer else Side.CANDIDATE,
        owner=application.employer_id if to_employer else application.candidate_id,
        person=Person(*person) if shown else None,
        openings_filled=bool(filled),
        history=history,
    )
