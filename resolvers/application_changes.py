"""The live stream of what becomes of applications: of those of the caller, or of those to the caller's employer."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from models.application_step import STREAM
from notifications.log import Changed, Following
from resolvers import stream
from resolvers.application_reading import Sent, Taken, known
from resolvers.context import Context
from resolvers.stream import StreamGap


@dataclass(frozen=True)
class ApplicationChanged:
    """A step that was taken, and the application as it is now."""

    cursor: str
    sent: Sent
    step: Taken


async def follow(context: Context, after: str | None) -> AsyncGenerator[ApplicationChanged | StreamGap, None]:
    """Everything since the cursor in order, then what comes."""
    place = stream.Place(STREAM, after)
    reader = context.caller.employer_id if context.caller and context.caller.employer_id else context.account_id

    async def show(event: Changed) -> ApplicationChanged | None:
        found = await known(context, event.subject)
        step = next((each for each in found.history if each.event.status == event.what), None) if found else None
        return ApplicationChanged(place.cursor(event.position), found, step) if found and step else None

    async with aclosing(stream.follow(context, context.changes, Following(reader, STREAM), place, show)) as events:
        async for event in events:
            yield event
