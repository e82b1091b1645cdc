"""Sessions: nobody learns which part of a sign-in was wrong, a refresh token serves once, and what is over is over at once."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from auth.caller import Caller
from auth.identification import identify
from errors import Invalid, LimitReached, NotAllowed, NotEligible, Refused
from models.account import Account, Role
from models.candidate import Candidate, RegistrationStatus
from models.language import Language
from models.sign_in_session import RefreshToken, SignInAttempt, SignInSession
from resolvers.context import Context
from resolvers.session import SignedIn, refresh, sign_in, sign_out
from tests.conftest import Clock
from tests.contexts import PASSWORD, asking, keep_agent, signed_in

EMAIL = "agent@example.org"


@pytest.fixture(autouse=True)
async def agent(service: Context) -> None:
    await keep_agent(service, EMAIL)


async def refusal(service: Context, email: str, password: str = PASSWORD, address: str = "203.0.113.7") -> Refused:
    with pytest.raises(Refused) as refused:
        await sign_in(asking(service, address=address), email, password)
    return refused.value


async def who(service: Context, signed: SignedIn) -> Caller | None:
    return await identify(service.database, service.tokens, f"Bearer {signed.access_token}", service.now())


async def ended(service: Context, signed: SignedIn) -> bool:
    try:
        return await who(service, signed) is None
    except NotAllowed as refused:
        return refused.code == "SESSION_ENDED"


async def count(service: Context, table: type) -> int:
    async with service.database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


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
    assert await count(service, SignInAttempt) == 2, "one for the account, one for the network"


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
    assert await count(service, SignInAttempt) == 0


async def keep_candidate(service: Context, status: RegistrationStatus) -> str:
    account = Account(
        id=uuid4(),
        role=Role.CANDIDATE,
        email="candidate@example.org",
        password_hash=await service.passwords.hash(PASSWORD),
        language=Language.EN,
        created_at=service.now(),
    )
    file = Candidate(
        id=account.id,
        given_name="Zoé",
        family_name="Diallo",
        country_of_residence="SN",
        registration_status=status,
        sealed_file_number=b"",
        sealed_individual_reference_number=b"",
        certificate_issued_on=service.today(),
        certificate_expires_on=service.today(),
    )
    async with service.database.begin() as session:
        session.add(account)
        await session.flush()
        session.add(file)
    return account.email


@pytest.mark.parametrize("status", [RegistrationStatus.PENDING, RegistrationStatus.CLOSED, RegistrationStatus.NOTICE_GIVEN])
async def test_a_candidate_may_sign_in_to_read_how_the_file_stands(service: Context, status: RegistrationStatus) -> None:
    signed = await signed_in(service, await keep_candidate(service, status))
    assert signed.caller.registration_status is status


async def test_a_deactivated_candidate_is_told_so_but_only_with_the_right_password(service: Context) -> None:
    email = await keep_candidate(service, RegistrationStatus.DEACTIVATED)
    assert (await refusal(service, email)).code == "ACCOUNT_DEACTIVATED"
    assert (await refusal(service, email, "a wrong password")).code == "WRONG_CREDENTIALS"
    assert await count(service, SignInSession) == 0


async def test_deactivating_a_file_ends_what_its_refresh_token_would_give(service: Context) -> None:
    signed = await signed_in(service, await keep_candidate(service, RegistrationStatus.ACTIVE))
    async with service.database.begin() as session:
        await session.execute(update(Candidate).values(registration_status=RegistrationStatus.DEACTIVATED))
    assert await ended(service, signed)
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await refresh(asking(service), signed.refresh_token)


async def test_a_refresh_token_gives_the_next_tokens_of_the_same_session(service: Context, clock: Clock) -> None:
    first = await signed_in(service, EMAIL)
    clock.move(minutes=20)
    second = await refresh(asking(service), first.refresh_token)
    clock.move(minutes=5)
    third = await refresh(asking(service), second.refresh_token)
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3
    assert first.caller.session_id == third.caller.session_id
    assert await who(service, third) == third.caller


async def test_a_refresh_token_used_again_ends_the_whole_session(service: Context, clock: Clock) -> None:
    first = await signed_in(service, EMAIL)
    another_device = await signed_in(service, EMAIL)
    second = await refresh(asking(service), first.refresh_token)
    clock.move(seconds=1)
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await refresh(asking(service), first.refresh_token)
    assert await ended(service, first)
    assert await ended(service, second)
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await refresh(asking(service), second.refresh_token)
    assert not await ended(service, another_device)


async def test_used_again_at_the_same_instant_it_ends_the_session_as_well(service: Context) -> None:
    first = await signed_in(service, EMAIL)
    second = await refresh(asking(service), first.refresh_token)
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await refresh(asking(service), first.refresh_token)
    assert await ended(service, second)


async def test_of_refreshes_at_once_exactly_one_wins_and_the_session_lives_on(service: Context, clock: Clock) -> None:
    first = await signed_in(service, EMAIL)

    def ticking() -> datetime:
        clock.move(microseconds=1)
        return clock()

    context = replace(service, now=ticking)
    answers = await asyncio.gather(*(refresh(asking(context), first.refresh_token) for _ in range(8)), return_exceptions=True)
    won = [answer for answer in answers if isinstance(answer, SignedIn)]
    lost = [answer.code for answer in answers if isinstance(answer, NotAllowed)]
    assert (len(won), lost) == (1, ["SESSION_ENDED"] * 7)
    assert await who(service, won[0]) == won[0].caller
    assert await count(service, RefreshToken) == 2


async def test_a_refresh_token_serves_for_thirty_days(service: Context, clock: Clock) -> None:
    signed = await signed_in(service, EMAIL)
    clock.move(days=30)
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await refresh(asking(service), signed.refresh_token)


async def test_expired_refresh_tokens_are_forgotten_as_a_session_goes_on(service: Context, clock: Clock) -> None:
    signed = await signed_in(service, EMAIL)
    for _ in range(4):
        clock.move(days=20)
        signed = await refresh(asking(service), signed.refresh_token)
    assert await count(service, RefreshToken) == 2


@pytest.mark.parametrize("token", ["", "nonsense", "\ud800\x00", "x" * 100_000])
async def test_a_refresh_token_that_nobody_was_given_is_not_valid(service: Context, token: str) -> None:
    with pytest.raises(NotAllowed, match="TOKEN_INVALID"):
        await refresh(asking(service), token)


async def test_an_access_token_refreshes_nothing(service: Context) -> None:
    signed = await signed_in(service, EMAIL)
    with pytest.raises(NotAllowed, match="TOKEN_INVALID"):
        await refresh(asking(service), signed.access_token)


async def test_refresh_tokens_are_kept_as_hashes(service: Context) -> None:
    signed = await signed_in(service, EMAIL)
    async with service.database.read() as session:
        assert await session.get(RefreshToken, signed.refresh_token) is None


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
