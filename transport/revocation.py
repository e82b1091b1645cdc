"""Which sign-in sessions have ended, and why. Asked for all open sockets at once; what a standing session may do is not decided
here."""

from collections.abc import Collection
from uuid import UUID

from auth.identification import STANDING, suspended, why_ended
from models.database import Database
from models.sign_in_session import SignInSession

MOST_AT_ONCE = 1_000
"""Databases limit the values of one query; with as many sockets there are a few queries."""


async def ended(database: Database, sessions: Collection[UUID]) -> dict[UUID, str]:
    """Those of the sessions in which no operation could be asked any more, or whose employer is suspended, each with the code
    of what ended it."""
    asked, found = list(sessions), dict[UUID, str]()
    query = STANDING.with_only_columns(SignInSession.id)
    async with database.read() as session:
        for start in range(0, len(asked), MOST_AT_ONCE):
            some = asked[start : start + MOST_AT_ONCE]
            standing = set(await session.scalars(query.where(SignInSession.id.in_(some))))
            found |= await why_ended(session, [each for each in some if each not in standing])
            found |= await suspended(session, some)
    return found
