"""Contact requests in the API: to the candidate who is asked and to the employer that asks, with the acts of both."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from models import contact_request as models
from models.language import Language
from resolvers import contact_reading as reading
from resolvers import contact_request as resolvers
from resolvers.pages import Slice
from schema.connections import PageInfo, page_info
from schema.employer import Employer
from schema.fields import Info, doc, guarded, mutation
from schema.job_offer import JobOffer
from schema.node import Node, global_id, key_of, loads
from schema.person import Person
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound
from schema.scalars import Cursor

strawberry.enum(models.ContactRequestStatus, description="Where a contact request stands.")


@strawberry.type(description="An employer asks a candidate to be in touch about an offer. To the two of them.")
class ContactRequest(Node):
    owner: strawberry.Private[UUID]
    found: strawberry.Private[reading.Contact]
    status: models.ContactRequestStatus = doc(
        "CANCELLED also when it was not answered for 30 days, and when what was agreed has ended."
    )
    employer: Employer = doc("Who asks.")
    job_offer: JobOffer = doc("About which offer.")
    candidacy_number: str = doc("Whose candidate is asked.")
    message: str = doc("What the employer writes.")
    reply: str | None = doc("What the candidate answers. To the employer while the answer stands.")
    created_at: datetime = doc("When it was asked.")
    answered_at: datetime | None = doc("When it was accepted or declined.")

    @guarded("ContactRequest")
    def person(self, info: Info) -> Person | None:
        """Who the candidate is. To the employer while it is authenticated, once accepted, for as long as the candidate agrees and
        the candidate's file is active."""
        return Person.of(self.found.person) if self.found.person else None

    @classmethod
    def of(cls, found: reading.Contact, language: Language) -> Self:
        row = found.request
        return cls(
            id=global_id("ContactRequest", row.id),
            owner=found.owner,
            found=found,
            status=found.status,
            employer=Employer.of(found.posted.employer, language),
            job_offer=JobOffer.of(found.posted, language),
            candidacy_number=found.candidacy_number,
            message=row.message,
            reply=found.reply,
            created_at=row.created_at,
            answered_at=row.answered_at,
        )


@loads("ContactRequest")
async def load_contact_request(info: Info, key: UUID) -> ContactRequest | None:
    found = await reading.known(info.context, key)
    return ContactRequest.of(found, info.context.language) if found else None


@strawberry.type(description="A contact request in a list.")
class ContactRequestEdge:
    cursor: Cursor = doc("Its place in the list.")
    node: ContactRequest = doc("The request.")


@strawberry.type(description="A page of contact requests, newest first.")
class ContactRequestConnection:
    edges: list[ContactRequestEdge] = doc("The requests.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are in all.")

    @classmethod
    def of(cls, found: Slice[reading.Contact], language: Language) -> Self:
        return cls(
            edges=[ContactRequestEdge(cursor=Cursor(at), node=ContactRequest.of(each, language)) for at, each in found.items],
            page_info=page_info([at for at, _ in found.items], found.has_next, found.has_previous),
            total_count=found.total,
        )


@strawberry.input(description="Whom to ask, about which offer, and what to write.")
class RequestContactInput:
    candidacy_number: str = doc("As typed: case, spaces and hyphens do not matter.")
    job_offer_id: strawberry.ID = doc("Of an open offer of the caller's employer.")
    message: str = doc("At most 2,000 characters.")
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same request.")


@strawberry.input(description="The request to cancel.")
class CancelContactRequestInput:
    id: strawberry.ID = doc("Of the request.")


@strawberry.input(description="The request to accept.")
class AcceptContactInput:
    id: strawberry.ID = doc("Of the request.")
    reply: str | None = strawberry.field(default=None, description="For the employer to read, at most 2,000 characters.")


@strawberry.input(description="The request to decline.")
class DeclineContactInput:
    id: strawberry.ID = doc("Of the request.")
    reply: str | None = strawberry.field(default=None, description="For the employer to read, at most 2,000 characters.")


@strawberry.input(description="The request that was accepted and is to be no longer.")
class WithdrawContactInput:
    id: strawberry.ID = doc("Of the request.")


RequestContactResult = Annotated[
    ContactRequest | InvalidInput | NotEligible | NotFound | Conflict | LimitReached,
    strawberry.union("RequestContactResult", description="The request, or why there is none."),
]
CancelContactRequestResult = Annotated[
    ContactRequest | NotEligible | NotFound | Conflict,
    strawberry.union("CancelContactRequestResult", description="The cancelled request, or why it was not cancelled."),
]
AcceptContactResult = Annotated[
    ContactRequest | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("AcceptContactResult", description="The accepted request, or why it was not accepted."),
]
DeclineContactResult = Annotated[
    ContactRequest | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("DeclineContactResult", description="The declined request, or why it was not declined."),
]
WithdrawContactResult = Annotated[
    ContactRequest | NotEligible | NotFound | Conflict,
    strawberry.union("WithdrawContactResult", description="The request whose contact has ended, or why it has not."),
]


@strawberry.type
class ContactRequestMutation:
    @mutation
    async def request_contact(self, info: Info, input: RequestContactInput) -> RequestContactResult:
        """Asks a candidate to be in touch about an open offer: once for each candidacy and offer, a hundred times a day. The
        candidate is told by e-mail, and has 30 days to answer."""
        asked = resolvers.Asked(input.candidacy_number, key_of(input.job_offer_id, "JobOffer"), input.message)
        found = await resolvers.request(info.context, asked, input.idempotency_key)
        return ContactRequest.of(found, info.context.language)

    @mutation
    async def cancel_contact_request(self, info: Info, input: CancelContactRequestInput) -> CancelContactRequestResult:
        """Takes back a request that was not answered. By a member of the employer that sent it."""
        found = await resolvers.cancel(info.context, key_of(input.id, "ContactRequest"))
        return ContactRequest.of(found, info.context.language)

    @mutation
    async def accept_contact(self, info: Info, input: AcceptContactInput) -> AcceptContactResult:
        """Shows the candidate's name, e-mail address and telephone number to the employer that asks, and to no other, for as long
        as the candidate's file is active and `withdrawContact` is not used."""
        found = await resolvers.accept(info.context, key_of(input.id, "ContactRequest"), input.reply)
        return ContactRequest.of(found, info.context.language)

    @mutation
    async def decline_contact(self, info: Info, input: DeclineContactInput) -> DeclineContactResult:
        """Declines a request. The employer learns nothing but the reply."""
        found = await resolvers.decline(info.context, key_of(input.id, "ContactRequest"), input.reply)
        return ContactRequest.of(found, info.context.language)

    @mutation
    async def withdraw_contact(self, info: Info, input: WithdrawContactInput) -> WithdrawContactResult:
        """Ends a contact that the candidate had accepted: at once the employer sees no more who the candidate is. What it has
        read before cannot be taken back."""
        found = await resolvers.withdraw_consent(info.context, key_of(input.id, "ContactRequest"))
        return ContactRequest.of(found, info.context.language)
