"""Refresh tokens: each serves once, and one that comes back ends its session."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import update

from errors import NotAllowed
from models.candidate import Candidate, RegistrationStatus
from models.sign_in_session import RefreshToken, SignInSession
from resolvers.context import Context
from resolvers.session import SignedIn, refresh
from tests.conftest import Clock
from tests.contexts import asking, count, ended, keep_agent, keep_candidate, signed_in, who

EMAIL = "agent@example.org"


@pytest.fixture(autouse=True)
async def agent(service: Context) -> None:
    await keep_agent(service, EMAIL)


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


async def test_deactivating_a_file_ends_what_its_refresh_token_would_give(service: Context) -> None:
    signed = await signed_in(service, await keep_candidate(service, RegistrationStatus.ACTIVE))
    async with service.database.begin() as session:
        await session.execute(update(Candidate).values(registration_status=RegistrationStatus.DEACTIVATED))
    with pytest.raises(NotAllowed, match="ACCOUNT_DEACTIVATED"):
        await who(service, signed)
    async with service.database.begin() as session:
        await session.execute(update(SignInSession).values(ended_at=service.now()))
    with pytest.raises(NotAllowed, match="ACCOUNT_DEACTIVATED"):
        await refresh(asking(service), signed.refresh_token)
