"""What has left the search, but not yet the index: the index is still owed its removal. Reads only."""

from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.document import Kind
from models.hidden_employer import hides_from
from models.outbox import OutboxEntry
from search.source import SOURCES

MOST = 1_000
"""Changes that are looked through, the newest first. While the index is further behind than that, counts may lag."""


async def leaving(session: AsyncSession, kind: Kind, today: date, employer_neq: str | None = None) -> frozenset[UUID]:
    """What has changed and is not to be found now, be it withdrawn, over, erased, or hidden from that employer. Ask before
    the index is searched: what the index has lost by then is not owed any more."""
    owed = select(OutboxEntry.subject).where(OutboxEntry.kind == f"{kind}.changed").order_by(OutboxEntry.id.desc())
    changed = frozenset(await session.scalars(owed.limit(MOST)))
    if not changed:
        return changed
    source = SOURCES[kind]
    found = source.stands(today)
    if employer_neq is not None:
        found = and_(found, ~hides_from(employer_neq))
    return changed.difference(await session.scalars(source.select(source.row.id).where(source.row.id.in_(changed), found)))
