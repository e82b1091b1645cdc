"""What owners and members of an employer do through the API. Not a test itself."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from models.account import Account, Role
from models.employer import Employer, EmployerMember, EmployerStatus, MemberRole
from models.language import Language
from tests.conftest import Clock
from tests.schema.mailed import mailed
from tests.service import PASSWORD, Data, Service

OWNER = "head@example.org"
LINK = "/accept-invitation/"
INVITATION = "... on MemberInvited { invitation { id email name role invitedBy invitedAt expiresAt } }"
MEMBER = "... on EmployerMember { id email name role since emailConfirmed employer { name } }"


async def owner(service: Service) -> str:
    """The access token of the one owner of an authenticated employer, whose address is confirmed."""
    resources = service.resources
    now = resources.now()
    account = Account(
        id=uuid4(),
        role=Role.EMPLOYER_MEMBER,
        email=OWNER,
        password_hash=await resources.passwords.hash(PASSWORD),
        language=Language.EN,
        created_at=now,
        email_confirmed_at=now,
    )
    employer = Employer(
        id=uuid4(), name="Hôpital du Fjord", neq="1143920115", status=EmployerStatus.AUTHENTICATED, created_at=now
    )
    async with resources.database.begin() as session:
        session.add_all((account, employer))
        await session.flush()
        session.add(EmployerMember(id=account.id, employer_id=employer.id, name="Émile Roy", role=MemberRole.OWNER))
    return await service.sign_in(OWNER)


def a_second_later(service: Service) -> None:
    """Letters of one instant are in no order, nor are members who join in one."""
    clock = service.resources.now
    assert isinstance(clock, Clock)
    clock.move(seconds=1)


async def invite(service: Service, token: str, email: str, **entered: Any) -> Data:
    a_second_later(service)
    return await service.act("inviteMember", INVITATION, token, **{"email": email, "name": "Lou Gagnon", **entered})


async def accept(service: Service, link: str, password: str = PASSWORD) -> Data:
    return await service.act("acceptInvitation", MEMBER, token=link, password=password)


async def joined(service: Service, token: str, email: str, role: str = "MEMBER") -> tuple[str, str]:
    """The id and the access token of somebody who was invited and has accepted."""
    await invite(service, token, email, role=role, name=f"Lou {email[:3].title()}")
    member = await accept(service, await mailed(service, email, LINK))
    return member["id"], await service.sign_in(email)


async def remove(service: Service, token: str, member: str) -> Data:
    a_second_later(service)
    return await service.act("removeMember", "... on MemberRemoved { memberId at }", token, memberId=member)


async def leave(service: Service, token: str) -> Data:
    text = "mutation { leaveEmployer { __typename ... on Refusal { code message } ... on MemberRemoved { memberId } } }"
    answer: Data = (await service.ask(text, token))["leaveEmployer"]
    return answer


async def own(service: Service, token: str, selection: str) -> Data:
    """What a member reads of the employer."""
    found: Data = (await service.ask(f"{{ viewer {{ ... on EmployerMember {{ employer {{ {selection} }} }} }} }}", token))[
        "viewer"
    ]
    employer: Data = found["employer"]
    return employer


async def listed(service: Service, token: str) -> Sequence[tuple[str, str]]:
    """The members and their roles."""
    return [(each["email"], each["role"]) for each in (await own(service, token, "members { email role }"))["members"]]


async def invited(service: Service, token: str) -> Sequence[str]:
    return [each["email"] for each in (await own(service, token, "invitations { email }"))["invitations"]]
