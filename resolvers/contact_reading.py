"""Contact requests as their candidate, and as their employer, may read them. To everybody else they do not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from auth.permissions import may_know
from errors import NotFound
from models.account import Account
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.contact_request import ContactRequest, ContactRequestStatus
from models.employer import Employer
from models.job_offer import JobOffer
from resolvers.context import Context
from resolvers.job_offer import PostedOffer
from resolvers.pages import PageRequest, Slice
from resolvers.person import COLUMNS, Person, agreed
from resolvers.siblings import Belonging, PageOf, newest_of_each, page_of


@dataclass(frozen=True)
class Contact:
    """A request as one of its two sides may read it: `owner` is that side. An employer reads the reply while what was answered
    stands, and who the candidate is while that is agreed."""

    request: ContactRequest
    posted: PostedOffer
    candidacy_number: str
    owner: UUID
    status: ContactRequestStatus
    reply: str | None
    person: Person | None


async def known(context: Context, request_id: UUID) -> Contact | None:
    """A request, to its candidate and to the members of its employer; None for everybody else."""
    async with context.database.read() as session:
        return await _find(session, context, request_id)


async def read_contact(session: AsyncSession, context: Context, request_id: UUID) -> Contact:
    """The same in a transaction that goes on. Raises NotFound."""
    if (found := await _find(session, context, request_id)) is None:
        raise NotFound("NOT_FOUND")
    return found


async def _find(session: AsyncSession, context: Context, request_id: UUID) -> Contact | None:
    row = (await session.execute(_contacts().where(ContactRequest.id == request_id))).one_or_none()
    found = _contact(context, row) if row else None
    return found if found and may_know(context.caller, "ContactRequest", found.owner) else None


async def received(context: Context, candidate_id: UUID, page: PageRequest) -> Slice[Contact]:
    """What a candidate was asked, newest first."""
    return await page_of(context, _received, candidate_id, page)


async def sent(context: Context, employer_id: UUID, page: PageRequest) -> Slice[Contact]:
    """What an employer has asked, newest first."""
    return await page_of(context, _sent, employer_id, page)


async def _received(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[Contact]]:
    return await _listed(session, ContactRequest.candidate_id, asked)


async def _sent(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[Contact]]:
    return await _listed(session, ContactRequest.employer_id, asked)


async def _listed(
    session: AsyncSession, of: InstrumentedAttribute[UUID], asked: Sequence[PageOf]
) -> dict[PageOf, Slice[Contact]]:
    belonging = Belonging(of, ContactRequest.created_at, ContactRequest.id)
    found = await newest_of_each(session, _contacts(), belonging, asked)
    return {each: page.each(partial(_contact, each.context)) for each, page in found.items()}


def _contacts() -> Select[*tuple[Any, ...]]:
    """One statement for however many: with the offer, and with the person where that is agreed."""
    return (
        select(ContactRequest, JobOffer, Employer, Candidacy.number, *COLUMNS)
        .join(JobOffer, JobOffer.id == ContactRequest.job_offer_id)
        .join(Employer, Employer.id == ContactRequest.employer_id)
        .join(Candidacy, Candidacy.id == ContactRequest.candidacy_id)
        .outerjoin(Candidate, agreed())
        .outerjoin(Account, Account.id == Candidate.id)
    )


def _is_told(status: ContactRequestStatus, employer: Employer) -> bool:
    """Whether the employer may read what was answered: a reply may say who somebody is."""
    return status is not ContactRequestStatus.CANCELLED and employer.authenticated


def _contact(context: Context, row: Any) -> Contact:
    request, offer, employer, number, *person = row
    to_employer = context.caller is None or context.caller.account_id != request.candidate_id
    status = request.status_at(context.now())
    return Contact(
        request=request,
        posted=PostedOffer(offer, employer),
        candidacy_number=number,
        owner=request.employer_id if to_employer else request.candidate_id,
        status=status,
        reply=None if to_employer and not _is_told(status, employer) else request.reply,
        person=Person(*person) if to_employer and person[0] is not None else None,
    )
