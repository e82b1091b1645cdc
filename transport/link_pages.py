"""The pages behind the links in mails: which token each takes, and the act its button does. Those that ask for a password are
in transport.password_page."""

from collections.abc import Sequence

from errors import NotEligible
from resolvers import account, email_change, unsubscription
from resolvers.context import Context
from transport.page import LinkPage


async def _confirms(context: Context, token: str) -> Sequence[str]:
    if context.links.read_confirm_email(token, context.now()) is None:
        raise NotEligible("LINK_INVALID")
    return ()


async def _confirm(context: Context, token: str) -> str:
    await account.confirm_email(context, token)
    return "done"


async def _unsubscribe(context: Context, token: str) -> str:
    await unsubscription.unsubscribe(context, token)
    return "done"


async def _agrees(context: Context, token: str) -> Sequence[str]:
    if not await email_change.agreement_serves(context, token):
        raise NotEligible("LINK_INVALID")
    return ()


async def _agree(context: Context, token: str) -> str:
    """The reader of one address may have to wait for that of the other."""
    agreement = await email_change.agree(context, token)
    return "done" if agreement.done else "waiting"


CONFIRM_EMAIL = LinkPage("confirm_email", _confirms, _confirm)
UNSUBSCRIBE = LinkPage("unsubscribe", unsubscription.concerned, _unsubscribe)
CONFIRM_EMAIL_CHANGE = LinkPage("confirm_email_change", _agrees, _agree)
