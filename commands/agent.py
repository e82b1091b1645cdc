"""Makes an agent of the service: the one account that nobody can register by themselves."""

import getpass
import sys
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from auth.passwords import Passwords, check_password
from bootstrap import system_clock
from commands.database import open_database_ready
from commands.failure import Failed
from config import Settings
from models.account import Account, Role, confirmed_account, normal_email
from models.agent import Agent
from models.checks import NAME, Checks
from models.language import Language
from models.lock import lock
from resolvers.account import check_email


async def create(settings: Settings, email: str, name: str) -> None:
    """Asks for the password, and keeps the agent. The address counts as confirmed: whoever may run this vouches for it."""
    _check(email, name)
    async with open_database_ready(settings) as database:
        account = Account(
            id=uuid4(),
            role=Role.AGENT,
            email=normal_email(email),
            password_hash=await _hash(_entered_password()),
            language=Language.FR,
            email_confirmed_at=system_clock(),
            created_at=system_clock(),
        )
        async with database.begin() as session:
            await _keep(session, account, name.strip())
    print(f"{account.email} can sign in as an agent.")


def _check(email: str, name: str) -> None:
    checks = Checks()
    check_email(checks, "email", normal_email(email))
    checks.line("name", name, NAME, required=True)
    checks.done()


async def _keep(session: AsyncSession, account: Account, name: str) -> UUID:
    await lock(session, f"account {account.email}")
    if await session.scalar(confirmed_account(account.email)) is not None:
        raise Failed(f"{account.email} has an account already")
    session.add(account)
    await session.flush()
    session.add(Agent(id=account.id, name=name))
    return account.id


def _entered_password() -> str:
    """Typed twice without echo at a terminal; elsewhere, the first line of standard input. Raises Invalid."""
    if _at_a_terminal():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            raise Failed("the two passwords differ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    checks = Checks()
    check_password(checks, "password", password)
    checks.done()
    return password


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()


async def _hash(password: str) -> str:
    passwords = Passwords()
    try:
        return await passwords.hash(password)
    finally:
        passwords.close()
