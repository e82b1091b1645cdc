"""Requests that a client marked with a key: sent twice, they are done once and answered alike. Knows nothing of the acts."""

import json
from collections.abc import Set
from dataclasses import asdict, is_dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from errors import Conflict
from models.checks import NAME, Checks
from models.idempotency import IdempotentAct
from models.lock import lock
from resolvers.context import Context


async def once(
    session: AsyncSession, context: Context, operation: str, key: str | None, fingerprint_source: object
) -> UUID | None:
    """What the same request made when it came first; None when this one is the first, or has no key. Raises Conflict for
    a key that came with another input. Called first in the transaction that does the act, two at once are done once."""
    if not key:
        return None
    _check(key)
    scope = _scope(context)
    await lock(session, f"idempotency {scope} {key}")
    act = await session.get(IdempotentAct, (scope, key))
    if act is None:
        return None
    if (act.operation, act.fingerprint) != (operation, _fingerprint(context, fingerprint_source)):
        raise Conflict("IDEMPOTENCY_KEY_REUSED")
    return act.subject


async def remember(  # noqa: PLR0913 - takes what `once` takes, and what came of it
    session: AsyncSession,
    context: Context,
    operation: str,
    key: str | None,
    fingerprint_source: object,
    subject: UUID,
) -> None:
    """Keeps what the act made, in the transaction that made it. Raises Conflict when the same request, sent at the same
    time, has been done meanwhile: sent again, it is answered."""
    if not key:
        return
    if await once(session, context, operation, key, fingerprint_source) is not None:
        raise Conflict("SENT_TWICE")
    fingerprint = _fingerprint(context, fingerprint_source)
    act = IdempotentAct(
        scope=_scope(context), key=key, operation=operation, fingerprint=fingerprint, subject=subject, at=context.now()
    )
    session.add(act)
    await session.flush()


def _check(key: str) -> None:
    checks = Checks()
    checks.line("idempotencyKey", key, NAME)
    checks.done()


def _scope(context: Context) -> str:
    """Keys are the caller's own; who is not signed in yet is told apart by the network address."""
    if context.caller is None:
        return context.vault.pseudonym(f"requests from {context.address}")
    return str(context.caller.account_id)


def _fingerprint(context: Context, source: object) -> str:
    """The same for the same input, in every process. Keyed: an input may hold what the database must not tell."""
    return context.vault.pseudonym(json.dumps(source, sort_keys=True, default=_plain))


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return sorted(map(str, value)) if isinstance(value, Set) else str(value)
