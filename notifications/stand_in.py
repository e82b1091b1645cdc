"""Who reads what a member of an employer was to read, once that person acts for it no more."""

from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.employer import ACTING, EmployerMember, MemberRole


async def find_reader(session: AsyncSession, member_id: UUID) -> tuple[EmployerMember, Account] | None:
    """That member; once that is nobody who acts for the employer any more, whoever has owned it longest. Whoever has confirmed an
    address goes before others."""
    employer = select(EmployerMember.employer_id).where(EmployerMember.id == member_id).scalar_subquery()
    nearest = case((EmployerMember.id == member_id, 0), (EmployerMember.role == MemberRole.OWNER, 1), else_=2)
    first = (Account.email_confirmed_at.is_(None), nearest, Account.created_at)
    query = select(EmployerMember, Account).join(Account, Account.id == EmployerMember.id)
    acting = query.where(EmployerMember.employer_id == employer, ACTING).order_by(*first, Account.id).limit(1)
    row = (await session.execute(acting)).one_or_none()
    return (row[0], row[1]) if row else None
