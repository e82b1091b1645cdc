"""Signing in, staying signed in, signing out. Which account may do what is not decided here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import note, require_room, sign_ins
from auth.caller import Caller
from auth.identification import caller_of, why_ended
from auth.tokens import REFRESH_LIFE, new_refresh, refresh_hash
from errors import NotAllowed, NotEligible
from models.account import LONGEST_EMAIL, Account, confirmed_account, normal_email
from models.candidate import Candidate, RegistrationStatus
from models.checks import Checks
from models.employer import was_member
from models.lock import lock
from models.sign_in_session import RefreshToken, SignInSession
from resolvers.account import is_email, owe_confirmation
from resolvers.context import Context
from resolvers.proof import check_length, hold_proved


@dataclass(frozen=True)
class SignedIn:
    """The tokens of a session, shown once, and who is signed in by them."""

    access_token: str
    expires_at: datetime
    refresh_token: str
    caller: Caller


async def sign_in(context: Context, email: str, password: str) -> SignedIn:
    """Opens a session. Raises NotEligible for a wrong address or password, which of them is not told, and LimitReached
    after ten wrong ones. Whatever there is at the address, it takes as long."""
    context.only_once("ONE_SIGN_IN")
    _check(email, password)
    address = normal_email(email)
    counted = sign_ins(context.vault, address, context.address)
    async with context.database.read() as session:
        await require_room(session, counted, context.now())
        at_address = await _accounts(session, address)
    account = await _with_password(context, at_address, password)
    async with context.database.begin() as session:
        await lock(session, *(each.key for each in counted))
        await require_room(session, counted, context.now())
        if account is not None:
            return await _open(session, context, account)
        await note(session, counted, context.now())
    raise NotEligible("WRONG_CREDENTIALS")


async def _accounts(session: AsyncSession, address: str) -> tuple[Account | None, Account | None]:
    """The account whose address it is for sure, and the newest of those that somebody registered with it."""
    if not is_email(address):
        return None, None
    claimed = select(Account).where(Account.email == address, Account.email_confirmed_at.is_(None))
    newest = claimed.order_by(Account.created_at.desc(), Account.id.desc()).limit(1)
    return await session.scalar(confirmed_account(address)), await session.scalar(newest)


async def _with_password(context: Context, accounts: Sequence[Account | None], password: str) -> Account | None:
    """The first that has the password. All are tried, those that are not there too: the time tells nothing."""
    hashes = [account.password_hash if account else None for account in accounts]
    right = await asyncio.gather(*(context.passwords.verify(each, password) for each in hashes))
    return next((account for account, fits in zip(accounts, right, strict=True) if fits), None)


def _check(email: str, password: str) -> None:
    """Only how long they are: whatever else is wrong with them is told like any wrong address or password."""
    checks = Checks()
    checks.require("email", len(email) <= LONGEST_EMAIL, "TOO_LONG", most=str(LONGEST_EMAIL))
    check_length(checks, "password", password)
    checks.done()


async def _open(session: AsyncSession, context: Context, proved: Account) -> SignedIn:
    account = await hold_proved(session, proved, to_change=False)
    candidate = await session.get(Candidate, account.id)
    if candidate is not None and candidate.registration_status is RegistrationStatus.DEACTIVATED:
        raise NotEligible("ACCOUNT_DEACTIVATED")
    if await was_member(session, account.id):
        raise NotEligible("MEMBERSHIP_ENDED")
    if account.email_confirmed_at is None:
        await owe_confirmation(session, context, account.id)
    family = SignInSession(account_id=account.id, created_at=context.now())
    session.add(family)
    await session.flush()
    return await _tokens(session, context, family)


async def _tokens(session: AsyncSession, context: Context, family: SignInSession) -> SignedIn:
    """The next tokens of a session. Raises NotAllowed when it is over."""
    refresh_token, token_hash = new_refresh()
    expires_at = context.now() + REFRESH_LIFE
    session.add(RefreshToken(token_hash=token_hash, session_id=family.id, expires_at=expires_at))
    access_token, expires_at = context.tokens.issue_access(family.account_id, family.id, context.now())
    caller = await caller_of(session, family.id, expires_at)
    if caller is None:
        raise NotAllowed("SESSION_ENDED")
    return SignedIn(access_token, expires_at, refresh_token, caller)


async def refresh(context: Context, refresh_token: str) -> SignedIn:
    """The next tokens, for a refresh token that serves once. One that comes back after it served was stolen, from us or
    from its owner: the session ends. Raises NotAllowed for whatever does not hold."""
    asked_at = context.now()
    async with context.database.begin() as session:
        found = await _found(session, refresh_token)
        if found is None:
            raise NotAllowed("TOKEN_INVALID")
        token, family = found
        if _holds(token, family, context.now()):
            token.used_at = context.now()
            await _forget_expired(session, context, family)
            return await _tokens(session, context, family)
        if token.used_at is not None and token.used_at <= asked_at:
            family.end(context.now())
        why = (await why_ended(session, [family.id]))[family.id]
    raise NotAllowed(why)


async def _found(session: AsyncSession, refresh_token: str) -> Row[RefreshToken, SignInSession] | None:
    """The token and its session, locked: of two that come with one token at once, one waits and finds it used."""
    query = (
        select(RefreshToken, SignInSession)
        .join(SignInSession, SignInSession.id == RefreshToken.session_id)
        .where(RefreshToken.token_hash == refresh_hash(refresh_token))
        .with_for_update()
    )
    return (await session.execute(query)).one_or_none()


def _holds(token: RefreshToken, family: SignInSession, now: datetime) -> bool:
    return token.used_at is None and now < token.expires_at and family.ended_at is None


async def _forget_expired(session: AsyncSession, context: Context, family: SignInSession) -> None:
    expired = RefreshToken.expires_at <= context.now()
    await session.execute(delete(RefreshToken).where(RefreshToken.session_id == family.id, expired))


async def sign_out(context: Context) -> datetime:
    """Ends the session of the access token, and every token that came of it. Gives the instant."""
    if context.caller is None:
        raise NotAllowed("SIGN_IN_REQUIRED")
    async with context.database.begin() as session:
        family = await session.get_one(SignInSession, context.caller.session_id, with_for_update=True)
        family.end(context.now())
    return context.now()
