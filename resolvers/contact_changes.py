"""The live stream of what becomes of contact requests: of those to the caller, or of those of the caller's employer."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from models.contact import STREAM
from models.contact_request import ContactRequestStatus
from notifications.log import Changed, Following
from resolvers import stream
from resolvers.contact_reading import Contact, known
from resolvers.context import Context
from resolvers.stream import StreamGap


@dataclass(frozen=True)
class ContactChanged:
    """What a request became at that instant, and the request as it is now."""

    cursor: str
    contact: Contact
    status: ContactRequestStatus
    at: datetime


async def follow(context: Context, after: str | None) -> AsyncGenerator[ContactChanged | StreamGap, None]:
    """Everything since the cursor in order, then what comes."""
    place = stream.Place(STREAM, after)
    reader = context.caller.employer_id if context.caller and context.caller.employer_id else context.account_id

    async def show(event: Changed) -> ContactChanged | None:
        found = await known(context, event.subject)
        status = ContactRequestStatus(event.what)
        return ContactChanged(place.cursor(event.position), found, status, event.at) if found else None

    async with aclosing(stream.follow(context, context.changes, Following(reader, STREAM), place, show)) as events:
        async for event in events:
            yield event
