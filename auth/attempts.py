"""What may be tried only so often: wrong sign-ins, registrations, what sends letters. Whether a try is wrong is not decided
here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.vault import Vault
from errors import LimitReached
from models.application import A_DAY
from models.attempt import Attempt
from models.lock import lock

PRUNED_AT_ONCE = 100
NETWORK_PREFIX = 64
"""Of an IPv6 address: one subscriber has them all."""


@dataclass(frozen=True)
class Limit:
    """So many in so much time."""

    most: int
    window: timedelta


WRONG_SIGN_INS = Limit(10, timedelta(minutes=5))
REGISTRATIONS_AT_ADDRESS = Limit(10, timedelta(days=1))
"""Enough for somebody who mistypes a certificate, and no flood of letters for a stranger whose address is given."""
REGISTRATIONS_FROM_NETWORK = Limit(100, timedelta(hours=1))
"""A whole class may register from one room."""
CONFIRMATION_LETTERS = Limit(1, timedelta(days=1))
PASSWORD_RESETS_AT_ADDRESS = Limit(5, timedelta(hours=1))
"""Enough for whoever overlooks a letter, and no flood for a stranger whose address is given."""
PASSWORD_RESETS_FROM_NETWORK = Limit(100, timedelta(hours=1))
APPLICATIONS = Limit(A_DAY, timedelta(days=1))
EMAIL_CHANGES = Limit(5, timedelta(days=1))
REGISTRY_QUESTIONS = Limit(10, timedelta(days=1))
"""About one person who is signed in: the registry is not for guessing."""
ESTIMATES = Limit(300, timedelta(hours=1))
"""For somebody who tries out many criteria. Each looks through what was published in thirty days."""
EXPORTS = Limit(10, timedelta(days=1))
INVITATIONS_OF_EMPLOYER = Limit(50, timedelta(days=1))
INVITATIONS_TO_ADDRESS = Limit(5, timedelta(days=1))
"""Enough for a letter that was overlooked, and no flood for a stranger whose address is given."""
LONGEST_WINDOW = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """What attempts are counted against, and how many of them there may be. The key tells nobody whom it is about."""

    key: str
    limit: Limit


def sign_ins(vault: Vault, email: str, address: str) -> list[Counted]:
    """Of an account from anywhere, and of a network to any account."""
    return [
        Counted(vault.pseudonym(f"sign-in to {email}"), WRONG_SIGN_INS),
        Counted(vault.pseudonym(f"sign-in from {network_of(address)}"), WRONG_SIGN_INS),
    ]


def registrations(vault: Vault, email: str, address: str) -> list[Counted]:
    """With an e-mail address from anywhere, and from a network with any address."""
    return [
        Counted(vault.pseudonym(f"registration with {email}"), REGISTRATIONS_AT_ADDRESS),
        Counted(vault.pseudonym(f"registration from {network_of(address)}"), REGISTRATIONS_FROM_NETWORK),
    ]


def confirmation_letters(vault: Vault, account_id: UUID) -> list[Counted]:
    return [Counted(vault.pseudonym(f"confirmation of {account_id}"), CONFIRMATION_LETTERS)]


def password_resets(vault: Vault, email: str, address: str) -> list[Counted]:
    """Of an e-mail address from anywhere, whether it is known or not, and from a network for any address."""
    return [
        Counted(vault.pseudonym(f"password reset of {email}"), PASSWORD_RESETS_AT_ADDRESS),
        Counted(vault.pseudonym(f"password reset from {network_of(address)}"), PASSWORD_RESETS_FROM_NETWORK),
    ]


def applications(vault: Vault, account_id: UUID, day: date) -> list[Counted]:
    """Of a candidate on that day: those of a candidacy that was deleted since count as well."""
    return [Counted(vault.pseudonym(f"application of {account_id} on {day}"), APPLICATIONS)]


def email_changes(vault: Vault, account_id: UUID, email: str) -> list[Counted]:
    """Of an account, and to an address: it is written to as often as somebody registers with it, and no more often."""
    return [
        Counted(vault.pseudonym(f"e-mail change of {account_id}"), EMAIL_CHANGES),
        Counted(vault.pseudonym(f"registration with {email}"), REGISTRATIONS_AT_ADDRESS),
    ]


def invitations(vault: Vault, employer_id: UUID, email: str) -> list[Counted]:
    """Of an employer to anybody, and of anybody to an address."""
    return [
        Counted(vault.pseudonym(f"invitation by {employer_id}"), INVITATIONS_OF_EMPLOYER),
        Counted(vault.pseudonym(f"invitation of {email}"), INVITATIONS_TO_ADDRESS),
    ]


def registry_questions(vault: Vault, account_id: UUID) -> list[Counted]:
    return [Counted(vault.pseudonym(f"registry question of {account_id}"), REGISTRY_QUESTIONS)]


def estimates(vault: Vault, account_id: UUID) -> list[Counted]:
    return [Counted(vault.pseudonym(f"estimate by {account_id}"), ESTIMATES)]


def exports(vault: Vault, account_id: UUID) -> list[Counted]:
    return [Counted(vault.pseudonym(f"export of {account_id}"), EXPORTS)]


def network_of(address: str) -> str:
    """That of one subscriber: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Network((int(parsed), NETWORK_PREFIX), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


async def require_room(session: AsyncSession, counted: Sequence[Counted], now: datetime) -> None:
    """Raises LimitReached when the limit of any of them is used up, right or wrong as this attempt may be. The count is sure
    to be the last one only in a transaction that has locked the keys."""
    for each in counted:
        since = now - each.limit.window
        recent = select(Attempt.at).where(Attempt.key == each.key, Attempt.at > since).order_by(Attempt.at.desc())
        times = list(await session.scalars(recent.limit(each.limit.most)))
        if len(times) == each.limit.most:
            wait = times[-1] - since
            raise LimitReached("TOO_MANY_ATTEMPTS", limit=each.limit.most, retry_after_seconds=int(wait.total_seconds()) + 1)


async def count(session: AsyncSession, counted: Sequence[Counted], now: datetime) -> None:
    """Counts one that is about to be tried. Raises LimitReached, and counts nothing, when a limit is used up."""
    await lock(session, *(each.key for each in counted))
    await require_room(session, counted, now)
    await note(session, counted, now)


async def note(session: AsyncSession, counted: Sequence[Counted], now: datetime) -> None:
    """Counts an attempt, and forgets some that no longer count."""
    session.add_all(Attempt(key=each.key, at=now) for each in counted)
    old = select(Attempt.id).where(Attempt.at <= now - LONGEST_WINDOW).limit(PRUNED_AT_ONCE)
    await session.execute(delete(Attempt).where(Attempt.id.in_(old.with_for_update(skip_locked=True))))
