"""The live stream of applications in the API."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from models.language import Language
from resolvers import application_changes, stream
from schema.application import Application, ApplicationEvent
from schema.fields import Info, argument, doc, subscription
from schema.scalars import Cursor
from schema.stream import StreamGap


@strawberry.type(description="An application came, or has taken a step.")
class ApplicationChanged:
    cursor: Cursor = doc("Its place in the stream: give it back to go on from here.")
    application: Application = doc("The application as it is now.")
    event: ApplicationEvent = doc("The step.")


ApplicationEventMessage = Annotated[
    ApplicationChanged | StreamGap,
    strawberry.union("ApplicationEventMessage", description="What the stream of applications gives."),
]


def _event(
    event: application_changes.ApplicationChanged | stream.StreamGap, language: Language
) -> ApplicationChanged | StreamGap:
    if isinstance(event, stream.StreamGap):
        return StreamGap.of(event)
    return ApplicationChanged(
        cursor=Cursor(event.cursor),
        application=Application.of(event.sent, language),
        event=ApplicationEvent.of(event.step, event.sent, language),
    )


@strawberry.type
class ApplicationSubscription:
    @subscription
    async def application_changes(
        self, info: Info, after: Annotated[Cursor | None, argument("Of the last event received.")] = None
    ) -> AsyncGenerator[ApplicationEventMessage, None]:
        """Changes of the caller's applications: the candidate's, or those to the employer's offers. `after` resumes; so does
        connectionParams.lastCursor. On one connection nothing is sent again."""
        async for event in application_changes.follow(info.context, after):
            yield _event(event, info.context.language)
