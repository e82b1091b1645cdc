"""Accounts in the API: what every account has, whatever its role, and who the caller is."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Self
from uuid import UUID

import strawberry

import schema.codes  # noqa: F401 - makes Language known to GraphQL, before the first type that has it
from errors import NotAllowed
from models import account as models
from models import agent as agents
from models.calendar import Weekday
from models.language import Language
from resolvers import account as resolvers
from resolvers.context import Context
from schema.fields import Info, doc, mutation, query
from schema.node import Node, global_id, loads
from schema.refusals import NotEligible

strawberry.enum(Weekday, description="A day of the week.")


@strawberry.interface(description="Whoever can sign in.")
class Account:
    id: strawberry.ID = doc("Opaque, and the same for good.")
    email: str = doc("Where the service writes to. In lower case.")
    language: Language = doc("The language of what the service writes.")
    time_zone: str = doc("IANA name, such as America/Toronto.")
    mail_hour: int = doc("The hour of the day, in that time zone, at which daily and weekly mails go out: 0 to 23.")
    mail_weekday: Weekday = doc("The day on which weekly mails go out.")
    email_problem: str | None = doc(
        "Why no alert is sent to the address any more: a stable code. `updateAccount(resumeEmail: true)` tries again."
    )
    email_confirmed: bool = doc("Whether the link in the confirmation mail was used.")


AccountLoader = Callable[[Context], Awaitable[Account]]
ACCOUNTS: dict[models.Role, AccountLoader] = {}
"""How the caller's own account is read, for each role."""


def reads_own(role: models.Role) -> Callable[[AccountLoader], AccountLoader]:
    """Registers the function that reads the account of a context's caller, for callers of that role."""

    def register(loader: AccountLoader) -> AccountLoader:
        ACCOUNTS[role] = loader
        return loader

    return register


async def account_of(context: Context) -> Account:
    """The account of the context's caller. Raises NotAllowed when nobody is signed in."""
    if context.caller is None:
        raise NotAllowed("SIGN_IN_REQUIRED")
    return await ACCOUNTS[context.caller.role](context)


@strawberry.type(description="An agent of the service.")
class Agent(Node, Account):
    name: str = doc("As other agents know the agent.")

    @classmethod
    def of(cls, account: models.Account, agent: agents.Agent) -> Self:
        return cls(
            id=global_id("Agent", account.id),
            email=account.email,
            language=account.language,
            time_zone=account.time_zone,
            mail_hour=account.mail_hour,
            mail_weekday=account.mail_weekday,
            email_problem=account.email_stopped,
            email_confirmed=account.email_confirmed_at is not None,
            name=agent.name,
        )


@loads("Agent")
async def load_agent(info: Info, key: UUID) -> Agent | None:
    found = await resolvers.agent(info.context, key)
    return Agent.of(*found) if found else None


@reads_own(models.Role.AGENT)
async def _own_agent(context: Context) -> Agent:
    found = await resolvers.agent(context, context.account_id)
    if found is None:
        raise NotAllowed("SESSION_ENDED")
    return Agent.of(*found)


@strawberry.type(description="The address is known to be read by the owner of the account.")
class EmailConfirmed:
    email: str = doc("The address that was confirmed.")


@strawberry.input(description="The proof that a mail was read.")
class ConfirmEmailInput:
    token: str = doc("The last part of the link in the mail.")


ConfirmEmailResult = Annotated[
    EmailConfirmed | NotEligible,
    strawberry.union("ConfirmEmailResult", description="The confirmed address, or why it was not confirmed."),
]


@strawberry.type
class AccountMutation:
    @mutation
    async def confirm_email(self, info: Info, input: ConfirmEmailInput) -> ConfirmEmailResult:
        """Confirms the address of an account by the link that was mailed to it. A link serves for seven days; used again,
        it confirms again."""
        account = await resolvers.confirm_email(info.context, input.token)
        return EmailConfirmed(email=account.email)


@strawberry.type
class AccountQuery:
    @query
    async def viewer(self, info: Info) -> Account | None:
        """Who is asking; null when nobody is signed in."""
        return None if info.context.caller is None else await account_of(info.context)
