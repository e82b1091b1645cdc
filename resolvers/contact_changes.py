"""The live stream of what becomes of contact requests: of those to the caller, or of those of the caller's employer."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime

from models.contact import STREAM
from models.contact_request import ContactRequestStatus
from notifications.log import Changed
from resolvers.contact_reading import Contact, known
from resolvers.context import Context
from resolvers.stream import StreamGap, follow_changes


@dataclass(frozen=True)
class ContactChanged:
    """What a request became at that instant, and the request as it is now."""

    cursor: str
    contact: Contact
    status: ContactRequestStatus
    at: datetime


def follow(context: Context, after: str | None) -> AsyncGenerator[ContactChanged | StreamGap, None]:
    """Everything since the cursor in order, then what comes."""

    async def show(cursor: str, event: Changed) -> ContactChanged | None:
        found = await known(context, event.subject)
        return ContactChanged(cursor, found, ContactRequestStatus(event.what), event.at) if found else None

    return follow_changes(context, STREAM, after, show)
