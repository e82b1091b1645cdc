"""Passwords of accounts: forgotten and set anew by a link, or changed by whoever knows the old one. Nobody learns here whose
address has an account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import confirmation_letters, count, note, password_resets
from auth.passwords import check_password
from errors import LimitReached, NotAllowed, NotEligible
from models.account import CONFIRMED_LAST, Account, normal_email
from models.account_token import TokenPurpose, void_tokens
from models.checks import Checks
from models.employer import ACTING, EmployerMember
from models.outbox import emit
from models.sign_in_session import end_sessions
from resolvers.account import check_email
from resolvers.account_token import hold_bearers, serves
from resolvers.context import Context
from resolvers.proof import check_length, hold_proved, prove

RESET = (TokenPurpose.RESET_PASSWORD,)


async def request_reset(context: Context, email: str) -> str:
    """Owes a letter with a link to whoever reads the address, if it is that of an account; gives the address as it is known
    here. Raises LimitReached for too many. Whatever there is at the address, the same rows are written."""
    context.only_once("ONE_ACCOUNT_ACT")
    checks = Checks()
    address = normal_email(email)
    check_email(checks, "email", address)
    checks.done()
    async with context.database.begin() as session:
        await count(session, password_resets(context.vault, address, context.address), context.now())
        letter = await _letter(session, context, address)
        emit(session, letter.kind, letter.subject, context.now())
    return address


@dataclass(frozen=True)
class Letter:
    """An entry of the outbox to be. The subject of one that nobody is to receive is an account that never was: the worker
    finds none and sends nothing."""

    kind: str
    subject: UUID


async def _letter(session: AsyncSession, context: Context, address: str) -> Letter:
    """The link to its reader; or the letter that confirms, once a day, to the newest of those who only claim the address."""
    at_address = select(Account).outerjoin(EmployerMember, EmployerMember.id == Account.id)
    at_address = at_address.where(Account.email == address, ACTING)
    account = await session.scalar(at_address.order_by(*(each.desc() for each in CONFIRMED_LAST)).limit(1))
    confirmed = account is not None and account.email_confirmed_at is not None
    claimed = account.id if account and not confirmed else None
    may_confirm = await _count_confirmation(session, context, claimed)
    if claimed and may_confirm:
        return Letter("account.confirm_email", claimed)
    return Letter("account.reset_password", account.id if account and confirmed else uuid4())


async def _count_confirmation(session: AsyncSession, context: Context, claimed: UUID | None) -> bool:
    """Counted also where there is nothing to confirm, and where there was enough: against nobody."""
    try:
        await count(session, confirmation_letters(context.vault, claimed or uuid4()), context.now())
    except LimitReached:
        await note(session, confirmation_letters(context.vault, uuid4()), context.now())
        return False
    return True


async def reset_serves(context: Context, token: str) -> bool:
    return await serves(context, token, RESET)


async def reset(context: Context, token: str, password: str) -> datetime:
    """Takes the link in a mail in place of the old password, once. Ends every session of the account. Raises NotEligible for
    a link that does not serve."""
    context.only_once("ONE_ACCOUNT_ACT")
    checks = Checks()
    check_password(checks, "password", password)
    checks.done()
    if not await reset_serves(context, token):  # before a hash is made: that takes a while
        raise NotEligible("LINK_INVALID")
    password_hash = await context.passwords.hash(password)
    async with context.database.begin() as session:
        account, _ = await hold_bearers(session, context, token, RESET)
        await _set(session, context, account, password_hash)
    return context.now()


async def change(context: Context, current: str, new: str) -> datetime:
    """Sets another password, and ends every session of the account but the one that asks. Raises NotEligible for a wrong one,
    counted like a wrong sign-in."""
    context.only_once("ONE_ACCOUNT_ACT")
    if context.caller is None:
        raise NotAllowed("SIGN_IN_REQUIRED")
    checks = Checks()
    check_length(checks, "currentPassword", current)
    check_password(checks, "newPassword", new)
    checks.done()
    proved = await prove(context, current)
    password_hash = await context.passwords.hash(new)
    async with context.database.begin() as session:
        account = await hold_proved(session, proved)
        await _set(session, context, account, password_hash, kept=context.caller.session_id)
    return context.now()


async def _set(
    session: AsyncSession, context: Context, account: Account, password_hash: str, *, kept: UUID | None = None
) -> None:
    """The account is held: whoever signs in with the old password at this moment has a session that ends here, or none."""
    account.password_hash = password_hash
    await end_sessions(session, account.id, context.now(), kept=kept)
    await void_tokens(session, account.id, RESET, context.now())
    emit(session, "account.password_changed", account.id, context.now())
