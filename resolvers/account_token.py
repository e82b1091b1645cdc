"""Who comes with a token from a mail: whether it serves, and the account that it is about. What is done then is not decided
here."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from errors import NotEligible
from models.account import Account
from models.account_token import AccountToken, TokenPurpose, find_token
from models.holding import hold_listener
from resolvers.context import Context


async def serves(context: Context, token: str, purposes: Collection[TokenPurpose]) -> bool:
    """Whether the token would serve one of those purposes now. Changes nothing."""
    async with context.database.read() as session:
        return await find_token(session, token, purposes, context.now()) is not None


async def hold_bearers(
    session: AsyncSession, context: Context, token: str, purposes: Collection[TokenPurpose]
) -> tuple[Account, AccountToken]:
    """The account and the token, held: of two that come with one token at once, one waits and finds it used. Raises
    NotEligible for a token that does not serve."""
    found = await find_token(session, token, purposes, context.now())
    account = await hold_account(session, found) if found else None
    if account is None or (row := await find_token(session, token, purposes, context.now())) is None:
        raise NotEligible("LINK_INVALID")
    return account, row


async def hold_account(session: AsyncSession, of: AccountToken) -> Account | None:
    """With its file, which comes first."""
    await hold_listener(session, of.account_id)
    return await session.get(Account, of.account_id, with_for_update=True, populate_existing=True)
