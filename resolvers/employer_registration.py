"""Registering an employer together with its first member. Nobody learns here whose address has an account."""

from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.passwords import check_password
from errors import Conflict
from models import region
from models.account import Account, Role, normal_email
from models.checks import LINE, NAME, Checks
from models.employer import Employer, EmployerMember, EmployerStatus, is_neq
from models.language import Language
from models.lock import lock
from resolvers.account import check_email, open_account
from resolvers.context import Context
from resolvers.employer import Member, read_member
from resolvers.idempotency import once, remember

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
    """Registers an employer, to be authenticated by an agent. Raises Conflict when its NEQ is registered. An address that
    has an account already gets a mail; neither the answer nor the time it takes tells."""
    context.only_once("ONE_REGISTRATION")
    registration = _normal(entered)
    _check(registration)
    password_hash = await context.passwords.hash(registration.password)
    source = {**asdict(registration), "password": None}
    async with context.database.begin() as session:
        if (earlier := await once(session, context, "registerEmployer", idempotency_key, source)) is not None:
            return await read_member(session, earlier) or _unkept(context, registration, earlier)
        await _check_neq_free(session, registration.neq)
        member = await _keep(session, context, registration, password_hash) or _unkept(context, registration, uuid4())
        await remember(session, context, "registerEmployer", idempotency_key, source, member.account.id)
    return member


def _normal(entered: Registration) -> Registration:
    return replace(
        entered,
        email=normal_email(entered.email),
        name=entered.name.strip(),
        employer_name=entered.employer_name.strip(),
        neq="".join(entered.neq.split()),
        city=(entered.city or "").strip() or None,
        website=(entered.website or "").strip() or None,
    )


def _check(entered: Registration) -> None:
    checks = Checks()
    check_email(checks, "email", entered.email)
    check_password(checks, "password", entered.password)
    checks.line("name", entered.name, NAME, required=True)
    checks.line("employerName", entered.employer_name, LINE, required=True)
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


async def _check_neq_free(session: AsyncSession, neq: str) -> None:
    """First of all: who asks must hear the same of a NEQ, whether the e-mail address is known or not."""
    await lock(session, f"neq {neq}")
    if await session.scalar(select(Employer.id).where(Employer.neq == neq)) is not None:
        raise Conflict("NEQ_TAKEN")


async def _keep(session: AsyncSession, context: Context, entered: Registration, password_hash: str) -> Member | None:
    account = await open_account(
        session,
        context,
        role=Role.EMPLOYER_MEMBER,
        email=entered.email,
        password_hash=password_hash,
        language=entered.language,
        time_zone=TIME_ZONE,
    )
    if account is None:
        return None
    employer = _employer(context, entered, uuid4())
    session.add(employer)
    await session.flush()
    member = EmployerMember(id=account.id, employer_id=employer.id, name=entered.name)
    session.add(member)
    return Member(account, member, employer)


def _employer(context: Context, entered: Registration, id: UUID) -> Employer:
    return Employer(
        id=id,
        name=entered.employer_name,
        neq=entered.neq,
        city=entered.city,
        region=entered.region,
        website=entered.website,
        status=EmployerStatus.PENDING,
        created_at=context.now(),
    )


def _unkept(context: Context, entered: Registration, account_id: UUID) -> Member:
    """What would have been registered, for an address that has an account already: nothing of it is kept. The ids look
    like any others, and are the same when the request is sent again."""
    employer = _employer(context, entered, UUID(bytes=sha256(account_id.bytes).digest()[:16], version=4))
    account = Account(
        id=account_id,
        role=Role.EMPLOYER_MEMBER,
        email=entered.email,
        language=entered.language,
        time_zone=TIME_ZONE,
        created_at=context.now(),
    )
    return Member(account, EmployerMember(id=account_id, employer_id=employer.id, name=entered.name), employer)
