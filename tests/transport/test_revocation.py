"""A socket stays open exactly as long as an operation could begin in its session."""

from uuid import uuid4

from auth.identification import caller_of
from models.account import Role
from models.agent import Agent
from models.candidate import RegistrationStatus
from models.database import Database
from models.employer import Employer, EmployerMember, EmployerStatus
from models.sign_in_session import SignInSession
from tests.auth.test_identification import account, candidate, keep_session
from tests.conftest import NOW
from transport.revocation import ended


async def test_a_session_stands_as_long_as_somebody_may_ask_in_it(database: Database) -> None:
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


async def test_a_member_of_a_suspended_employer_follows_nothing_until_it_is_reinstated(database: Database) -> None:
    member = account(Role.EMPLOYER_MEMBER)
    employer = Employer(id=uuid4(), name="Hôpital", neq="1143920115", status=EmployerStatus.AUTHENTICATED, created_at=NOW)
    async with database.begin() as session:
        session.add(employer)
    kept = await keep_session(database, member, EmployerMember(id=member.id, employer_id=employer.id, name="Max"))
    assert await ended(database, [kept]) == {}
    async with database.begin() as session:
        (await session.get_one(Employer, employer.id)).suspend("Plaintes.")
    assert await ended(database, [kept]) == {kept: "EMPLOYER_SUSPENDED"}
    async with database.begin() as session:
        (await session.get_one(Employer, employer.id)).reinstate(None)
    assert await ended(database, [kept]) == {}


async def test_a_member_who_was_removed_follows_nothing_any_more(database: Database) -> None:
    member = account(Role.EMPLOYER_MEMBER)
    employer = Employer(id=uuid4(), name="Hôpital", neq="1143920115", status=EmployerStatus.AUTHENTICATED, created_at=NOW)
    async with database.begin() as session:
        session.add(employer)
    kept = await keep_session(database, member, EmployerMember(id=member.id, employer_id=employer.id, name="Max"))
    assert await ended(database, [kept]) == {}
    async with database.begin() as session:
        (await session.get_one(EmployerMember, member.id)).end(member.id, NOW)
    assert await ended(database, [kept]) == {kept: "MEMBERSHIP_ENDED"}
