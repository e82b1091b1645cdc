"""Passwords: forgotten ones are set anew by whoever reads the mail, others by whoever knows the old one, and by nobody else."""

import asyncio

import pytest
from sqlalchemy import select

from models.account_token import AccountToken, token_hash
from models.language import Language
from models.outbox import OutboxEntry
from tests.conftest import Clock
from tests.schema.mailed import (
    NEW_PASSWORD,
    RESET,
    ask_for_reset,
    change,
    codes,
    mailed,
    opens,
    reset,
    stands,
    subjects,
    tokens,
)
from tests.service import PASSWORD, Service, plain, registration
from tests.snapshot import rows_of, written
from tests.statements import statements
from texts.catalogue import text

EMAIL = "agent@example.org"


@pytest.fixture
async def session(service: Service) -> str:
    """The access token of the account whose password is at stake."""
    return await service.agent(EMAIL)


async def test_a_forgotten_password_is_set_anew_by_the_link_and_every_session_ends(service: Service, session: str) -> None:
    other_device = await service.sign_in(EMAIL)
    assert await ask_for_reset(service, " Agent@Example.ORG ") == {"__typename": "PasswordResetRequested", "email": EMAIL}
    done = await reset(service, await mailed(service, EMAIL, RESET))
    assert done["__typename"] == "PasswordReset"
    assert [await stands(service, each) for each in (session, other_device)] == [False, False]
    assert [await opens(service, EMAIL, each) for each in (PASSWORD, NEW_PASSWORD)] == [False, True]
    await service.work()
    assert text("mail.password_changed.subject", Language.FR) in subjects(service, EMAIL)


async def test_a_link_sets_one_password_and_no_second(service: Service, session: str) -> None:
    await ask_for_reset(service, EMAIL)
    token = await mailed(service, EMAIL, RESET)
    assert (await reset(service, token))["__typename"] == "PasswordReset"
    assert (await reset(service, token, "yet another battery staple"))["code"] == "LINK_INVALID"
    assert await opens(service, EMAIL, NEW_PASSWORD)


async def test_of_a_link_that_is_used_several_times_at_once_one_use_counts(service: Service, session: str) -> None:
    await ask_for_reset(service, EMAIL)
    token = await mailed(service, EMAIL, RESET)
    typed = [f"correct horse number {number}" for number in range(5)]
    answers = await asyncio.gather(*(reset(service, token, each) for each in typed))
    assert codes(answers) == {"PasswordReset": 1, "LINK_INVALID": 4}
    won = next(each for each, answer in zip(typed, answers, strict=True) if "code" not in answer)
    assert await opens(service, EMAIL, won)


async def test_the_link_that_is_used_makes_the_others_void(service: Service, session: str) -> None:
    for _ in range(2):
        await ask_for_reset(service, EMAIL)
    await service.work()
    first, second = tokens(service, EMAIL, RESET)
    assert first != second
    assert codes([await reset(service, each) for each in (second, first)]) == {"PasswordReset": 1, "LINK_INVALID": 1}


@pytest.mark.parametrize(("seconds", "answer"), [(1799, "PasswordReset"), (1800, "LINK_INVALID")])
async def test_a_link_serves_for_thirty_minutes_from_when_its_letter_went_out(
    service: Service, session: str, clock: Clock, seconds: float, answer: str
) -> None:
    await ask_for_reset(service, EMAIL)
    clock.move(hours=3)
    token = await mailed(service, EMAIL, RESET)
    clock.move(seconds=seconds)
    assert codes([await reset(service, token)]) == {answer: 1}


async def test_a_refused_password_leaves_the_link_as_it_is(service: Service, session: str) -> None:
    await ask_for_reset(service, EMAIL)
    token = await mailed(service, EMAIL, RESET)
    for password in ("too short", "x" * 201):
        assert (await reset(service, token, password))["fields"][0]["code"] == "PASSWORD_LENGTH"
    assert (await reset(service, token))["__typename"] == "PasswordReset"


async def test_the_database_keeps_the_hash_of_a_link_and_never_the_link(service: Service, session: str) -> None:
    database = service.resources.database
    await ask_for_reset(service, EMAIL)
    async with database.read() as reading:
        (entry,) = await reading.scalars(select(OutboxEntry))
    owed = str(await rows_of(database))
    token = await mailed(service, EMAIL, RESET)
    assert entry.kind == "account.reset_password"
    assert token not in owed
    assert token not in str(await rows_of(database))
    async with database.read() as reading:
        (row,) = await reading.scalars(select(AccountToken))
    assert row.token_hash == token_hash(token) != token
    assert len(token) == 43


async def test_an_address_is_answered_alike_and_costs_the_same_whatever_there_is_at_it(service: Service, session: str) -> None:
    await service.act("registerCandidate", "", **registration("claimed@example.org"))
    await service.work()
    costs = []
    for email in (EMAIL, "claimed@example.org", "nobody@example.org", "claimed@example.org"):
        before = await rows_of(service.resources.database)
        with statements(service) as asked:
            assert await ask_for_reset(service, email) == {"__typename": "PasswordResetRequested", "email": email}
        new = written(before, await rows_of(service.resources.database))
        assert {table: len(rows) for table, rows in new.items()} == {"attempt": 3, "outbox": 1}
        costs.append(asked)
        await service.work()
    assert costs[0] == costs[1] == costs[2]
    assert set(costs[3]) == set(costs[0]), "it had its letter today: it is looked up and counted a second time, as nobody's"


async def test_an_address_that_is_only_claimed_gets_the_letter_that_confirms_it_once_a_day(
    service: Service, clock: Clock
) -> None:
    address, confirm = "claimed@example.org", "/confirm-email/"
    for _ in range(2):
        await service.act("registerCandidate", "", **registration(address))
        clock.move(minutes=1)
    await service.work()
    assert len(tokens(service, address, confirm)) == 2
    clock.move(days=1)
    for _ in range(3):
        await ask_for_reset(service, address)
        await service.work()
    await ask_for_reset(service, "nobody@example.org")
    await service.work()
    assert len(tokens(service, address, confirm)) == 3
    assert tokens(service, address, RESET) == tokens(service, "nobody@example.org", RESET) == []
    newest = await service.act("confirmEmail", "... on EmailConfirmed { email }", token=tokens(service, address, confirm)[-1])
    assert newest == {"__typename": "EmailConfirmed", "email": address}


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
async def test_letters_are_asked_for_so_often_and_no_oftener(service: Service, session: str, clock: Clock, email: str) -> None:
    answers = [await ask_for_reset(service, email) for _ in range(6)]
    assert codes(answers) == {"PasswordResetRequested": 5, "TOO_MANY_ATTEMPTS": 1}
    clock.move(hours=1)
    assert codes([await ask_for_reset(service, email)]) == {"PasswordResetRequested": 1}


async def test_the_letter_with_the_link_names_nobody(service: Service) -> None:
    await service.candidate("amina@example.org")
    await ask_for_reset(service, "amina@example.org")
    await service.work()
    (letter,) = [each for each in service.letters() if RESET in plain(each)]
    assert letter["Subject"] == text("mail.reset.subject", Language.EN)
    assert letter["To"] == "amina@example.org"
    assert "Amina" not in plain(letter)


async def test_whoever_knows_the_password_changes_it_and_stays_signed_in_here_alone(service: Service, session: str) -> None:
    other_device = await service.sign_in(EMAIL)
    await ask_for_reset(service, EMAIL)
    link = await mailed(service, EMAIL, RESET)
    assert (await change(service, session))["__typename"] == "PasswordChanged"
    assert [await stands(service, each) for each in (session, other_device)] == [True, False]
    assert [await opens(service, EMAIL, each) for each in (PASSWORD, NEW_PASSWORD)] == [False, True]
    assert (await reset(service, link))["code"] == "LINK_INVALID"
    await service.work()
    assert text("mail.password_changed.subject", Language.FR) in subjects(service, EMAIL)


async def test_accounts_of_every_role_change_their_password(service: Service, session: str) -> None:
    candidate = await service.candidate("amina@example.org")
    member = await service.employer("rh@example.org", "1143920115", session)
    assert codes([await change(service, each) for each in (candidate, member, session)]) == {"PasswordChanged": 3}


async def test_wrong_passwords_are_counted_like_those_of_sign_ins(service: Service, session: str, clock: Clock) -> None:
    wrong = [await change(service, session, "a wrong password") for _ in range(6)]
    wrong += [await service.act("signIn", "", email=EMAIL, password="a wrong password") for _ in range(4)]
    assert codes(wrong) == {"WRONG_PASSWORD": 6, "WRONG_CREDENTIALS": 4}
    assert codes([await change(service, session)]) == {"TOO_MANY_ATTEMPTS": 1}
    assert not await opens(service, EMAIL, PASSWORD)
    clock.move(minutes=5, seconds=1)
    assert codes([await change(service, session)]) == {"PasswordChanged": 1}


async def test_of_changes_at_once_one_is_done(service: Service, session: str) -> None:
    answers = await asyncio.gather(*(change(service, session, new=f"correct horse number {n}") for n in range(5)))
    assert codes(answers) == {"PasswordChanged": 1, "WRONG_PASSWORD": 4}


async def test_nobody_comes_in_by_the_old_password_while_it_is_changed(service: Service, session: str) -> None:
    signing_in = [service.act("signIn", "... on Session { accessToken }", email=EMAIL, password=PASSWORD) for _ in range(8)]
    *answers, changed = await asyncio.gather(*signing_in[:4], *signing_in[4:], change(service, session))
    assert changed["__typename"] == "PasswordChanged"
    opened = [answer["accessToken"] for answer in answers if "accessToken" in answer]
    assert [await stands(service, each) for each in opened] == [False] * len(opened)


async def test_a_request_changes_one_password(service: Service, session: str) -> None:
    entered = f'input: {{currentPassword: "a wrong password", newPassword: "{NEW_PASSWORD}"}}'
    twice = " ".join(f"{alias}: changePassword({entered}) {{ ... on Refusal {{ code }} }}" for alias in "ab")
    answer = await service.ask(f"mutation {{ {twice} }}", session)
    assert answer == {"a": {"code": "WRONG_PASSWORD"}, "b": {"code": "ONE_ACCOUNT_ACT"}}
