"""Which sign-in sessions have ended, and why. Asked for all open sockets at once; what a standing session may do is not decided
here."""

from collections.abc import Collection
from uuid import UUID

from auth.identification import all_stand, standing_among, suspended, why_ended
from models.database import Database


async def ended(database: Database, sessions: Collection[UUID]) -> dict[UUID, str]:
    """Those of the sessions in which no operation could be asked any more, or whose employer is suspended, each with the code
    of what ended it."""
    async with database.read() as session:
        if await all_stand(session, sessions):
            return {}
        standing = await session.scalars(standing_among(session, sessions))
        found = await why_ended(session, set(sessions).difference(standing))
        return found | await suspended(session, sessions)
