"""Changing the address of an account: the password is asked again, and the readers of both addresses agree. Nobody learns here
whose address has an account."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import count, email_changes
from errors import Invalid, NotEligible, Problem
from models.account import Account, confirmed_account, normal_email
from models.account_token import OF_A_CHANGE, EmailChange, TokenPurpose, find_token, pending_change, replace_change, void_tokens
from models.checks import Checks
from models.lock import lock
from models.outbox import emit
from notifications.held_back import send_to_address
from resolvers.account import check_email, owe_what_was_missed
from resolvers.account_token import hold_bearers, serves
from resolvers.context import Context
from resolvers.proof import check_length, hold_proved, prove


async def request(context: Context, email: str, password: str) -> str:
    """Owes a letter to each of the two addresses, in place of what was asked for before; gives the new address as it is known
    here. Raises NotEligible for a wrong password, counted like a wrong sign-in."""
    context.only_once("ONE_ACCOUNT_ACT")
    checks = Checks()
    address = normal_email(email)
    check_email(checks, "email", address)
    check_length(checks, "password", password)
    checks.done()
    proved = await prove(context, password)
    if address == proved.email:
        raise Invalid([Problem(("email",), "SAME_EMAIL")])
    async with context.database.begin() as session:
        await count(session, email_changes(context.vault, proved.id, address), context.now())
        account = await hold_proved(session, proved)
        await _keep(session, context, account, address)
    return address


async def _keep(session: AsyncSession, context: Context, account: Account, address: str) -> None:
    """Whether there is an account at the new address already is looked at when the letters go out, and again at the end."""
    now = context.now()
    change = EmailChange(account_id=account.id, email=address, old_email=account.email, requested_at=now)
    await replace_change(session, change)
    await session.flush()
    emit(session, "email_change.leave", change.id, now)
    emit(session, "email_change.take", change.id, now)


@dataclass(frozen=True)
class Agreement:
    """The address to be, and whether it is the account's now: not while the other reader has not agreed."""

    email: str
    done: bool


async def agreement_serves(context: Context, token: str) -> bool:
    return await serves(context, token, OF_A_CHANGE)


async def agree(context: Context, token: str) -> Agreement:
    """Takes the link in a mail as the word of whoever reads that address, once. Raises NotEligible for a link that does not
    serve, and where another account has confirmed the new address meanwhile."""
    async with context.database.begin() as session:
        found = await find_token(session, token, OF_A_CHANGE, context.now())
        asked = await pending_change(session, found.account_id) if found else None
        if asked is None:
            raise NotEligible("LINK_INVALID")
        await lock(session, f"account {asked.email}")
        account, row = await hold_bearers(session, context, token, OF_A_CHANGE)
        change = await pending_change(session, account.id)
        if change is None or change.id != asked.id:
            raise NotEligible("LINK_INVALID")
        row.used_at = context.now()
        change.agree(row.purpose, context.now())
        if row.purpose is TokenPurpose.TAKE_ADDRESS or change.agreed(account):
            await _require_free(session, change.email)
        if change.agreed(account):
            await _carry_out(session, context, account, change)
        return Agreement(change.email, done=change.done_at is not None)


async def _require_free(session: AsyncSession, email: str) -> None:
    """Raises NotEligible once an account has confirmed the address. It stays free until the transaction ends."""
    if await session.scalar(confirmed_account(email)) is not None:
        raise NotEligible("LINK_INVALID")


async def _carry_out(session: AsyncSession, context: Context, account: Account, change: EmailChange) -> None:
    """Both addresses are told, the old one if its reader is known."""
    now, confirmed_before = context.now(), account.email_confirmed_at is not None
    account.email, account.email_confirmed_at, change.done_at = change.email, now, now
    account.email_stopped, account.mail_reference = None, uuid4()
    await send_to_address(session, account, now)
    await void_tokens(session, account.id, list(TokenPurpose), now)
    emit(session, "email_change.done", change.id, now)
    if confirmed_before:
        emit(session, "email_change.left", change.id, now)
    else:
        await owe_what_was_missed(session, context, account)
