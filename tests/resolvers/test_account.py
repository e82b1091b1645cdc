"""Accounts: whoever registers has one, and its address is confirmed by whoever reads the mail sent there, and by nobody else."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from auth.keys import Keys
from auth.links import Links
from errors import NotEligible
from models.account import Account, Role
from models.language import Language
from resolvers.account import agent, confirm_email, is_email, open_account, owe_confirmation
from resolvers.context import Context
from tests.conftest import Clock
from tests.contexts import URL, asking, keep_agent, owed, signed_in

EMAIL = "zoe@example.org"


async def opened(service: Context, email: str = EMAIL) -> Account:
    async with service.database.begin() as session:
        return await open_account(
            session,
            asking(service),
            role=Role.CANDIDATE,
            email=email,
            password_hash="none",
            language=Language.FR,
            time_zone="Africa/Dakar",
        )


def token_for(service: Context, account_id: UUID, email: str = EMAIL) -> str:
    return service.links.confirm_email(account_id, email).rpartition("/")[2]


async def test_a_new_account_owes_a_mail_to_confirm_its_address(service: Context) -> None:
    account = await opened(service)
    assert (account.email, account.time_zone, account.created_at) == (EMAIL, "Africa/Dakar", service.now())
    assert account.email_confirmed_at is None
    assert await owed(service) == [("account.opened", account.id)]


@pytest.mark.parametrize("spelling", [EMAIL, "ZOE@Example.org", " zoe@example.org "])
async def test_of_every_account_that_is_opened_a_letter_is_owed_whoever_has_the_address(service: Context, spelling: str) -> None:
    account = await opened(service)
    await confirm_email(asking(service), token_for(service, account.id))
    another = await opened(service, spelling)
    assert another.email == EMAIL
    assert await owed(service) == [("account.opened", account.id), ("account.opened", another.id)]


async def test_of_two_who_gave_one_address_each_gets_a_link_of_their_own_and_one_confirms(service: Context) -> None:
    strangers, own = await opened(service), await opened(service)
    assert await owed(service) == [("account.opened", strangers.id), ("account.opened", own.id)]
    assert (await confirm_email(asking(service), token_for(service, own.id))).id == own.id
    assert await refused(service, token_for(service, strangers.id)) == "LINK_INVALID"


async def test_of_links_used_at_once_one_confirms(service: Context) -> None:
    accounts = [await opened(service) for _ in range(5)]
    tokens = [token_for(service, account.id) for account in accounts]
    answers = await asyncio.gather(*(confirm_email(asking(service), token) for token in tokens), return_exceptions=True)
    assert len([answer for answer in answers if isinstance(answer, Account)]) == 1
    assert [answer.code for answer in answers if isinstance(answer, NotEligible)] == ["LINK_INVALID"] * 4


async def test_the_letter_that_confirms_is_owed_at_most_once_a_day(service: Context, clock: Clock) -> None:
    account = await opened(service)
    for _ in range(3):
        clock.move(hours=10)
        async with service.database.begin() as session:
            await owe_confirmation(session, asking(service), account.id)
    assert await owed(service) == [("account.opened", account.id), ("account.confirm_email", account.id)]


@pytest.mark.parametrize(
    "email",
    [
        "a@b.ca",
        "zoé.d'amour+emploi@sous.domaine.example.org",
        "名前@例え.テスト",
        "user@xn--bcher-kva.example",
        "हिन्दी@उदाहरण.परीक्षा",
        f"{'x' * 64}@{'y' * 60}.example.org",
    ],
)
def test_an_address_may_be_of_any_writing(email: str) -> None:
    assert is_email(email)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "zoe",
        "@example.org",
        "zoe@",
        "zoe@example",
        "zoe@@example.org",
        "a@b@example.org",
        "zoe@example..org",
        "zoe@.example.org",
        "zoe@example.org.",
        "zoe@-example.org",
        "zoe@exam_ple.org",
        "zoe @example.org",
        "zoe@example.org\nBcc: all@example.org",
        "zoe\x00@example.org",
        "zoe\u200b@example.org",
        "zoe\ud800@example.org",
        "zoe@example.org, ann@example.org",
        "Zoe <zoe@example.org>",
        '"zoe"@example.org',
        "zoe@[127.0.0.1]",
        f"{'x' * 65}@example.org",
        f"zoe@{'y' * 64}.example.org",
        f"zoe@{'y.' * 130}org",
    ],
)
def test_what_no_mail_could_reach_or_would_break_a_mail_is_no_address(email: str) -> None:
    assert not is_email(email)


async def test_the_link_in_the_mail_confirms_the_address_and_does_so_again(service: Context, clock: Clock) -> None:
    account = await opened(service)
    token, confirmed_at = token_for(service, account.id), clock()
    assert (await confirm_email(asking(service), token)).email_confirmed_at == confirmed_at
    clock.move(days=1)
    assert (await confirm_email(asking(service), token)).email_confirmed_at == confirmed_at


async def refused(service: Context, token: str) -> str:
    with pytest.raises(NotEligible) as refusal:
        await confirm_email(asking(service), token)
    return refusal.value.code


async def test_an_old_link_confirms_nothing(service: Context, clock: Clock) -> None:
    account = await opened(service)
    token = token_for(service, account.id)
    clock.move(days=7)
    assert await refused(service, token) == "LINK_INVALID"


async def test_a_link_to_an_address_that_the_account_no_longer_has_confirms_nothing(service: Context) -> None:
    account = await opened(service)
    assert await refused(service, token_for(service, account.id, "other@example.org")) == "LINK_INVALID"
    assert await refused(service, token_for(service, uuid4())) == "LINK_INVALID"


async def test_forged_cut_off_and_other_links_confirm_nothing(service: Context) -> None:
    account = await opened(service)
    forged = Links(Keys(["another secret"]), URL, service.now).confirm_email(account.id, EMAIL).rpartition("/")[2]
    unsubscribe = service.links.unsubscribe(account.id).rpartition("/")[2]
    for token in (forged, unsubscribe, token_for(service, account.id)[:-4], "", "\ud800", "x" * 100_000):
        assert await refused(service, token) == "LINK_INVALID"
    async with service.database.read() as session:
        assert (await session.get_one(Account, account.id)).email_confirmed_at is None


async def test_agents_know_agents_and_nobody_else_does(service: Context) -> None:
    known = await keep_agent(service)
    colleague = (await signed_in(service, "agent@example.org")).caller
    found = await agent(asking(service, colleague), known)
    assert found is not None
    assert found[1].name == "Agnès Tremblay"
    assert await agent(asking(service, colleague), uuid4()) is None
    assert await agent(asking(service), known) is None
    assert await agent(asking(service, replace(colleague, role=Role.CANDIDATE, account_id=uuid4())), known) is None
