"""Unsubscribing by the link of a mail: no sign-in, at once, as often as one likes."""

from uuid import UUID

from errors import NotEligible
from notifications import unsubscribing
from resolvers.context import Context


async def unsubscribe(context: Context, token: str) -> list[str]:
    """Pauses the alerts that the token names, and answers the names of those that are there. Raises NotEligible for a
    token that was not made here."""
    return await unsubscribing.unsubscribe(context.database, *_read(context, token))


async def concerned(context: Context, token: str) -> list[str]:
    """The names of the alerts that it would pause. Raises NotEligible likewise."""
    return await unsubscribing.still_on(context.database, *_read(context, token))


def _read(context: Context, token: str) -> tuple[list[UUID], UUID | None]:
    alert_ids, person_id = context.links.read_unsubscribe(token), context.links.read_unsubscribe_all(token)
    if not alert_ids and person_id is None:
        raise NotEligible("LINK_INVALID")
    return alert_ids, person_id
