"""Members of employers in the API, and the acts on them."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from errors import NotAllowed
from models import employer as models
from models.account import Role
from models.language import Language
from resolvers import employer_member as resolvers
from resolvers.alert import alerts_of
from resolvers.context import Context
from resolvers.notification import candidacies_told_to
from resolvers.saved_candidacy_search import SEARCHES
from schema.account import Account, reads_own
from schema.connections import After, First, page
from schema.employer import Employer
from schema.fields import Info, doc, guarded, leading_back, mutation
from schema.node import Node, global_id, key_of, loads
from schema.refusals import Conflict, NotEligible, NotFound
from schema.saved_candidacy_search import CandidacySearch

NOTIFICATIONS = LazyType[str, str]("NotificationConnection", "schema.notification")
"""By its name alone: what members were told of leads back to them."""
strawberry.enum(models.MemberRole, description="An OWNER decides who acts for the employer; in all else members are alike.")


@strawberry.type(description="A person who acts for an employer.")
class EmployerMember(Node, Account):
    owner: strawberry.Private[UUID]
    name: str = doc("The person's name.")
    employer: Employer = doc("For whom the person acts.")
    role: models.MemberRole = doc("What the person may do there.")
    since: datetime = doc("When the person began to act for it.")

    @guarded("EmployerMember", otherwise=[])
    async def candidacy_searches(self, info: Info) -> list[CandidacySearch]:
        """The searches for candidacies that the member has saved, oldest first. To the member alone; empty for others."""
        return [CandidacySearch.of(row, info.context.language) for row in await alerts_of(info.context, SEARCHES, self.owner)]

    @leading_back(NOTIFICATIONS, guard="EmployerMember")
    async def notifications(self, info: Info, first: First = 20, after: After = None) -> object:
        """The candidacies that the member was told of and that can be seen now, when and how, newest first. To the member alone,
        of an employer that is authenticated; empty for others."""
        found = await candidacies_told_to(info.context, self.owner, page(first, after))
        return NOTIFICATIONS.resolve_type().of(found, info.context.language)

    @classmethod
    def of(cls, found: resolvers.Member, language: Language) -> Self:
        account = found.account
        return cls(
            id=global_id("EmployerMember", account.id),
            owner=account.id,
            email=account.email,
            language=account.language,
            time_zone=account.time_zone,
            mail_hour=account.mail_hour,
            mail_weekday=account.mail_weekday,
            email_problem=account.email_stopped,
            email_confirmed=account.email_confirmed_at is not None,
            name=found.member.name,
            employer=Employer.of(found.employer, language),
            role=found.member.role,
            since=account.created_at,
        )


@loads("EmployerMember")
async def load_employer_member(info: Info, key: UUID) -> EmployerMember | None:
    found = await resolvers.member(info.context, key)
    return EmployerMember.of(found, info.context.language) if found else None


@reads_own(Role.EMPLOYER_MEMBER)
async def _own_membership(context: Context) -> EmployerMember:
    found = await resolvers.member(context, context.account_id)
    if found is None:
        raise NotAllowed("SESSION_ENDED")
    return EmployerMember.of(found, context.language)


@strawberry.type(description="A person does not act for the employer any more. What the person did keeps the name.")
class MemberRemoved:
    member_id: strawberry.ID = doc("Of the member who was.")
    at: datetime = doc("When.")


@strawberry.input(description="What a member is to be.")
class ChangeMemberRoleInput:
    member_id: strawberry.ID = doc("Of the member; the caller may be meant.")
    role: models.MemberRole = doc("The new role.")


@strawberry.input(description="Who is to act for the employer no more.")
class RemoveMemberInput:
    member_id: strawberry.ID = doc("Of the member; the caller may be meant.")


ChangeMemberRoleResult = Annotated[
    EmployerMember | NotEligible | NotFound | Conflict,
    strawberry.union("ChangeMemberRoleResult", description="The member as it is now, or why nothing changed."),
]
RemoveMemberResult = Annotated[
    MemberRemoved | NotEligible | NotFound | Conflict,
    strawberry.union("RemoveMemberResult", description="That the person is gone, or why not."),
]
LeaveEmployerResult = Annotated[
    MemberRemoved | NotEligible | Conflict,
    strawberry.union("LeaveEmployerResult", description="That the caller is gone, or why not."),
]


@strawberry.type
class EmployerMemberMutation:
    @mutation
    async def change_member_role(self, info: Info, input: ChangeMemberRoleInput) -> ChangeMemberRoleResult:
        """Makes a member an owner, or an owner a member like others. By owners. The last owner stays one."""
        member = await resolvers.change_role(info.context, key_of(input.member_id, "EmployerMember"), input.role)
        return EmployerMember.of(member, info.context.language)

    @mutation
    async def remove_member(self, info: Info, input: RemoveMemberInput) -> RemoveMemberResult:
        """Ends that a person acts for the employer, for good: sessions and saved searches end, the account is closed, and its
        address is free to be invited again. By owners. The last owner stays."""
        at = await resolvers.remove(info.context, key_of(input.member_id, "EmployerMember"))
        return MemberRemoved(member_id=input.member_id, at=at)

    @mutation
    async def leave_employer(self, info: Info) -> LeaveEmployerResult:
        """Ends that the caller acts for the employer, as `removeMember` does. The last owner stays."""
        at = await resolvers.leave(info.context)
        return MemberRemoved(member_id=global_id("EmployerMember", info.context.account_id), at=at)
