"""Registering an employer together with its first member. Nobody learns here whose address has an account."""

from dataclasses import asdict, dataclass, replace
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from auth.passwords import check_password
from errors import Conflict
from models import region
from models.account import Role, normal_email
from models.checks import NAME, Checks, closed_up
from models.employer import Employer, EmployerMember, EmployerStatus, MemberRole, is_neq
from models.language import Language
from resolvers.account import check_email, count_registration, open_account, require_same_password
from resolvers.context import Context
from resolvers.employer_member import Member, read_member
from resolvers.idempotency import Request, once, remember

TIME_ZONE = "America/Toronto"
WEBSITE = 300


@dataclass(frozen=True)
class Registration:
    """What a person enters to register an employer and become its first member."""

    email: str
    password: str
    name: str
    employer_name: str
    neq: str
    city: str | None
    region: str | None
    website: str | None
    language: Language


async def register(context: Context, entered: Registration, idempotency_key: str | None = None) -> Member:
    """Registers an employer, to be authenticated by an agent. Whether others have registered with its NEQ is told to agents
    alone, and whether the address has an account already to its reader, by a letter."""
    context.only_once("ONE_REGISTRATION")
    registration = _normal(entered)
    _check(registration)
    request = Request("registerEmployer", idempotency_key, {**asdict(registration), "password": None})
    async with context.database.read() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, context, registration, earlier)
    await count_registration(context, registration.email)
    password_hash = await context.passwords.hash(registration.password)
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, context, registration, earlier)
        member = await _keep(session, context, registration, password_hash)
        await remember(session, context, request, member.account.id)
    return member


async def _earlier(session: AsyncSession, context: Context, entered: Registration, account_id: UUID) -> Member:
    """What the same request made when it came first."""
    member = await read_member(session, account_id)
    if member is None:
        raise Conflict("DELETED_SINCE")
    await require_same_password(context, member.account, entered.password)
    return member


def _normal(entered: Registration) -> Registration:
    return replace(
        entered,
        email=normal_email(entered.email),
        name=entered.name.strip(),
        employer_name=entered.employer_name.strip(),
        neq=closed_up(entered.neq),
        city=(entered.city or "").strip() or None,
        website=(entered.website or "").strip() or None,
    )


def _check(entered: Registration) -> None:
    checks = Checks()
    check_email(checks, "email", entered.email)
    check_password(checks, "password", entered.password)
    checks.name("name", entered.name, NAME)
    checks.name("employerName", entered.employer_name)
    checks.require("neq", is_neq(entered.neq), "NOT_A_NEQ")
    checks.line("city", entered.city, NAME)
    checks.codes("region", [] if entered.region is None else [entered.region], region.is_known)
    checks.line("website", entered.website, WEBSITE)
    checks.require("website", entered.website is None or _is_web_address(entered.website), "NOT_A_WEB_ADDRESS")
    checks.done()


def _is_web_address(typed: str) -> bool:
    """Only what a browser opens as a page: a link of another scheme could run in the reader's."""
    try:
        parts = urlsplit(typed)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not any(map(str.isspace, typed))
    except ValueError:
        return False


async def _keep(session: AsyncSession, context: Context, entered: Registration, password_hash: str) -> Member:
    account = await open_account(
        session,
        context,
        role=Role.EMPLOYER_MEMBER,
        email=entered.email,
        password_hash=password_hash,
        language=entered.language,
        time_zone=TIME_ZONE,
    )
    employer = _employer(context, entered)
    session.add(employer)
    await session.flush()
    member = EmployerMember(id=account.id, employer_id=employer.id, name=entered.name, role=MemberRole.OWNER)
    session.add(member)
    return Member(account, member, employer)


def _employer(context: Context, entered: Registration) -> Employer:
    return Employer(
        name=entered.employer_name,
        neq=entered.neq,
        city=entered.city,
        region=entered.region,
        website=entered.website,
        status=EmployerStatus.PENDING,
        created_at=context.now(),
    )
