"""Members and invitations when several come at once, and how many there may be."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from auth.caller import Caller
from errors import Conflict, LimitReached, NotAllowed, NotEligible, Refused
from models.account import Account, Role
from models.attempt import Attempt
from models.employer import ACTING, Employer, EmployerMember, EmployerStatus, MemberRole
from models.language import Language
from models.member_invitation import MOST_MEMBERS, MOST_OPEN, MemberInvitation
from notifications.retention import purge
from resolvers.context import Context
from resolvers.employer_member import change_role, leave, remove
from resolvers.member_invitation import Wanted, accept, invite, open_invitations
from tests.conftest import Clock
from tests.contexts import PASSWORD, asking, count


async def keep(service: Context, owners: int, members: int = 0) -> list[Context]:
    """An authenticated employer with so many owners and others, asked by each of them."""
    employer_id = uuid4()
    roles = [MemberRole.OWNER] * owners + [MemberRole.MEMBER] * members
    accounts = [_account(service) for _ in roles]
    async with service.database.begin() as session:
        session.add(
            Employer(
                id=employer_id, name="Scierie", neq="1143920115", status=EmployerStatus.AUTHENTICATED, created_at=service.now()
            )
        )
        session.add_all(accounts)
        await session.flush()
        for account, role in zip(accounts, roles, strict=True):
            session.add(EmployerMember(id=account.id, employer_id=employer_id, name="Max", role=role))
    return [_by(service, account, employer_id) for account in accounts]


def _account(service: Context) -> Account:
    return Account(
        id=uuid4(),
        role=Role.EMPLOYER_MEMBER,
        email=f"{uuid4().hex}@example.org",
        password_hash="none",
        language=Language.FR,
        created_at=service.now(),
        email_confirmed_at=service.now(),
    )


def _by(service: Context, account: Account, employer_id: UUID) -> Context:
    caller = Caller(
        account.id, Role.EMPLOYER_MEMBER, uuid4(), service.now() + timedelta(days=1), employer_id=employer_id, owns_employer=True
    )
    return asking(service, caller)


def whom(email: str) -> Wanted:
    return Wanted(email, "Lou Gagnon", MemberRole.MEMBER)


async def acting(service: Context) -> list[MemberRole]:
    async with service.database.read() as session:
        return list(await session.scalars(select(EmployerMember.role).where(ACTING)))


def codes(answers: Sequence[object]) -> list[str]:
    assert all(isinstance(each, Refused) or not isinstance(each, Exception) for each in answers), answers
    return [each.code for each in answers if isinstance(each, Refused)]


async def test_of_two_owners_who_remove_each_other_at_once_one_stays(service: Context) -> None:
    one, other = await keep(service, owners=2)
    answers = await asyncio.gather(remove(one, other.account_id), remove(other, one.account_id), return_exceptions=True)
    assert codes(answers) == ["MEMBERSHIP_ENDED"]
    assert await acting(service) == [MemberRole.OWNER]


async def test_of_owners_who_go_at_once_one_stays(service: Context) -> None:
    one, other, third = await keep(service, owners=3)
    acts = (leave(one), change_role(other, other.account_id, MemberRole.MEMBER), leave(third))
    answers = await asyncio.gather(*acts, return_exceptions=True)
    assert codes(answers) == ["LAST_OWNER"]
    assert (await acting(service)).count(MemberRole.OWNER) == 1


async def test_who_was_an_owner_a_moment_ago_decides_nothing(service: Context) -> None:
    one, other = await keep(service, owners=2)
    await change_role(one, other.account_id, MemberRole.MEMBER)
    for act in (remove(other, one.account_id), invite(other, whom("lou@example.org"))):
        with pytest.raises(NotAllowed, match="OWNERS_ONLY"):
            await act
    await remove(one, other.account_id)
    with pytest.raises(NotAllowed, match="MEMBERSHIP_ENDED"):
        await leave(other)


async def test_of_two_who_come_with_one_link_at_once_one_is_a_member(service: Context) -> None:
    (head,) = await keep(service, owners=1)
    made = await invite(head, whom("lou@example.org"))
    token = service.links.accept_invitation(made.row.id).rpartition("/")[2]
    coming = (accept(asking(service), token, PASSWORD, Language.FR) for _ in range(2))
    assert codes(await asyncio.gather(*coming, return_exceptions=True)) == ["LINK_INVALID"]
    assert len(await acting(service)) == 2


async def test_an_address_that_is_invited_several_times_at_once_has_one_invitation(service: Context) -> None:
    heads = await keep(service, owners=3)
    made = await asyncio.gather(*(invite(head, whom("lou@example.org")) for head in heads))
    found = await open_invitations(heads[0], heads[0].employer_id)
    assert [each.row.email for each in found] == ["lou@example.org"]
    assert found[0].row.id in {each.row.id for each in made}


async def test_twenty_invitations_wait_at_most_and_those_that_are_too_old_count_no_more(service: Context, clock: Clock) -> None:
    (head,) = await keep(service, owners=1)
    for number in range(MOST_OPEN):
        await invite(head, whom(f"lou{number}@example.org"))
    with pytest.raises(LimitReached, match="TOO_MANY_INVITATIONS"):
        await invite(head, whom("one.more@example.org"))
    await invite(head, whom("lou1@example.org"))
    clock.move(days=14)
    await invite(head, whom("one.more@example.org"))
    assert await count(service, MemberInvitation) == MOST_OPEN + 1
    await purge(service.database, clock())
    assert await count(service, MemberInvitation) == 1


async def test_an_employer_has_fifty_members_at_most(service: Context) -> None:
    head, *_ = await keep(service, owners=1, members=MOST_MEMBERS - 2)
    tokens = []
    for number in range(2):
        made = await invite(head, whom(f"lou{number}@example.org"))
        tokens.append(service.links.accept_invitation(made.row.id).rpartition("/")[2])
    await accept(asking(service), tokens[0], PASSWORD, Language.FR)
    with pytest.raises(LimitReached, match="TOO_MANY_MEMBERS"):
        await accept(asking(service), tokens[1], PASSWORD, Language.FR)
    with pytest.raises(LimitReached, match="TOO_MANY_MEMBERS"):
        await invite(head, whom("one.more@example.org"))
    assert len(await acting(service)) == MOST_MEMBERS


async def test_a_stranger_is_not_flooded_with_letters(service: Context) -> None:
    (head,) = await keep(service, owners=1)
    for _ in range(5):
        await invite(head, whom("lou@example.org"))
    with pytest.raises(LimitReached, match="TOO_MANY_ATTEMPTS"):
        await invite(head, whom("lou@example.org"))
    assert await count(service, Attempt) == 10


async def test_a_link_of_another_purpose_accepts_nothing(service: Context) -> None:
    (head,) = await keep(service, owners=1)
    made = await invite(head, whom("lou@example.org"))
    for link in (service.links.unsubscribe(made.row.id), service.links.alert_mail(made.row.id)):
        with pytest.raises(NotEligible, match="LINK_INVALID"):
            await accept(asking(service), link.rpartition("/")[2], PASSWORD, Language.FR)


async def test_a_member_is_not_invited_again(service: Context) -> None:
    head, other = await keep(service, owners=2)
    async with service.database.read() as session:
        email = (await session.get_one(Account, other.account_id)).email
    with pytest.raises(Conflict, match="ALREADY_A_MEMBER"):
        await invite(head, whom(email))
