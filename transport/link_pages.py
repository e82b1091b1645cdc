"""The pages behind the links in mails: which token each takes, and the act its button does. Those that ask for a password are
in transport.password_page."""

from resolvers import account, email_change, unsubscription
from resolvers.context import Context
from transport.page import LinkPage


async def _confirmation_holds(context: Context, token: str) -> bool:
    return context.links.read_confirm_email(token, context.now()) is not None


async def _confirm(context: Context, token: str) -> str:
    await account.confirm_email(context, token)
    return "done"


async def _unsubscription_holds(context: Context, token: str) -> bool:
    return bool(context.links.read_unsubscribe(token) or context.links.read_unsubscribe_all(token))


async def _unsubscribe(context: Context, token: str) -> str:
    await unsubscription.unsubscribe(context, token)
    return "done"


async def _agree(context: Context, token: str) -> str:
    """The reader of one address may have to wait for that of the other."""
    agreement = await email_change.agree(context, token)
    return "done" if agreement.done else "waiting"


CONFIRM_EMAIL = LinkPage("confirm_email", _confirmation_holds, _confirm)
UNSUBSCRIBE = LinkPage("unsubscribe", _unsubscription_holds, _unsubscribe)
CONFIRM_EMAIL_CHANGE = LinkPage("confirm_email_change", email_change.agreement_serves, _agree)
