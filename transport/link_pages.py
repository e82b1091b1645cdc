"""The pages behind the links in mails: which token each takes, and the act its button does."""

from resolvers import account, unsubscription
from resolvers.context import Context
from transport.page import LinkPage


def _confirmation_holds(context: Context, token: str) -> bool:
    return context.links.read_confirm_email(token, context.now()) is not None


def _unsubscription_holds(context: Context, token: str) -> bool:
    return bool(context.links.read_unsubscribe(token))


CONFIRM_EMAIL = LinkPage("confirm_email", _confirmation_holds, account.confirm_email)
UNSUBSCRIBE = LinkPage("unsubscribe", _unsubscription_holds, unsubscription.unsubscribe)
