"""Wrong sign-ins, counted against the account they name and the network they come from, so that nobody guesses for long.
Whether a sign-in is wrong is not decided here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.vault import Vault
from errors import LimitReached
from models.sign_in_session import SignInAttempt

MOST = 10
WINDOW = timedelta(minutes=5)
PRUNED_AT_ONCE = 100
NETWORK_PREFIX = 64
"""Of an IPv6 address: one subscriber has them all."""


def attempt_keys(vault: Vault, email: str, address: str) -> list[str]:
    """What a sign-in is counted against. The keys tell nobody which account or which network it was."""
    return [vault.pseudonym(f"sign-in to {email}"), vault.pseudonym(f"sign-in from {_network(address)}")]


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Network((int(parsed), NETWORK_PREFIX), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


async def require_room(session: AsyncSession, keys: Sequence[str], now: datetime) -> None:
    """Raises LimitReached after ten wrong sign-ins in five minutes against any of the keys, right or wrong as this one
    may be. The count is sure to be the last one only in a transaction that has locked the keys."""
    for key in keys:
        recent = select(SignInAttempt.at).where(SignInAttempt.key == key, SignInAttempt.at > now - WINDOW)
        times = list(await session.scalars(recent.order_by(SignInAttempt.at.desc()).limit(MOST)))
        if len(times) == MOST:
            wait = times[-1] + WINDOW - now
            raise LimitReached("TOO_MANY_ATTEMPTS", limit=MOST, retry_after_seconds=int(wait.total_seconds()) + 1)


async def note_wrong(session: AsyncSession, keys: Sequence[str], now: datetime) -> None:
    """Counts a wrong sign-in, and forgets some that no longer count."""
    session.add_all(SignInAttempt(key=key, at=now) for key in keys)
    old = select(SignInAttempt.id).where(SignInAttempt.at <= now - WINDOW).limit(PRUNED_AT_ONCE)
    await session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(old.with_for_update(skip_locked=True))))
