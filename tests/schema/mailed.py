"""What clients do about passwords and addresses, and the links that come of it by mail. Not a test itself."""

from collections import Counter
from collections.abc import Iterable

from errors import NotAllowed
from tests.service import PASSWORD, Data, Service, addresses, plain

RESET, AGREE = "/reset-password/", "/confirm-email-change/"
NEW_PASSWORD = "another correct horse battery"
AT = {"resetPassword": "... on PasswordReset { at }", "changePassword": "... on PasswordChanged { at }"}


def tokens(service: Service, email: str, page: str) -> list[str]:
    """Of the links to that page in the mails to an address, oldest first."""
    letters = [plain(each) for each in service.letters() if email in addresses(each)]
    return [each.split(page)[1].split()[0] for each in letters if page in each]


async def mailed(service: Service, email: str, page: str) -> str:
    """The newest one, once all that is owed has been sent."""
    await service.work()
    return tokens(service, email, page)[-1]


def subjects(service: Service, email: str) -> list[str]:
    return [str(each["Subject"]) for each in service.letters() if email in addresses(each)]


async def ask_for_reset(service: Service, email: str) -> Data:
    return await service.act("requestPasswordReset", "... on PasswordResetRequested { email }", email=email)


async def reset(service: Service, token: str, password: str = NEW_PASSWORD) -> Data:
    return await service.act("resetPassword", AT["resetPassword"], token=token, password=password)


async def change(service: Service, token: str, current: str = PASSWORD, new: str = NEW_PASSWORD) -> Data:
    return await service.act("changePassword", AT["changePassword"], token, currentPassword=current, newPassword=new)


async def change_email(service: Service, token: str, email: str, password: str = PASSWORD) -> Data:
    return await service.act("changeEmail", "... on EmailChangeRequested { email }", token, email=email, password=password)


async def agree(service: Service, token: str) -> Data:
    return await service.act("confirmEmailChange", "... on EmailChangeConfirmed { email done }", token=token)


async def opens(service: Service, email: str, password: str) -> bool:
    """Whether the password opens a session."""
    answer = await service.act("signIn", "... on Session { accessToken }", email=email, password=password)
    return str(answer["__typename"]) == "Session"


async def stands(service: Service, token: str) -> bool:
    """Whether the session of an access token goes on."""
    try:
        return (await service.ask("{ viewer { id } }", token))["viewer"] is not None
    except NotAllowed as refused:
        return refused.code != "SESSION_ENDED"


def codes(answers: Iterable[Data]) -> dict[str, int]:
    """How many answers there are of each kind: the code of a refusal, or the type of a success."""
    return dict(Counter(str(each.get("code") or each["__typename"]) for each in answers))
