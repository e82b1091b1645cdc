"""Unsubscribing by the link of a mail: no sign-in, at once, as often as one likes."""

from errors import NotEligible
from notifications import unsubscribing
from resolvers.context import Context


async def unsubscribe(context: Context, token: str) -> list[str]:
    """Pauses the alerts that the token names, and answers the names of those that are there. Raises NotEligible for a
    token that was not made here."""
    alert_ids = context.links.read_unsubscribe(token)
    if not alert_ids:
        raise NotEligible("LINK_INVALID")
    return await unsubscribing.unsubscribe(context.database, alert_ids)
