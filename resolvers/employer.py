"""What can be done with employers: their authentication by agents, and who may know of one. What an employer is, the model
says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import Conflict, NotFound
from models.account import Account
from models.checks import Checks
from models.employer import ACTING, Employer, EmployerEvent, EmployerMember, EmployerStatus
from models.lock import lock
from models.member_letter import MemberNews, tell_members
from models.offers_of_employer import owe_offers
from models.outbox import emit
from resolvers.context import Context
from resolvers.pages import PageRequest, Slice, keyset_cursor, read_keyset_cursor

REASON = 1000
MATTERING = (EmployerStatus.AUTHENTICATED, EmployerStatus.SUSPENDED, EmployerStatus.PENDING, EmployerStatus.REFUSED)
"""To whom the NEQ of an employer may be that waits."""


async def authenticate(context: Context, employer_id: UUID, reason: str | None = None) -> Employer:
    """Lets an employer search, post and contact from now on. Raises Conflict while another with its NEQ may, and while nobody of
    it has shown to have the address that was typed: it may be anybody's."""
    said = _optional(reason)
    async with context.database.begin() as session:
        employer = await _locked(session, employer_id)
        await _require_neq_free(session, employer)
        await _require_confirmed_member(session, employer)
        employer.authenticate(said)
        await _record(session, context, employer, MemberNews.AUTHENTICATED)
    return employer


async def _require_neq_free(session: AsyncSession, employer: Employer) -> None:
    """Raises Conflict when another that is authenticated has it. It stays free until the transaction ends: of two agents who
    authenticate two at once, one is refused."""
    await lock(session, f"neq {employer.neq}")
    others = (Employer.neq == employer.neq, Employer.id != employer.id, Employer.status == EmployerStatus.AUTHENTICATED)
    if (holder := await session.scalar(select(Employer.id).where(*others))) is not None:
        raise Conflict("NEQ_TAKEN", ("Employer", holder))


async def _require_confirmed_member(session: AsyncSession, employer: Employer) -> None:
    if await session.scalar(_with_confirmed_member().where(EmployerMember.employer_id == employer.id).limit(1)) is None:
        raise Conflict("ADDRESS_NOT_CONFIRMED")


def _with_confirmed_member() -> Select[UUID]:
    """The ids of employers for which somebody acts whose address is confirmed."""
    members = select(EmployerMember.employer_id).join(Account, Account.id == EmployerMember.id)
    return members.where(ACTING, Account.email_confirmed_at.is_not(None))


async def refuse(context: Context, employer_id: UUID, reason: str) -> Employer:
    """Ends an employer's waiting, with a reason that its members read."""
    check_reason(reason)
    async with context.database.begin() as session:
        employer = await _locked(session, employer_id)
        employer.refuse(reason.strip())
        await _record(session, context, employer, MemberNews.REFUSED)
    return employer


async def suspend(context: Context, employer_id: UUID, reason: str) -> Employer:
    """Takes away what an employer was authenticated for, with a reason that its members read, and its offers from every
    search at once."""
    check_reason(reason)
    async with context.database.begin() as session:
        employer = await _locked(session, employer_id)
        employer.suspend(reason.strip())
        await _record(session, context, employer, MemberNews.SUSPENDED)
        await owe_offers(session, employer.id, context.now())
    return employer


async def reinstate(context: Context, employer_id: UUID, reason: str | None = None) -> Employer:
    """Gives a suspended employer back what it was authenticated for; its offers that have not ended come back with it. Raises
    Conflict while another with its NEQ is authenticated."""
    said = _optional(reason)
    async with context.database.begin() as session:
        employer = await _locked(session, employer_id)
        await _require_neq_free(session, employer)
        employer.reinstate(said)
        await _record(session, context, employer, MemberNews.REINSTATED)
    return employer


def check_reason(reason: str | None, *, required: bool = True) -> None:
    """What an agent gives for a decision. Raises Invalid."""
    checks = Checks()
    checks.line("reason", reason, REASON, required=required)
    checks.done()


def _optional(reason: str | None) -> str | None:
    """Of a decision that needs none."""
    check_reason(reason, required=False)
    return (reason or "").strip() or None


async def _record(session: AsyncSession, context: Context, employer: Employer, news: MemberNews) -> None:
    """Adds what it has become to its history, tells its members, and owes what depends on it."""
    event = EmployerEvent(
        employer_id=employer.id,
        at=context.now(),
        status=employer.status,
        by=context.account_id,
        reason=employer.status_reason,
    )
    session.add(event)
    await tell_members(session, employer.id, news, employer.id, context.now())
    emit(session, "employer.changed", employer.id, context.now())


async def history_of(context: Context, employer_id: UUID) -> list[EmployerEvent]:
    """Oldest first."""
    return await context.siblings.ask(_histories, employer_id) or []


async def _histories(session: AsyncSession, employers: Sequence[UUID]) -> Mapping[UUID, list[EmployerEvent]]:
    events = select(EmployerEvent).where(EmployerEvent.employer_id.in_(employers)).order_by(EmployerEvent.id)
    found: defaultdict[UUID, list[EmployerEvent]] = defaultdict(list)
    for event in await session.scalars(events):
        found[event.employer_id].append(event)
    return found


async def _locked(session: AsyncSession, employer_id: UUID) -> Employer:
    employer = await session.get(Employer, employer_id, with_for_update=True)
    if employer is None:
        raise NotFound("NOT_FOUND")
    return employer


async def waiting(context: Context, page: PageRequest) -> Slice[Employer]:
    """Employers to authenticate, those that have waited longest first: those of which somebody has confirmed an address."""
    page.check()
    pending = and_(Employer.status == EmployerStatus.PENDING, Employer.id.in_(_with_confirmed_member()))
    query = select(Employer).where(pending, *_beyond(page.after)).order_by(Employer.created_at, Employer.id)
    async with context.database.read() as session:
        rows = (await session.scalars(query.limit(page.first + 1))).all()
        total = await session.scalar(select(func.count()).select_from(Employer).where(pending))
    items = [(keyset_cursor(row.created_at, row.id), row) for row in rows[: page.first]]
    return Slice(items, has_next=len(rows) > page.first, has_previous=page.after is not None, total=total or 0)


async def with_neqs_of(context: Context, employers: Sequence[Employer]) -> dict[UUID, list[Employer]]:
    """For each of the employers, the others that have registered with its NEQ, whatever became of them; those that matter most
    come first."""
    found = select(Employer).where(Employer.neq.in_({each.neq for each in employers}))
    async with context.database.read() as session:
        rows = (await session.scalars(found.order_by(Employer.created_at, Employer.id))).all()
    in_order = sorted(rows, key=lambda row: MATTERING.index(row.status))
    return {each.id: [row for row in in_order if row.neq == each.neq and row.id != each.id] for each in employers}


def _beyond(after: str | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    at, key = read_keyset_cursor(after)
    return [or_(Employer.created_at > at, and_(Employer.created_at == at, Employer.id > key))]


async def known(context: Context, employer_id: UUID) -> Employer | None:
    """An employer: to its members and agents in any state, to others once it is authenticated."""
    async with context.database.read() as session:
        employer = await session.get(Employer, employer_id)
    if employer is None or not (employer.authenticated or context.may_read("Employer", "statusReason", employer.id)):
        return None
    return employer
