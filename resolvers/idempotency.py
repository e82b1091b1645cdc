"""Requests that a client marked with a key: sent twice, they are done once and answered alike. Knows nothing of the acts."""

import json
from collections.abc import Set
from dataclasses import asdict, dataclass, is_dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from errors import Conflict
from models.checks import NAME, Checks
from models.idempotency import IdempotentAct
from models.lock import lock
from resolvers.context import Context

KEPT = timedelta(days=7)
"""How long a request is remembered. A client that has had no answer for a week does not send it again."""
PRUNED_AT_ONCE = 100


@dataclass(frozen=True)
class Request:
    """One act as it was asked for: its operation, the client's key if it gave one, and all of its input."""

    operation: str
    key: str | None
    source: object


async def once(session: AsyncSession, context: Context, request: Request) -> UUID | None:
    """What the same request made when it came first; None when this one is the first, or has no key. Raises Conflict for
    a key that came with another input. Called first in the transaction that does the act, two at once are done once."""
    if not request.key:
        return None
    _check(request.key)
    fingerprint = _fingerprint(context, request)
    scope = _scope(context, fingerprint)
    await lock(session, f"idempotency {scope} {request.key}")
    act = await session.get(IdempotentAct, (scope, request.key))
    if act is None:
        return None
    if act.fingerprint != fingerprint:
        raise Conflict("IDEMPOTENCY_KEY_REUSED")
    return act.subject


async def remember(session: AsyncSession, context: Context, request: Request, subject: UUID) -> None:
    """Keeps what the act made, in the transaction that has asked `once` and made it. Forgets some that are old."""
    if not request.key:
        return
    fingerprint = _fingerprint(context, request)
    scope = _scope(context, fingerprint)
    session.add(IdempotentAct(scope=scope, key=request.key, fingerprint=fingerprint, subject=subject, at=context.now()))
    row = (IdempotentAct.scope, IdempotentAct.key)
    old = select(*row).where(IdempotentAct.at <= context.now() - KEPT).limit(PRUNED_AT_ONCE)
    await session.execute(delete(IdempotentAct).where(tuple_(*row).in_(old.with_for_update(skip_locked=True))))


def _check(key: str) -> None:
    checks = Checks()
    checks.line("idempotencyKey", key, NAME)
    checks.done()


def _scope(context: Context, fingerprint: str) -> str:
    """Keys are the caller's own. Who is not signed in is known by the whole request: another's key tells and blocks nothing."""
    return fingerprint if context.caller is None else str(context.caller.account_id)


def _fingerprint(context: Context, request: Request) -> str:
    """The same for the same request, in every process. Keyed: an input may hold what the database must not tell."""
    return context.vault.pseudonym(json.dumps([request.operation, request.source], sort_keys=True, default=_plain))


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return sorted(map(str, value)) if isinstance(value, Set) else str(value)
