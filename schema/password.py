"""Passwords in the API: forgotten, set anew by a link, changed."""

from datetime import datetime
from typing import Annotated

import strawberry

from resolvers import password as resolvers
from schema.fields import Info, doc, mutation
from schema.refusals import InvalidInput, LimitReached, NotEligible


@strawberry.type(description="The request was taken. It tells nothing of whether there is an account.")
class PasswordResetRequested:
    email: str = doc("Where a letter goes, if the address is that of an account. In lower case.")


@strawberry.type(description="The password was set anew. Every session of the account has ended.")
class PasswordReset:
    at: datetime = doc("When.")


@strawberry.type(description="The password was changed. Every other session of the account has ended.")
class PasswordChanged:
    at: datetime = doc("When.")


@strawberry.input(description="Who has forgotten a password.")
class RequestPasswordResetInput:
    email: str = doc("The address of the account, in any case.")


@strawberry.input(description="The proof that a mail was read, and the new password.")
class ResetPasswordInput:
    token: str = doc("The last part of the link in the mail.")
    password: str = doc("The new one: 12 to 200 characters, of any kind.")


@strawberry.input(description="The caller's password and the new one.")
class ChangePasswordInput:
    current_password: str = doc("As it was chosen.")
    new_password: str = doc("12 to 200 characters, of any kind.")


RequestPasswordResetResult = Annotated[
    PasswordResetRequested | InvalidInput | LimitReached,
    strawberry.union("RequestPasswordResetResult", description="That the request was taken, or why it was not."),
]
ResetPasswordResult = Annotated[
    PasswordReset | InvalidInput | NotEligible | LimitReached,
    strawberry.union("ResetPasswordResult", description="That the new password holds, or why it does not."),
]
ChangePasswordResult = Annotated[
    PasswordChanged | InvalidInput | NotEligible | LimitReached,
    strawberry.union("ChangePasswordResult", description="That the new password holds, or why the old one stands."),
]


@strawberry.type
class PasswordMutation:
    @mutation
    async def request_password_reset(self, info: Info, input: RequestPasswordResetInput) -> RequestPasswordResetResult:
        """Asks for a letter with a link, for `resetPassword`. The answer is the same whether the address is known or not; an
        address that is not confirmed gets the letter that confirms it instead, at most once a day."""
        return PasswordResetRequested(email=await resolvers.request_reset(info.context, input.email))

    @mutation
    async def reset_password(self, info: Info, input: ResetPasswordInput) -> ResetPasswordResult:
        """Sets a new password by the link that was mailed. A link serves once, within thirty minutes. Every session of the
        account ends, and a letter says that the password was changed."""
        return PasswordReset(at=await resolvers.reset(info.context, input.token, input.password))

    @mutation
    async def change_password(self, info: Info, input: ChangePasswordInput) -> ChangePasswordResult:
        """Sets a new password for the caller. Every other session of the account ends, and a letter says that the password
        was changed. Wrong passwords are counted like those of signIn."""
        at = await resolvers.change(info.context, input.current_password, input.new_password)
        return PasswordChanged(at=at)
