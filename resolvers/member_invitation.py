"""Inviting people to act for an employer, and accepting it. Nobody learns here whose address has an account: who invites is
answered alike, and the letter tells whoever reads the address."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import count, invitations
from auth.passwords import check_password
from auth.permissions import may_know
from errors import Conflict, LimitReached, NotEligible, NotFound
from models.account import Account, Role, confirmed_account, has_confirmed, normal_email
from models.checks import NAME, Checks
from models.employer import Employer, EmployerMember, EmployerStatus, MemberRole
from models.holding import hold_members
from models.language import Language
from models.lock import lock
from models.member_invitation import INVITED, LIFE, MOST_MEMBERS, MOST_OPEN, MemberInvitation
from models.outbox import emit
from resolvers.account import check_email
from resolvers.context import Context
from resolvers.employer_member import Member, hold_as_owner
from resolvers.employer_registration import TIME_ZONE
from resolvers.idempotency import Request, once, remember


@dataclass(frozen=True)
class Wanted:
    """Whom an owner invites."""

    email: str
    name: str
    role: MemberRole


@dataclass(frozen=True)
class Invitation:
    """One that waits, and the name of whoever invited."""

    row: MemberInvitation
    by: str


async def invite(context: Context, entered: Wanted, idempotency_key: str | None = None) -> Invitation:
    """Owes a letter with a link that serves once, in place of one to the same address that waits. Raises NotEligible unless
    the employer stands and the caller's address is confirmed, Conflict for somebody who is a member already, and LimitReached."""
    wanted = Wanted(normal_email(entered.email), entered.name.strip(), entered.role)
    _check(wanted)
    request = Request("inviteMember", idempotency_key, asdict(wanted))
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, earlier)
        members = await hold_as_owner(session, context)
        await _require_invitable(session, context, members, wanted)
        await count(session, invitations(context.vault, context.employer_id, wanted.email), context.now())
        row = await _keep(session, context, wanted)
        await remember(session, context, request, row.id)
    return Invitation(row, members[context.account_id].name)


def _check(wanted: Wanted) -> None:
    checks = Checks()
    check_email(checks, "email", wanted.email)
    checks.name("name", wanted.name, NAME)
    checks.done()


async def _earlier(session: AsyncSession, invitation_id: UUID) -> Invitation:
    """What the same request made when it came first."""
    row = (await session.execute(_invitations().where(MemberInvitation.id == invitation_id))).one_or_none()
    if row is None:
        raise Conflict("DELETED_SINCE")
    return Invitation(*row)


async def _require_invitable(
    session: AsyncSession, context: Context, members: dict[UUID, EmployerMember], wanted: Wanted
) -> None:
    (await session.get_one(Employer, context.employer_id)).require_standing()
    if not await has_confirmed(session, context.account_id):
        raise NotEligible("CONFIRM_YOUR_EMAIL")
    known = select(Account.id).where(Account.id.in_(members), Account.email == wanted.email)
    if (already := await session.scalar(known)) is not None:
        raise Conflict("ALREADY_A_MEMBER", ("EmployerMember", already))
    _require_room(members)
    others = (MemberInvitation.employer_id == context.employer_id, MemberInvitation.email != wanted.email, _open(context))
    waiting = await session.scalar(select(func.count()).select_from(MemberInvitation).where(*others)) or 0
    if waiting >= MOST_OPEN:
        raise LimitReached("TOO_MANY_INVITATIONS", limit=MOST_OPEN, current=waiting)


def _require_room(members: dict[UUID, EmployerMember]) -> None:
    if len(members) >= MOST_MEMBERS:
        raise LimitReached("TOO_MANY_MEMBERS", limit=MOST_MEMBERS, current=len(members))


async def _keep(session: AsyncSession, context: Context, wanted: Wanted) -> MemberInvitation:
    same = (MemberInvitation.employer_id == context.employer_id, MemberInvitation.email == wanted.email)
    await session.execute(delete(MemberInvitation).where(*same))
    row = MemberInvitation(
        id=uuid4(),
        employer_id=context.employer_id,
        email=wanted.email,
        name=wanted.name,
        role=wanted.role,
        language=context.language,
        invited_by=context.account_id,
        invited_at=context.now(),
        expires_at=context.now() + LIFE,
    )
    session.add(row)
    emit(session, INVITED, row.id, context.now())
    return row


async def cancel(context: Context, invitation_id: UUID) -> None:
    """Ends one of the caller's employer: its link serves no more."""
    async with context.database.begin() as session:
        await hold_as_owner(session, context)
        row = await session.get(MemberInvitation, invitation_id)
        if row is None or row.employer_id != context.employer_id or not row.open_at(context.now()):
            raise NotFound("NOT_FOUND")
        await session.delete(row)


async def open_invitations(context: Context, employer_id: UUID) -> list[Invitation]:
    """Those of an employer that wait, oldest first."""
    waiting = await context.siblings.ask(_invited_for, employer_id) or []
    return [each for each in waiting if each.row.open_at(context.now())]


async def _invited_for(session: AsyncSession, employers: Sequence[UUID]) -> Mapping[UUID, list[Invitation]]:
    query = _invitations().where(MemberInvitation.employer_id.in_(employers))
    found: defaultdict[UUID, list[Invitation]] = defaultdict(list)
    for row in await session.execute(query.order_by(MemberInvitation.invited_at, MemberInvitation.id)):
        found[row[0].employer_id].append(Invitation(*row))
    return found


async def known(context: Context, invitation_id: UUID) -> Invitation | None:
    """One that waits, to the owners of its employer."""
    query = _invitations().where(MemberInvitation.id == invitation_id, _open(context))
    async with context.database.read() as session:
        row = (await session.execute(query)).one_or_none()
    return Invitation(*row) if row and may_know(context.caller, "MemberInvitation", row[0].employer_id) else None


def _invitations() -> Select[MemberInvitation, str]:
    by = EmployerMember.id == MemberInvitation.invited_by
    return select(MemberInvitation, EmployerMember.name).join(EmployerMember, by)


def _open(context: Context) -> ColumnElement[bool]:
    return MemberInvitation.expires_at > context.now()


async def serves(context: Context, token: str) -> bool:
    """Whether the link in a letter would serve now. Changes nothing."""
    async with context.database.read() as session:
        return await _find(session, context, token) is not None


async def accept(context: Context, token: str, password: str, language: Language) -> Member:
    """Opens an account for whoever reads the invitation, with its address confirmed, and makes it a member. Raises NotEligible
    for a link that does not serve, and where another account has confirmed the address meanwhile."""
    context.only_once("ONE_REGISTRATION")
    checks = Checks()
    check_password(checks, "password", password)
    checks.done()
    if not await serves(context, token):  # before a hash is made: that takes a while
        raise NotEligible("LINK_INVALID")
    password_hash = await context.passwords.hash(password)
    async with context.database.begin() as session:
        invitation, employer = await _hold(session, context, token)
        account = _account(context, invitation.email, password_hash, language)
        session.add(account)
        await session.flush()
        member = EmployerMember(id=account.id, employer_id=employer.id, name=invitation.name, role=invitation.role)
        session.add(member)
        await session.delete(invitation)
    return Member(account, member, employer)


async def _hold(session: AsyncSession, context: Context, token: str) -> tuple[MemberInvitation, Employer]:
    """The address and the members come first: of two who come with one link at once, one waits and finds it used."""
    invitation, employer = await _require(session, context, token)
    await lock(session, f"account {invitation.email}")
    members = await hold_members(session, employer.id)
    found = await _require(session, context, token)
    if await session.scalar(confirmed_account(invitation.email)) is not None:
        raise NotEligible("ADDRESS_HAS_ACCOUNT")
    _require_room(members)
    return found


async def _require(session: AsyncSession, context: Context, token: str) -> tuple[MemberInvitation, Employer]:
    if (found := await _find(session, context, token)) is None:
        raise NotEligible("LINK_INVALID")
    return found


async def _find(session: AsyncSession, context: Context, token: str) -> tuple[MemberInvitation, Employer] | None:
    """The invitation of a link, while it waits and its employer stands."""
    invitation_id = context.links.read_accept_invitation(token)
    standing = Employer.status.in_((EmployerStatus.PENDING, EmployerStatus.AUTHENTICATED))
    query = select(MemberInvitation, Employer).join(Employer, Employer.id == MemberInvitation.employer_id)
    query = query.where(MemberInvitation.id == invitation_id, _open(context), standing)
    row = (await session.execute(query.execution_options(populate_existing=True))).one_or_none()
    return (row[0], row[1]) if row else None


def _account(context: Context, email: str, password_hash: str, language: Language) -> Account:
    return Account(
        role=Role.EMPLOYER_MEMBER,
        email=email,
        password_hash=password_hash,
        language=language,
        time_zone=TIME_ZONE,
        created_at=context.now(),
        email_confirmed_at=context.now(),
    )
