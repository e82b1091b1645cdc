"""Unsubscribing by the link of a mail, without signing in."""

from typing import Annotated

import strawberry

from resolvers import unsubscription as resolvers
from schema.fields import Info, doc, mutation
from schema.refusals import NotFound


@strawberry.type(description="No more mails of that alert.")
class Unsubscribed:
    alert_name: str | None = doc("The name of the alert; null when it is gone.")


@strawberry.input(description="The link of a mail.")
class UnsubscribeInput:
    token: str = doc("The last part of the link.")


UnsubscribeResult = Annotated[
    Unsubscribed | NotFound,
    strawberry.union("UnsubscribeResult", description="That the mails stop, or that the link is not one of ours."),
]


@strawberry.type
class UnsubscriptionMutation:
    @mutation
    async def unsubscribe(self, info: Info, input: UnsubscribeInput) -> UnsubscribeResult:
        """Pauses the alert of a mail at once. Needs no sign-in, and may be done twice."""
        return Unsubscribed(alert_name=await resolvers.unsubscribe(info.context, input.token))
