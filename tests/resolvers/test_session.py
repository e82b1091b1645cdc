"""Signing in and out: nobody learns which part was wrong, nobody guesses for long, and what is over is over at once."""

import asyncio
from datetime import timedelta

import pytest

from errors import Invalid, LimitReached, NotAllowed, NotEligible, Refused
from models.account import Role
from models.attempt import Attempt
from models.candidate import RegistrationStatus
from models.sign_in_session import SignInSession
from resolvers.context import Context
from resolvers.session import refresh, sign_in, sign_out
from tests.conftest import Clock
from tests.contexts import PASSWORD, asking, count, ended, keep_agent, keep_candidate, signed_in, who

EMAIL = "agent@example.org"


@pytest.fixture(autouse=True)
async def agent(service: Context) -> None:
    await keep_agent(service, EMAIL)


async def refusal(service: Context, email: str, password: str = PASSWORD, address: str = "203.0.113.7") -> Refused:
    with pytest.raises(Refused) as refused:
        await sign_in(asking(service, address=address), email, password)
    return refused.value


async def test_the_right_password_opens_a_session(service: Context) -> None:
    signed = await signed_in(service, EMAIL)
    assert signed.expires_at == service.now() + timedelta(minutes=10)
    assert signed.caller.role is Role.AGENT
    assert await who(service, signed) == signed.caller


@pytest.mark.parametrize("typed", ["Agent@Example.ORG", "  agent@example.org "])
async def test_an_address_is_read_in_any_case(service: Context, typed: str) -> None:
    assert (await signed_in(service, typed)).caller.role is Role.AGENT


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "correct horse battery stable"),
        (EMAIL, ""),
        (EMAIL, "\ud800" * 12),
        ("nobody@example.org", PASSWORD),
        ("agent@example.org\x00", PASSWORD),
        ("\ud800@example.org", PASSWORD),
        ("' or 1=1 --", PASSWORD),
        ("", ""),
    ],
)
async def test_whatever_is_wrong_is_told_in_the_same_words(service: Context, email: str, password: str) -> None:
    refused = await refusal(service, email, password)
    assert (type(refused), refused.code, refused.facts) == (NotEligible, "WRONG_CREDENTIALS", {})
    assert await count(service, SignInSession) == 0


async def test_a_password_of_a_megabyte_is_refused_before_it_is_hashed(service: Context) -> None:
    service.passwords.close()  # hashing would raise now
    refused = await refusal(service, EMAIL, "x" * 1_000_000)
    assert isinstance(refused, Invalid)
    assert [(problem.path, problem.code) for problem in refused.problems] == [(("password",), "TOO_LONG")]
    assert isinstance(await refusal(service, "x" * 1_000_000, PASSWORD), Invalid)


async def test_one_request_may_guess_once(service: Context) -> None:
    context = asking(service)
    with pytest.raises(NotEligible):
        await sign_in(context, EMAIL, "a wrong password")
    for _ in range(19):
        with pytest.raises(LimitReached, match="ONE_SIGN_IN"):
            await sign_in(context, EMAIL, PASSWORD)
    assert await count(service, Attempt) == 2, "one for the account, one for the network"


async def test_after_ten_wrong_ones_the_right_one_must_wait_too(service: Context, clock: Clock) -> None:
    for number in range(10):
        assert (await refusal(service, EMAIL, "a wrong password", f"198.51.100.{number}")).code == "WRONG_CREDENTIALS"
    refused = await refusal(service, EMAIL, PASSWORD, "192.0.2.1")
    assert isinstance(refused, LimitReached)
    assert (refused.code, refused.limit, refused.retry_after_seconds) == ("TOO_MANY_ATTEMPTS", 10, 301)
    clock.move(minutes=5, seconds=1)
    assert (await signed_in(service, EMAIL)).caller.role is Role.AGENT


async def test_of_many_wrong_ones_at_once_only_ten_are_answered(service: Context) -> None:
    guesses = [sign_in(asking(service), EMAIL, f"wrong password {number}") for number in range(25)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)
    codes = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert (codes.count("WRONG_CREDENTIALS"), codes.count("TOO_MANY_ATTEMPTS")) == (10, 15)


async def test_right_ones_are_not_counted_however_many_come_at_once(service: Context) -> None:
    answers = await asyncio.gather(*(signed_in(service, EMAIL) for _ in range(15)))
    assert len({answer.refresh_token for answer in answers}) == 15
    assert (await refusal(service, EMAIL, "a wrong password")).code == "WRONG_CREDENTIALS", "ten of them would be too many"


@pytest.mark.parametrize("status", [RegistrationStatus.PENDING, RegistrationStatus.CLOSED, RegistrationStatus.NOTICE_GIVEN])
async def test_a_candidate_may_sign_in_to_read_how_the_file_stands(service: Context, status: RegistrationStatus) -> None:
    signed = await signed_in(service, await keep_candidate(service, status))
    assert signed.caller.registration_status is status


async def test_a_deactivated_candidate_is_told_so_but_only_with_the_right_password(service: Context) -> None:
    email = await keep_candidate(service, RegistrationStatus.DEACTIVATED)
    assert (await refusal(service, email)).code == "ACCOUNT_DEACTIVATED"
    assert (await refusal(service, email, "a wrong password")).code == "WRONG_CREDENTIALS"
    assert await count(service, SignInSession) == 0


async def test_signing_out_ends_every_token_of_the_session_and_no_other(service: Context) -> None:
    signed, another_device = await signed_in(service, EMAIL), await signed_in(service, EMAIL)
    assert await sign_out(asking(service, signed.caller)) == service.now()
    assert await ended(service, signed)
    assert not await ended(service, another_device)
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await refresh(asking(service), signed.refresh_token)


async def test_nobody_has_nothing_to_sign_out_of(service: Context) -> None:
    with pytest.raises(NotAllowed, match="SIGN_IN_REQUIRED"):
        await sign_out(asking(service))
