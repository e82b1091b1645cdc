"""Who acts for an employer, in which role, and how that ends. Its last owner stays one: somebody must answer for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.permissions import may_know
from errors import Conflict, NotAllowed, NotFound
from models.account import Account
from models.account_token import EmailChange, TokenPurpose, void_tokens
from models.candidacy_search import CandidacySearch
from models.employer import ACTING, Employer, EmployerMember, MemberRole
from models.holding import hold_members
from models.member_invitation import MemberInvitation
from models.member_letter import MemberNews, tell_member
from models.sign_in_session import end_sessions
from resolvers.context import Context

UNSEEN: Final = {"synchronize_session": False}


@dataclass(frozen=True)
class Member:
    """A person who acts for an employer: how they sign in, who they are, and for whom."""

    account: Account
    member: EmployerMember
    employer: Employer


async def member(context: Context, account_id: UUID) -> Member | None:
    """A member of the caller's employer, or of any to agents; None for everybody else."""
    async with context.database.read() as session:
        found = await read_member(session, account_id)
    return found if found and may_know(context.caller, "EmployerMember", found.employer.id) else None


async def members_of(context: Context, employer_id: UUID) -> list[Member]:
    """Those who act for an employer, in the order of their joining."""
    return await context.siblings.ask(_acting_for, employer_id) or []


async def _acting_for(session: AsyncSession, employers: Sequence[UUID]) -> Mapping[UUID, list[Member]]:
    query = _members().where(Employer.id.in_(employers), ACTING).order_by(Account.created_at, Account.id)
    found: defaultdict[UUID, list[Member]] = defaultdict(list)
    for row in await session.execute(query):
        found[row[2].id].append(Member(*row))
    return found


async def read_member(session: AsyncSession, account_id: UUID) -> Member | None:
    """One who acts for an employer."""
    row = (await session.execute(_members().where(Account.id == account_id, ACTING))).one_or_none()
    return None if row is None else Member(*row)


def _members() -> Select[Account, EmployerMember, Employer]:
    return (
        select(Account, EmployerMember, Employer)
        .join(EmployerMember, EmployerMember.id == Account.id)
        .join(Employer, Employer.id == EmployerMember.employer_id)
    )


async def change_role(context: Context, member_id: UUID, role: MemberRole) -> Member:
    """Raises Conflict for the last owner, who is to be none any more."""
    async with context.database.begin() as session:
        held = await hold_as_owner(session, context)
        row = _of(held, member_id)
        if role is not MemberRole.OWNER:
            _require_another_owner(held, row)
            await _take_back_invitations(session, row)
        row.role = role
        await session.flush()
        changed = await read_member(session, row.id)
        assert changed is not None
    return changed


async def remove(context: Context, member_id: UUID) -> datetime:
    """Ends that a member, or the caller, acts for the caller's employer. Raises Conflict for its last owner. Gives the
    instant."""
    async with context.database.begin() as session:
        held = await hold_as_owner(session, context)
        await _end(session, context, held, _of(held, member_id))
    return context.now()


async def leave(context: Context) -> datetime:
    """The same, by whoever it is about, in whatever role."""
    async with context.database.begin() as session:
        held = await hold_members(session, context.employer_id)
        await _end(session, context, held, _caller_among(held, context))
    return context.now()


async def hold_as_owner(session: AsyncSession, context: Context) -> dict[UUID, EmployerMember]:
    """Those who act for the caller's employer, held, the caller among them: of two owners who remove each other at once the
    second is none any more. Raises NotAllowed then."""
    held = await hold_members(session, context.employer_id)
    if not _caller_among(held, context).owns:
        raise NotAllowed("OWNERS_ONLY")
    return held


def _caller_among(held: dict[UUID, EmployerMember], context: Context) -> EmployerMember:
    if context.account_id not in held:
        raise NotAllowed("MEMBERSHIP_ENDED")
    return held[context.account_id]


def _of(held: dict[UUID, EmployerMember], member_id: UUID) -> EmployerMember:
    if member_id not in held:
        raise NotFound("NOT_FOUND")
    return held[member_id]


def _require_another_owner(held: dict[UUID, EmployerMember], than: EmployerMember) -> None:
    if not any(each.owns for each in held.values() if each.id != than.id):
        raise Conflict("LAST_OWNER")


async def _end(session: AsyncSession, context: Context, held: dict[UUID, EmployerMember], row: EmployerMember) -> None:
    _require_another_owner(held, row)
    row.end(context.account_id, context.now())
    await _take_back_invitations(session, row)
    account = await session.get_one(Account, row.id, with_for_update=True, populate_existing=True)
    if row.id != context.account_id and account.email_confirmed_at is not None:
        tell_member(session, row.id, MemberNews.REMOVED, row.employer_id, context.now())
    await _close(session, account, context.now())


async def _take_back_invitations(session: AsyncSession, row: EmployerMember) -> None:
    """Who owns the employer no more has nobody in it either: not by an invitation that is still to be accepted."""
    await session.execute(delete(MemberInvitation).where(MemberInvitation.invited_by == row.id), execution_options=UNSEEN)


async def _close(session: AsyncSession, account: Account, now: datetime) -> None:
    """What the person did keeps the name; the account does nothing more. The address is free: its reader may be invited again,
    by others too, and nothing goes there any more."""
    account.email_confirmed_at = None
    await end_sessions(session, account.id, now)
    await void_tokens(session, account.id, tuple(TokenPurpose), now)
    asked = delete(EmailChange).where(EmailChange.account_id == account.id, EmailChange.done_at.is_(None))
    await session.execute(asked, execution_options=UNSEEN)
    await session.execute(delete(CandidacySearch).where(CandidacySearch.person_id == account.id), execution_options=UNSEEN)
