"""From the `Authorization` of a request to its caller. The session is read at each operation, so that what was ended has
ended at once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.caller import Caller
from auth.tokens import AccessClaims, Tokens
from errors import NotAllowed
from models.account import Account
from models.among import among
from models.candidate import Candidate, RegistrationStatus
from models.database import Database
from models.employer import ACTING, Employer, EmployerMember, EmployerStatus, MemberRole
from models.sign_in_session import SignInSession

SCHEME = "bearer"


async def identify(database: Database, tokens: Tokens, authorization: str | None, now: datetime) -> Caller | None:
    """None when the request names nobody. Raises NotAllowed for a token that is not ours, is over, or whose session is, and says
    so where a file was deactivated, or its person does not act for the employer any more."""
    if authorization is None:
        return None
    claims = _claims(tokens, authorization, now)
    async with database.read() as session:
        caller = await caller_of(session, claims.session_id, claims.expires_at)
        why = None if caller else (await why_ended(session, [claims.session_id]))[claims.session_id]
    if caller is None or caller.account_id != claims.account_id:
        raise NotAllowed(why or "SESSION_ENDED")
    return caller


async def why_ended(session: AsyncSession, session_ids: Collection[UUID]) -> dict[UUID, str]:
    """The codes of what ended those sessions, whether or not they are still there."""
    of_these = select(SignInSession.id).where(among(session, SignInSession.id, session_ids))
    of_files = of_these.join(Candidate, Candidate.id == SignInSession.account_id)
    deactivated = await session.scalars(of_files.where(Candidate.registration_status == RegistrationStatus.DEACTIVATED))
    of_members = of_these.join(EmployerMember, EmployerMember.id == SignInSession.account_id)
    removed = await session.scalars(of_members.where(~ACTING))
    why = dict.fromkeys(session_ids, "SESSION_ENDED") | dict.fromkeys(deactivated, "ACCOUNT_DEACTIVATED")
    return why | dict.fromkeys(removed, "MEMBERSHIP_ENDED")


async def suspended(session: AsyncSession, session_ids: Collection[UUID]) -> dict[UUID, str]:
    """Those of the sessions that stand and are of members of a suspended employer: they may read why, and follow nothing."""
    of_employers = standing_among(session, session_ids).where(Employer.status == EmployerStatus.SUSPENDED)
    found = await session.scalars(of_employers)
    return dict.fromkeys(found, "EMPLOYER_SUSPENDED")


async def all_stand(session: AsyncSession, session_ids: Collection[UUID]) -> bool:
    """Whether each of the sessions stands and none is of a suspended employer: mostly so, and counted without reading a row."""
    following = standing_among(session, session_ids).where(Employer.status.is_distinct_from(EmployerStatus.SUSPENDED))
    return await session.scalar(following.with_only_columns(func.count())) == len(set(session_ids))


def standing_among(session: AsyncSession, session_ids: Collection[UUID]) -> Select[UUID]:
    """The ids of those of the sessions that stand."""
    return STANDING.with_only_columns(SignInSession.id).where(among(session, SignInSession.id, session_ids))


def _claims(tokens: Tokens, authorization: str, now: datetime) -> AccessClaims:
    scheme, _, token = authorization.strip().partition(" ")
    claims = tokens.verified(token.strip()) if scheme.lower() == SCHEME else None
    if claims is None or now < claims.not_before:
        raise NotAllowed("TOKEN_INVALID")
    if now >= claims.expires_at:
        raise NotAllowed("TOKEN_EXPIRED")
    return claims


async def caller_of(session: AsyncSession, session_id: UUID, token_expires_at: datetime) -> Caller | None:
    """Whose session that is, as things stand; None once it has ended."""
    row = (await session.execute(STANDING.where(SignInSession.id == session_id))).one_or_none()
    if row is None:
        return None
    return Caller(
        account_id=row.account_id,
        role=row.role,
        session_id=session_id,
        token_expires_at=token_expires_at,
        language=row.language,
        employer_id=row.employer_id,
        employer_neq=row.neq,
        employer_status=row.status,
        employer_status_reason=row.status_reason,
        owns_employer=row.member_role is MemberRole.OWNER,
        registration_status=row.registration_status,
    )


STANDING = (
    select(
        Account.id.label("account_id"),
        Account.role,
        Account.language,
        Candidate.registration_status,
        Employer.id.label("employer_id"),
        Employer.neq,
        Employer.status,
        Employer.status_reason,
        EmployerMember.role.label("member_role"),
    )
    .join(SignInSession, SignInSession.account_id == Account.id)
    .outerjoin(Candidate, Candidate.id == Account.id)
    .outerjoin(EmployerMember, EmployerMember.id == Account.id)
    .outerjoin(Employer, Employer.id == EmployerMember.employer_id)
    .where(
        SignInSession.ended_at.is_(None),
        Candidate.registration_status.is_distinct_from(RegistrationStatus.DEACTIVATED),
        ACTING,
    )
)
"""The sessions that stand, and whose each is. One of a deactivated file has ended, whatever its row says, and so has one of a
member who was removed."""
