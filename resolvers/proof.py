"""Asking for the password again, before what an open session alone must not do. A wrong one counts like a wrong sign-in."""

from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import note, require_room, sign_ins
from auth.passwords import MOST as LONGEST_PASSWORD
from errors import NotAllowed, NotEligible
from models.account import Account
from models.checks import Checks
from models.lock import lock
from resolvers.context import Context


def check_length(checks: Checks, path: str, password: str) -> None:
    """Only how long it is: whatever else is wrong with a password that is to be the right one is told as a wrong one."""
    checks.require(path, len(password) <= LONGEST_PASSWORD, "TOO_LONG", most=str(LONGEST_PASSWORD))


async def prove(context: Context, password: str) -> Account:
    """The caller's account, with the hash that the password has. Raises NotEligible for a wrong one, and LimitReached after
    ten in five minutes, those at sign-in included."""
    async with context.database.read() as session:
        account = await session.get(Account, context.account_id)
        if account is None:
            raise NotAllowed("SESSION_ENDED")
        counted = sign_ins(context.vault, account.email, context.address)
        await require_room(session, counted, context.now())
    right = await context.passwords.verify(account.password_hash, password)
    async with context.database.begin() as session:
        await lock(session, *(each.key for each in counted))
        await require_room(session, counted, context.now())
        if right:
            return account
        await note(session, counted, context.now())
    raise NotEligible("WRONG_PASSWORD")


async def hold_proved(session: AsyncSession, proved: Account, *, to_change: bool = True) -> Account:
    """The account, held as long as the transaction lasts. Raises NotEligible where its password is another since it was
    proved. Whoever is not going to change the account holds it together with others."""
    held = await session.get(Account, proved.id, with_for_update={"read": not to_change}, populate_existing=True)
    if held is None:
        raise NotAllowed("SESSION_ENDED")
    if held.password_hash != proved.password_hash:
        raise NotEligible("WRONG_PASSWORD")
    return held
