"""Which sign-in sessions still stand. Asked for all open sockets at once; what a standing session may do is not decided here."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from models.database import Database
from models.sign_in_session import SignInSession

MOST_AT_ONCE = 1_000
"""Databases limit the values of one query; with as many sockets there are a few queries."""


async def standing(database: Database, sessions: Collection[UUID]) -> set[UUID]:
    """Those of the sessions that have not ended. One that is no longer stored has."""
    asked, found = list(sessions), set[UUID]()
    async with database.read() as session:
        for start in range(0, len(asked), MOST_AT_ONCE):
            some = asked[start : start + MOST_AT_ONCE]
            query = select(SignInSession.id).where(SignInSession.id.in_(some), SignInSession.ended_at.is_(None))
            found.update(await session.scalars(query))
    return found
