"""The live stream of contact requests in the API."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Annotated

import strawberry

from models.contact_request import ContactRequestStatus
from models.language import Language
from resolvers import contact_changes, stream
from schema.contact_request import ContactRequest
from schema.fields import Info, argument, doc, subscription
from schema.scalars import Cursor
from schema.stream import StreamGap


@strawberry.type(description="A contact request came, was answered or has ended.")
class ContactRequestChanged:
    cursor: Cursor = doc("Its place in the stream: give it back to go on from here.")
    contact_request: ContactRequest = doc("The request as it is now.")
    status: ContactRequestStatus = doc("What it became.")
    at: datetime = doc("When.")


ContactRequestEventMessage = Annotated[
    ContactRequestChanged | StreamGap,
    strawberry.union("ContactRequestEventMessage", description="What the stream of contact requests gives."),
]


def _event(event: contact_changes.ContactChanged | stream.StreamGap, language: Language) -> ContactRequestChanged | StreamGap:
    if isinstance(event, stream.StreamGap):
        return StreamGap.of(event)
    return ContactRequestChanged(
        cursor=Cursor(event.cursor),
        contact_request=ContactRequest.of(event.contact, language),
        status=event.status,
        at=event.at,
    )


@strawberry.type
class ContactRequestSubscription:
    @subscription
    async def contact_request_changes(
        self, info: Info, after: Annotated[Cursor | None, argument("Of the last event received.")] = None
    ) -> AsyncGenerator[ContactRequestEventMessage, None]:
        """Changes of the caller's contact requests: those to the candidate, or those of the employer. `after` resumes; so does
        connectionParams.lastCursor. On one connection nothing is sent again."""
        async for event in contact_changes.follow(info.context, after):
            yield _event(event, info.context.language)
