"""Invitations to act for an employer in the API: made and cancelled by its owners, accepted by whoever reads the letter."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from models.employer import MemberRole
from models.language import Language
from resolvers import member_invitation as resolvers
from schema.employer_member import EmployerMember
from schema.fields import Info, doc, mutation
from schema.node import Node, global_id, key_of, loads
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound


@strawberry.type(description="An invitation to act for an employer that waits to be accepted. To its owners.")
class MemberInvitation(Node):
    owner: strawberry.Private[UUID]
    email: str = doc("The address that the letter goes to. In lower case.")
    name: str = doc("Of the person, as whoever invited gave it.")
    role: MemberRole = doc("What the person will be.")
    invited_by: str = doc("The name of whoever invited.")
    invited_at: datetime = doc("When.")
    expires_at: datetime = doc("Until when the link serves.")

    @classmethod
    def of(cls, found: resolvers.Invitation) -> Self:
        row = found.row
        return cls(
            id=global_id("MemberInvitation", row.id),
            owner=row.employer_id,
            email=row.email,
            name=row.name,
            role=row.role,
            invited_by=found.by,
            invited_at=row.invited_at,
            expires_at=row.expires_at,
        )


@loads("MemberInvitation")
async def load_member_invitation(info: Info, key: UUID) -> MemberInvitation | None:
    found = await resolvers.known(info.context, key)
    return MemberInvitation.of(found) if found else None


@strawberry.type(description="A letter goes to the address. Whether it has an account already is told to its reader alone.")
class MemberInvited:
    invitation: MemberInvitation = doc("As it waits.")


@strawberry.type(description="The invitation is gone, and its link serves no more.")
class InvitationCancelled:
    id: strawberry.ID = doc("Of the invitation that was.")


@strawberry.input(description="Who is to act for the caller's employer.")
class InviteMemberInput:
    email: str = doc("Where the letter goes.")
    name: str = doc("Of the person, at most 100 characters. The person can change it.")
    role: MemberRole | None = strawberry.field(default=None, description="MEMBER when left out.")
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same invitation.")


@strawberry.input(description="The invitation to cancel.")
class CancelInvitationInput:
    id: strawberry.ID = doc("Of the invitation.")


@strawberry.input(description="The proof that the letter was read, and what the new account needs.")
class AcceptInvitationInput:
    token: str = doc("The last part of the link in the letter.")
    password: str = doc("12 to 200 characters, of any kind.")
    language: Language | None = strawberry.field(
        default=None, description="Of what the service writes to the person; that of Accept-Language when left out."
    )


InviteMemberResult = Annotated[
    MemberInvited | InvalidInput | NotEligible | Conflict | LimitReached,
    strawberry.union("InviteMemberResult", description="That a letter goes, or why none does."),
]
CancelInvitationResult = Annotated[
    InvitationCancelled | NotEligible | NotFound,
    strawberry.union("CancelInvitationResult", description="That the invitation is gone, or that there is none."),
]
AcceptInvitationResult = Annotated[
    EmployerMember | InvalidInput | NotEligible | LimitReached,
    strawberry.union("AcceptInvitationResult", description="The new member, or why there is none."),
]


@strawberry.type
class MemberInvitationMutation:
    @mutation
    async def invite_member(self, info: Info, input: InviteMemberInput) -> InviteMemberResult:
        """Invites a person to act for the employer, by a letter with a link that serves once, for fourteen days. Inviting an
        address again sends another, and the earlier link serves no more. By owners, at most 20 open. The answer is the same
        whether or not the address has an account."""
        wanted = resolvers.Wanted(input.email, input.name, input.role or MemberRole.MEMBER)
        return MemberInvited(invitation=MemberInvitation.of(await resolvers.invite(info.context, wanted, input.idempotency_key)))

    @mutation
    async def cancel_invitation(self, info: Info, input: CancelInvitationInput) -> CancelInvitationResult:
        """Ends an invitation that waits. By owners."""
        await resolvers.cancel(info.context, key_of(input.id, "MemberInvitation"))
        return InvitationCancelled(id=input.id)

    @mutation
    async def accept_invitation(self, info: Info, input: AcceptInvitationInput) -> AcceptInvitationResult:
        """Opens an account for whoever read the letter, with its address confirmed, and makes it a member of the employer. A link
        serves once."""
        language = input.language or info.context.language
        member = await resolvers.accept(info.context, input.token, input.password, language)
        return EmployerMember.of(member, info.context.language)
