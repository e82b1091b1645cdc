"""Which sign-in sessions still stand. Asked for all open sockets at once; what a standing session may do is not decided here."""

from collections.abc import Collection
from uuid import UUID

from auth.identification import STANDING
from models.database import Database
from models.sign_in_session import SignInSession

MOST_AT_ONCE = 1_000
"""Databases limit the values of one query; with as many sockets there are a few queries."""


async def standing(database: Database, sessions: Collection[UUID]) -> set[UUID]:
    """Those of the sessions that an operation could still be asked in."""
    asked, found = list(sessions), set[UUID]()
    query = STANDING.with_only_columns(SignInSession.id)
    async with database.read() as session:
        for start in range(0, len(asked), MOST_AT_ONCE):
            some = asked[start : start + MOST_AT_ONCE]
            found.update(await session.scalars(query.where(SignInSession.id.in_(some))))
    return found
