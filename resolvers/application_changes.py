"""The live stream of what becomes of applications: of those of the caller, or of those to the caller's employer."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from models.application_step import STREAM
from notifications.log import Changed
from resolvers.application_reading import Sent, Taken, known
from resolvers.context import Context
from resolvers.stream import StreamGap, follow_changes


@dataclass(frozen=True)
class ApplicationChanged:
    """A step that was taken, and the application as it is now."""

    cursor: str
    sent: Sent
    step: Taken


def follow(context: Context, after: str | None) -> AsyncGenerator[ApplicationChanged | StreamGap, None]:
    """Everything since the cursor in order, then what comes."""

    async def show(cursor: str, event: Changed) -> ApplicationChanged | None:
        found = await known(context, event.subject)
        step = next((each for each in found.history if each.event.status == event.what), None) if found else None
        return ApplicationChanged(cursor, found, step) if found and step else None

    return follow_changes(context, STREAM, after, show)
