"""Unsubscribing by the link of a mail: no sign-in, at once, as often as one likes."""

from errors import NotFound
from models.job_alert import JobAlert
from notifications import unsubscribing
from resolvers.context import Context


async def unsubscribe(context: Context, token: str) -> str | None:
    """Pauses the alert that the token names, and answers its name; None when it is gone. Raises NotFound for a token
    that was not made here."""
    alert_id = context.links.read_unsubscribe(token)
    if alert_id is None:
        raise NotFound("LINK_INVALID")
    await unsubscribing.unsubscribe(context.database, alert_id, context.now())
    async with context.database.read() as session:
        alert = await session.get(JobAlert, alert_id)
    return alert.name if alert else None
