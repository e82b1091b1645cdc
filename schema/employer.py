"""Employers in the API, as everybody, their members and agents may know them."""

from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from models import employer as models
from models.language import Language
from resolvers import employer as resolvers
from resolvers.contact_reading import Contact, sent
from resolvers.employer_member import members_of
from resolvers.job_offer import offers_of
from resolvers.member_invitation import open_invitations
from resolvers.pages import NO_ITEMS, Slice
from schema.codes import Region
from schema.connections import After, First, page
from schema.fields import Info, doc, guarded, leading_back, listing
from schema.node import Node, global_id, loads

MEMBERS = LazyType[str, str]("EmployerMember", "schema.employer_member")
INVITATIONS = LazyType[str, str]("MemberInvitation", "schema.member_invitation")
JOB_OFFERS = LazyType[str, str]("JobOfferConnection", "schema.job_offer_search")
CONTACT_REQUESTS = LazyType[str, str]("ContactRequestConnection", "schema.contact_request")
"""By their names alone: what leads back to employers is declared after them."""
strawberry.enum(models.EmployerStatus, description="Where the authentication of an employer stands.")


@strawberry.type(description="A decision of an agent about an employer.")
class EmployerEvent:
    at: datetime = doc("When.")
    status: models.EmployerStatus = doc("What the employer became.")
    reason: str | None = doc("Why, if a reason was given.")


@strawberry.type(description="An employer. It exists for everybody once an agent has authenticated it; before, for its members.")
class Employer(Node):
    owner: strawberry.Private[UUID]
    row: strawberry.Private[models.Employer]
    name: str = doc("Under which it does business.")
    neq: str = doc("Québec enterprise number, ten digits.")
    city: str | None = doc("Where it is.")
    region: Region | None = doc("The administrative region it is in.")
    website: str | None = doc("Its pages.")
    status: models.EmployerStatus = doc("Where its authentication stands.")

    @guarded("Employer")
    def status_reason(self, info: Info) -> str | None:
        """Why it has its status, where a reason was given. To its members and to agents."""
        return self.row.status_reason

    @guarded("Employer", otherwise=[])
    async def history(self, info: Info) -> list["EmployerEvent"]:
        """What agents decided about it, oldest first. To its members and to agents; empty for others."""
        steps = await resolvers.history_of(info.context, self.owner)
        return [EmployerEvent(at=each.at, status=each.status, reason=each.reason) for each in steps]

    @guarded("Employer", list, listing(MEMBERS))
    async def members(self, info: Info) -> object:
        """Who acts for it, in the order of their joining. To its members and to agents; empty for others."""
        member = MEMBERS.resolve_type()
        return [member.of(each, info.context.language) for each in await members_of(info.context, self.owner)]

    @guarded("Employer", list, listing(INVITATIONS))
    async def invitations(self, info: Info) -> object:
        """Who was invited to act for it and has not accepted yet, oldest first. To its owners; empty for others."""
        invitation = INVITATIONS.resolve_type()
        return [invitation.of(each) for each in await open_invitations(info.context, self.owner)]

    @guarded("Employer", lambda: _requests(NO_ITEMS, Language.FR), CONTACT_REQUESTS)
    async def contact_requests(self, info: Info, first: First = 20, after: After = None) -> object:
        """What it has asked of candidates, newest first. To its members; empty for others."""
        return _requests(await sent(info.context, self.owner, page(first, after)), info.context.language)

    @leading_back(JOB_OFFERS)
    async def job_offers(self, info: Info, first: First = 20, after: After = None) -> object:
        """Its offers, newest first: all of them to its members and to agents, to others those that are open."""
        found = await offers_of(info.context, self.owner, page(first, after))
        return JOB_OFFERS.resolve_type().listed(found, info.context.language)

    @classmethod
    def of(cls, row: models.Employer, language: Language) -> Self:
        return cls(
            id=global_id("Employer", row.id),
            owner=row.id,
            row=row,
            name=row.name,
            neq=row.neq,
            city=row.city,
            region=Region.of(row.region, language) if row.region else None,
            website=row.website,
            status=row.status,
        )


def _requests(found: Slice[Contact], language: Language) -> object:
    return CONTACT_REQUESTS.resolve_type().of(found, language)


@loads("Employer")
async def load_employer(info: Info, key: UUID) -> Employer | None:
    row = await resolvers.known(info.context, key)
    return Employer.of(row, info.context.language) if row else None
