"""Another address for an account, in the API: asked for, and agreed to at both addresses."""

from typing import Annotated

import strawberry

from resolvers import email_change as resolvers
from schema.fields import Info, doc, mutation
from schema.refusals import InvalidInput, LimitReached, NotEligible


@strawberry.type(description="The request was taken. It tells nothing of whether another account has the address.")
class EmailChangeRequested:
    email: str = doc("The address to be, in lower case.")


@strawberry.type(description="The reader of one of the two addresses has agreed.")
class EmailChangeConfirmed:
    email: str = doc("The address to be, in lower case.")
    done: bool = doc("Whether it is the account's now: not while the reader of the other address has not agreed.")


@strawberry.input(description="The address to be.")
class ChangeEmailInput:
    email: str = doc("Where to write to from then on.")
    password: str = doc("The caller's, as it was chosen.")


@strawberry.input(description="The proof that a mail was read.")
class ConfirmEmailChangeInput:
    token: str = doc("The last part of the link in the mail.")


ChangeEmailResult = Annotated[
    EmailChangeRequested | InvalidInput | NotEligible | LimitReached,
    strawberry.union("ChangeEmailResult", description="That letters go to both addresses, or why none do."),
]
ConfirmEmailChangeResult = Annotated[
    EmailChangeConfirmed | NotEligible,
    strawberry.union("ConfirmEmailChangeResult", description="How far the change is, or why the link does nothing."),
]


@strawberry.type
class EmailChangeMutation:
    @mutation
    async def change_email(self, info: Info, input: ChangeEmailInput) -> ChangeEmailResult:
        """Asks for another address, in place of what was asked for before. A letter with a link goes to the new address, and
        one to the old if that is confirmed: the address changes once `confirmEmailChange` was done for each. Nobody learns
        here whether the new address has an account; if so, its reader is told and nothing changes."""
        return EmailChangeRequested(email=await resolvers.request(info.context, input.email, input.password))

    @mutation
    async def confirm_email_change(self, info: Info, input: ConfirmEmailChangeInput) -> ConfirmEmailChangeResult:
        """Agrees to a change of address by the link that was mailed. A link serves once, within 24 hours."""
        agreement = await resolvers.agree(info.context, input.token)
        return EmailChangeConfirmed(email=agreement.email, done=agreement.done)
