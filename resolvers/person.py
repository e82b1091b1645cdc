"""Who a candidate is, for an employer with whom the candidate has agreed to be in touch: for as long as that stands, and the
file and the employer do. Read anew each time, so that what has ended has ended at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.candidate import STANDING, Candidate
from models.contact_request import ContactRequest, ContactRequestStatus
from models.employer import Employer, EmployerStatus
from resolvers.context import Context


@dataclass(frozen=True)
class Person:
    """With the contact data as they are now."""

    given_name: str
    family_name: str
    email: str
    telephone: str | None


COLUMNS = (Candidate.given_name, Candidate.family_name, Account.email, Candidate.telephone)


def agreed() -> ColumnElement[bool]:
    """Whether a contact request lets its employer see the candidate of a query."""
    return and_(
        Candidate.id == ContactRequest.candidate_id,
        ContactRequest.status == ContactRequestStatus.ACCEPTED,
        Candidate.registration_status.in_(STANDING),
        Employer.status == EmployerStatus.AUTHENTICATED,
    )


async def persons_of(session: AsyncSession, context: Context, candidacy_ids: Sequence[UUID]) -> dict[UUID, Person]:
    """Of those of the candidacies whose candidates have agreed to be in touch with the caller's employer about them."""
    query = (
        select(ContactRequest.candidacy_id, *COLUMNS)
        .join(Employer, Employer.id == ContactRequest.employer_id)
        .join(Candidate, agreed())
        .join(Account, Account.id == Candidate.id)
        .where(ContactRequest.candidacy_id.in_(candidacy_ids), Employer.id == context.employer_id)
    )
    return {row[0]: Person(*row[1:]) for row in await session.execute(query)}
