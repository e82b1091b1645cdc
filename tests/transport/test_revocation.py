"""A socket stays open exactly as long as an operation could begin in its session."""

from uuid import uuid4

import pytest

from auth.identification import caller_of
from models.account import Role
from models.agent import Agent
from models.candidate import RegistrationStatus
from models.database import Database
from models.sign_in_session import SignInSession
from tests.auth.test_identification import account, candidate, keep_session
from tests.conftest import NOW
from transport import revocation
from transport.revocation import ended


async def test_a_session_stands_as_long_as_somebody_may_ask_in_it(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revocation, "MOST_AT_ONCE", 2)
    agent, sessions = account(Role.AGENT), [uuid4()]
    sessions.append(await keep_session(database, agent, Agent(id=agent.id, name="Agnès")))
    for status in RegistrationStatus:
        owner = account(Role.CANDIDATE)
        sessions.append(await keep_session(database, owner, candidate(owner.id, status)))
    over = await keep_session(database, account(Role.AGENT))
    async with database.begin() as session:
        (await session.get_one(SignInSession, over)).end(NOW)
    async with database.read() as session:
        asking = {each for each in [*sessions, over] if await caller_of(session, each, NOW)}
    why = await ended(database, [*sessions, over])
    assert {*sessions, over} - why.keys() == asking
    assert len(asking) == len(RegistrationStatus)  # the agent's, and all of the candidates' but that of the deactivated file
    assert why[over] == why[sessions[0]] == "SESSION_ENDED"
    assert [code for code in why.values() if code != "SESSION_ENDED"] == ["ACCOUNT_DEACTIVATED"]
