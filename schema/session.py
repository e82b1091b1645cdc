"""Sessions in the API: signing in, staying signed in, signing out."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import strawberry

from resolvers import session as resolvers
from schema.account import Account, account_of
from schema.fields import Info, doc, mutation
from schema.refusals import InvalidInput, LimitReached, NotEligible


@strawberry.type(description="One sign-in on one device.")
class Session:
    access_token: str = doc("Sent as `Authorization: Bearer …`, or as connectionParams.authorization on a WebSocket.")
    expires_at: datetime = doc("When the access token stops working: ten minutes after it was made.")
    refresh_token: str = doc("Serves once, within thirty days, to get the next tokens. Keep it where nobody else reads.")
    account: Account = doc("Who is signed in.")


@strawberry.type(description="The session has ended, on every device and socket that used its tokens.")
class SignedOut:
    at: datetime = doc("When.")


@strawberry.input(description="Who signs in.")
class SignInInput:
    email: str = doc("In any case.")
    password: str = doc("As it was chosen.")


@strawberry.input(description="The session to keep alive.")
class RefreshSessionInput:
    refresh_token: str = doc("The newest one: each serves once.")


SignInResult = Annotated[
    Session | InvalidInput | NotEligible | LimitReached,
    strawberry.union("SignInResult", description="The new session, or why there is none."),
]
RefreshSessionResult = Annotated[
    Session | NotEligible,
    strawberry.union("RefreshSessionResult", description="The session with its next tokens, or why it has none."),
]
SignOutResult = Annotated[
    SignedOut | NotEligible,
    strawberry.union("SignOutResult", description="The end of the session, or why there was none to end."),
]


async def _session(info: Info, signed_in: resolvers.SignedIn) -> Session:
    as_signed_in = replace(info.context, caller=signed_in.caller)
    return Session(
        access_token=signed_in.access_token,
        expires_at=signed_in.expires_at,
        refresh_token=signed_in.refresh_token,
        account=await account_of(as_signed_in),
    )


@strawberry.type
class SessionMutation:
    @mutation
    async def sign_in(self, info: Info, input: SignInInput) -> SignInResult:
        """Opens a session. One to a request; after ten wrong ones in five minutes, for one account or from one network,
        none is opened for a while."""
        return await _session(info, await resolvers.sign_in(info.context, input.email, input.password))

    @mutation
    async def refresh_session(self, info: Info, input: RefreshSessionInput) -> RefreshSessionResult:
        """Gives the next tokens of a session. A refresh token that is used again ends its session: somebody has a copy."""
        return await _session(info, await resolvers.refresh(info.context, input.refresh_token))

    @mutation
    async def sign_out(self, info: Info) -> SignOutResult:
        """Ends the session of the access token that came with the request."""
        return SignedOut(at=await resolvers.sign_out(info.context))
