"""Who may open a WebSocket, and that one ends with the token and the session it was opened with."""

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update
from websockets.exceptions import InvalidStatus

from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate, RegistrationStatus
from models.holding import hold_case
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationKind
from models.profile import Education
from models.residence import Finding, deactivate, found_in_canada
from models.residence_case import Residence, ResidenceSource
from models.sign_in_session import SignInSession
from resolvers.session import sign_out
from tests.conftest import Clock
from tests.contexts import asking, keep_agent, keep_candidate, signed_in
from tests.serving import ORIGIN, Running, running, settings_for, without_table
from tests.transport.small_schema import schema
from tests.transport.speaking import Speaker, speaking
from transport import sockets

NOTICE = NotificationKind.RESIDENCE_NOTICE
PUBLISHED = {
    "status": CandidacyStatus.PUBLISHED,
    "publication_ends_on": date(2026, 5, 31),
    "occupations": [],
    "skills": [],
    "languages": [],
    "education": Education.NONE,
    "years_of_experience": 0,
    "regions": [],
    "work_modes": [],
}
SOON = 4.0
"""Seconds within which an end has to reach an idle socket: two, and two more for a busy machine."""


async def test_only_the_one_protocol_is_spoken(shared: Running) -> None:
    for protocol in ("graphql-ws", None):
        async with speaking(shared, protocol=protocol) as client:
            assert (await client.ended())[0] == 4406


@pytest.mark.parametrize("origin", [None, ORIGIN, "same"])
async def test_pages_of_allowed_origins_and_other_programs_may_connect(shared: Running, origin: str | None) -> None:
    async with speaking(shared, origin=shared.url if origin == "same" else origin) as client:
        await client.introduce()


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "https://app.example.org.evil.example",
        "http://app.example.org",
        "http://[bad",
        "127.0.0.1",
    ],
)
async def test_pages_of_other_origins_may_not_connect(shared: Running, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        async with speaking(shared, origin=origin):
            pass


async def test_a_full_process_asks_to_come_back_later(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    settings = replace(settings_for(sqlite_url, tmp_path), max_sockets=1)
    async with running(settings, schema, clock) as full, speaking(full):
        with pytest.raises(InvalidStatus, match="503"):
            async with speaking(full):
                pass


async def signed(own: Running, client: Speaker) -> UUID:
    """Introduces an agent on the socket; gives its session."""
    await keep_agent(own.service)
    signed_in_now = await signed_in(own.service, "agent@example.org")
    await client.introduce(authorization=f"Bearer {signed_in_now.access_token}")
    return signed_in_now.caller.session_id


async def test_an_idle_socket_ends_with_its_session(own: Running) -> None:
    async with speaking(own) as client, speaking(own) as stranger:
        await stranger.introduce()
        session_id = await signed(own, client)
        await client.subscribe("a", 'subscription { silent(name: "idle") }')
        async with own.service.database.begin() as session:
            (await session.get_one(SignInSession, session_id)).end(own.service.now())
        assert await client.ended(SOON) == (4403, "SESSION_ENDED")
        await stranger.subscribe("b", "{ hello }")
        assert (await stranger.hear())["payload"] == {"data": {"hello": "bonjour"}}


async def test_signing_out_ends_the_sockets_of_the_session_and_of_no_other(own: Running) -> None:
    await keep_agent(own.service)
    one, other = [await signed_in(own.service, "agent@example.org") for _ in range(2)]
    async with speaking(own) as first, speaking(own) as second, speaking(own) as another:
        for client, tokens in ((first, one), (second, one), (another, other)):
            await client.introduce(authorization=f"Bearer {tokens.access_token}")
        await sign_out(asking(own.service, one.caller))
        assert await first.ended(SOON) == await second.ended(SOON) == (4403, "SESSION_ENDED")
        await another.say({"type": "ping"})
        assert await another.hear() == {"type": "pong"}


async def test_the_sockets_of_a_file_that_is_deactivated_end_with_the_reason(own: Running, clock: Clock) -> None:
    signed_in_now = await signed_in(own.service, await keep_candidate(own.service, RegistrationStatus.ACTIVE))
    candidate_id = signed_in_now.caller.account_id
    async with speaking(own) as client:
        await client.introduce(authorization=f"Bearer {signed_in_now.access_token}")
        async with own.service.database.begin() as session:
            candidate = await session.get_one(Candidate, candidate_id)
            session.add(Candidacy(candidate_id=candidate_id, created_at=clock(), **PUBLISHED))
            await session.flush()
            case = await found_in_canada(session, candidate, Finding(Residence.QUEBEC, ResidenceSource.DECLARED), clock())
            session.add(
                Notification(id=case.id, residence_case_id=case.id, person_id=candidate_id, kind=NOTICE, created_at=clock())
            )
            await session.flush()
            session.add(Delivery(notification_id=case.id, channel=Channel.EMAIL, status=DeliveryStatus.SENT, at=clock()))
        clock.move(minutes=5)
        async with own.service.database.begin() as session:
            held = await hold_case(session, case.id)
            assert held is not None
            await deactivate(session, held, clock())
        assert await client.ended(SOON) == (4403, "ACCOUNT_DEACTIVATED")


async def test_a_socket_ends_when_its_token_expires(own: Running, clock: Clock) -> None:
    async with speaking(own) as client:
        await signed(own, client)
        clock.move(minutes=9)
        await asyncio.sleep(sockets.WATCH_SECONDS * 1.5)
        await client.say({"type": "ping"})
        assert await client.hear() == {"type": "pong"}
        clock.move(minutes=1)
        assert await client.ended(SOON) == (4403, "TOKEN_EXPIRED")


async def test_a_revoked_session_starts_no_operation_even_before_the_watch_sees_it(
    own: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "WATCH_SECONDS", 60.0)
    async with speaking(own) as client:
        session_id = await signed(own, client)
        async with own.service.database.begin() as session:
            await session.execute(update(SignInSession).values(ended_at=own.service.now()).where(SignInSession.id == session_id))
        await client.subscribe("a", "{ hello }")
        assert await client.ended() == (4403, "SESSION_ENDED")


async def test_an_expired_token_opens_no_socket(own: Running, clock: Clock) -> None:
    await keep_agent(own.service)
    token = (await signed_in(own.service, "agent@example.org")).access_token
    clock.move(minutes=11)
    async with speaking(own) as client:
        await client.say({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
        assert await client.ended() == (4403, "TOKEN_EXPIRED")


async def test_a_database_that_is_away_ends_no_socket(own: Running, caplog: pytest.LogCaptureFixture) -> None:
    async with speaking(own) as client:
        await signed(own, client)
        async with without_table(own, "sign_in_session"):
            await asyncio.sleep(sockets.WATCH_SECONDS * 1.5)
            await client.say({"type": "ping"})
            assert await client.hear() == {"type": "pong"}
        assert "sockets could not be checked" in caplog.text


async def test_who_has_not_signed_in_does_not_stay(own: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transport.sockets.STRANGERS_STAY", 0.0)
    async with speaking(own) as client, speaking(own) as stranger:
        await signed(own, client)
        assert await stranger.ended(SOON) == (1000, "Nobody has signed in")
        await client.say({"type": "ping"})
        assert await client.hear() == {"type": "pong"}


async def test_one_network_does_not_keep_the_others_out(own: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transport.sockets.STRANGERS_OF_A_NETWORK", 1)
    async with speaking(own) as client:
        await signed(own, client)
        async with speaking(own) as stranger:
            await stranger.introduce()
            with pytest.raises(InvalidStatus, match="503"):
                async with speaking(own):
                    pass
