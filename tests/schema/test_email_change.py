"""Another address for an account: the readers of both agree, or it stays as it was; and nobody learns who has an account."""

import asyncio

import pytest

from models.account_token import EmailChange
from models.language import Language
from tests.conftest import Clock
from tests.schema.mailed import (
    AGREE,
    NEW_PASSWORD,
    RESET,
    agree,
    ask_for_reset,
    change_email,
    codes,
    mailed,
    opens,
    reset,
    stands,
    subjects,
    tokens,
)
from tests.service import PASSWORD, Data, Service, addresses, plain, registration
from tests.snapshot import rows_of
from texts.catalogue import text

OLD, NEW = "old@example.org", "new@example.org"
DONE = {"__typename": "EmailChangeConfirmed", "email": NEW, "done": True}
WAITING = {**DONE, "done": False}


@pytest.fixture
async def session(service: Service) -> str:
    """The access token of a candidate whose address is confirmed."""
    return await service.candidate(OLD)


async def asked(service: Service, session: str, email: str = NEW) -> tuple[str, str]:
    """The links that a request sends to the old address and to the new."""
    assert await change_email(service, session, email) == {"__typename": "EmailChangeRequested", "email": email.lower()}
    return await mailed(service, OLD, AGREE), await mailed(service, email.lower(), AGREE)


async def address_of(service: Service, session: str) -> Data:
    viewer: Data = (await service.ask("{ viewer { email emailConfirmed } }", session))["viewer"]
    return viewer


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_the_address_changes_once_both_readers_have_agreed(service: Service, session: str, order: tuple[int, int]) -> None:
    links = await asked(service, session, "New@Example.org")
    first, second = (links[position] for position in order)
    assert await agree(service, first) == WAITING
    assert await address_of(service, session) == {"email": OLD, "emailConfirmed": True}
    assert await agree(service, second) == DONE
    assert await address_of(service, session) == {"email": NEW, "emailConfirmed": True}
    assert [await opens(service, each, PASSWORD) for each in (OLD, NEW)] == [False, True]


async def test_both_addresses_hear_that_it_is_done(service: Service, session: str) -> None:
    for link in await asked(service, session):
        await agree(service, link)
    await service.work()
    assert text("mail.email_left.subject", Language.EN) in subjects(service, OLD)
    assert text("mail.email_changed.subject", Language.EN) in subjects(service, NEW)


async def test_the_letter_to_the_new_address_names_nobody(service: Service, session: str) -> None:
    await asked(service, session)
    (letter,) = [each for each in service.letters() if NEW in addresses(each)]
    assert letter["To"] == NEW
    assert not any(each in letter.as_string() for each in ("Amina", "Benali", OLD))
    (old,) = [each for each in service.letters() if OLD in addresses(each) and AGREE in plain(each)]
    assert NEW in " ".join(plain(old).split())


async def test_a_link_agrees_once(service: Service, session: str) -> None:
    for link in await asked(service, session):
        assert codes([await agree(service, link) for _ in range(2)]) == {"EmailChangeConfirmed": 1, "LINK_INVALID": 1}


async def test_links_that_are_used_at_once_change_the_address_once(service: Service, session: str) -> None:
    links = await asked(service, session)
    answers = await asyncio.gather(*(agree(service, link) for link in links * 3))
    assert codes(answers) == {"EmailChangeConfirmed": 2, "LINK_INVALID": 4}
    assert sorted(answer["done"] for answer in answers if "done" in answer) == [False, True]
    assert (await address_of(service, session))["email"] == NEW


@pytest.mark.parametrize(("seconds", "answer"), [(86_399, "EmailChangeConfirmed"), (86_400, "LINK_INVALID")])
async def test_a_link_serves_for_a_day_from_when_its_letter_went_out(
    service: Service, session: str, clock: Clock, seconds: float, answer: str
) -> None:
    assert (await change_email(service, session, NEW))["email"] == NEW
    clock.move(hours=2)
    links = await mailed(service, OLD, AGREE), await mailed(service, NEW, AGREE)
    clock.move(seconds=seconds)
    assert codes([await agree(service, link) for link in links]) == {answer: 2}


async def test_the_database_keeps_no_link(service: Service, session: str) -> None:
    links = await asked(service, session)
    kept = str(await rows_of(service.resources.database))
    assert not any(link in kept for link in links)


async def test_an_address_that_was_never_confirmed_is_not_asked(service: Service) -> None:
    """Whoever mistyped the address mends it so: nobody reads the wrong one, or a stranger does."""
    await service.act("registerCandidate", "", **registration(OLD, fileNumber="WAIT1234567"))
    session = await service.sign_in(OLD)
    await change_email(service, session, NEW)
    assert await agree(service, await mailed(service, NEW, AGREE)) == DONE
    assert await address_of(service, session) == {"email": NEW, "emailConfirmed": True}
    await service.work()
    assert subjects(service, OLD) == [text("mail.confirm.subject", Language.EN)]
    assert text("mail.pending.subject", Language.EN) in subjects(service, NEW)


async def test_an_address_that_is_confirmed_in_between_must_agree_and_so_it_is_asked_for_again(
    service: Service, clock: Clock
) -> None:
    await service.act("registerCandidate", "", **registration(OLD))
    session = await service.sign_in(OLD)
    await change_email(service, session, NEW)
    link = await mailed(service, NEW, AGREE)
    await service.confirm(OLD)
    assert await agree(service, link) == WAITING
    assert tokens(service, OLD, AGREE) == []
    clock.move(seconds=1)
    assert [await agree(service, each) for each in await asked(service, session)] == [WAITING, DONE]


async def test_where_another_account_has_the_address_its_reader_is_told_and_nothing_changes(
    service: Service, session: str
) -> None:
    await service.candidate(NEW)
    assert await change_email(service, session, NEW) == {"__typename": "EmailChangeRequested", "email": NEW}
    await service.work()
    assert text("mail.wanted.subject", Language.EN) in subjects(service, NEW)
    assert tokens(service, NEW, AGREE) == []
    assert await agree(service, await mailed(service, OLD, AGREE)) == WAITING
    assert (await address_of(service, session))["email"] == OLD


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_an_address_that_another_account_confirms_in_between_is_not_taken(
    service: Service, session: str, order: tuple[int, int]
) -> None:
    links = await asked(service, session)
    first, second = (links[position] for position in order)
    assert await agree(service, first) == WAITING
    await service.candidate(NEW)
    assert (await agree(service, second))["code"] == "LINK_INVALID"
    assert (await address_of(service, session))["email"] == OLD


async def test_of_two_accounts_that_take_an_address_at_once_one_has_it(service: Service, session: str) -> None:
    sessions = {OLD: session, "other@example.org": await service.candidate("other@example.org")}
    for email, each in sessions.items():
        await change_email(service, each, NEW)
        assert await agree(service, await mailed(service, email, AGREE)) == WAITING
    answers = await asyncio.gather(*(agree(service, link) for link in tokens(service, NEW, AGREE)))
    assert codes(answers) == {"EmailChangeConfirmed": 1, "LINK_INVALID": 1}
    assert sorted([(await address_of(service, each))["email"] == NEW for each in sessions.values()]) == [False, True]


async def test_a_new_request_takes_the_place_of_the_earlier(service: Service, session: str, clock: Clock) -> None:
    earlier = await asked(service, session, "earlier@example.org")
    clock.move(seconds=1)
    links = await asked(service, session)
    assert codes([await agree(service, link) for link in earlier]) == {"LINK_INVALID": 2}
    assert [await agree(service, link) for link in links] == [WAITING, DONE]


async def test_letters_of_an_earlier_request_that_are_still_owed_are_not_sent(service: Service, session: str) -> None:
    await change_email(service, session, "earlier@example.org")
    await asked(service, session)
    assert subjects(service, "earlier@example.org") == []
    assert len(tokens(service, OLD, AGREE)) == 1


async def test_a_change_makes_the_links_of_the_old_address_void(service: Service, session: str) -> None:
    await ask_for_reset(service, OLD)
    forgotten = await mailed(service, OLD, RESET)
    for link in await asked(service, session):
        await agree(service, link)
    assert (await reset(service, forgotten, NEW_PASSWORD))["code"] == "LINK_INVALID"
    assert await stands(service, session)


async def test_wrong_passwords_are_counted_like_those_of_sign_ins(service: Service, session: str) -> None:
    wrong = [await change_email(service, session, NEW, "a wrong password") for _ in range(11)]
    assert codes(wrong) == {"WRONG_PASSWORD": 10, "TOO_MANY_ATTEMPTS": 1}
    assert not await opens(service, OLD, PASSWORD)
    await service.work()
    assert subjects(service, NEW) == []


async def test_an_account_writes_to_strangers_so_often_and_no_oftener(service: Service, session: str, clock: Clock) -> None:
    answers = [await change_email(service, session, f"stranger{number}@example.org") for number in range(6)]
    assert codes(answers) == {"EmailChangeRequested": 5, "TOO_MANY_ATTEMPTS": 1}


async def test_a_stranger_hears_of_several_accounts_so_often_and_no_oftener(service: Service) -> None:
    sessions = [await service.agent(f"agent{number}@example.org") for number in range(3)]
    answers = [await change_email(service, each, NEW) for each in sessions for _ in range(4)]
    assert codes(answers) == {"EmailChangeRequested": 10, "TOO_MANY_ATTEMPTS": 2}


async def test_changes_that_are_long_done_are_forgotten(service: Service, session: str, clock: Clock) -> None:
    for link in await asked(service, session):
        await agree(service, link)
    await service.work()
    clock.move(days=31)
    await change_email(service, await service.sign_in(NEW), OLD)
    assert len((await rows_of(service.resources.database))[EmailChange.__tablename__]) == 1
