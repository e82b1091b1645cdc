"""Unsubscribing by the link of a mail, without signing in."""

from typing import Annotated

import strawberry

from resolvers import unsubscription as resolvers
from schema.fields import Info, doc, mutation
from schema.refusals import NotEligible


@strawberry.type(description="No more mails of that alert, or of those alerts.")
class Unsubscribed:
    alert_name: str | None = doc("The name of the alert, or the names of all of them on one line; null when they are gone.")


@strawberry.input(description="The link of a mail.")
class UnsubscribeInput:
    token: str = doc("The last part of the link.")


UnsubscribeResult = Annotated[
    Unsubscribed | NotEligible,
    strawberry.union("UnsubscribeResult", description="That the mails stop, or that the link is not one of ours."),
]


@strawberry.type
class UnsubscriptionMutation:
    @mutation
    async def unsubscribe(self, info: Info, input: UnsubscribeInput) -> UnsubscribeResult:
        """Pauses the alert of a link in a mail at once, or all alerts of a mail by the link in its header. Needs no sign-in,
        and may be done twice."""
        return Unsubscribed(alert_name=", ".join(await resolvers.unsubscribe(info.context, input.token)) or None)
