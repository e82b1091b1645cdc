"""Who is asking: read from the rows at every request, whatever the token says."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from auth.identification import identify
from auth.keys import Keys
from auth.tokens import Tokens
from errors import NotAllowed
from models.account import Account, Role
from models.agent import Agent
from models.candidate import Candidate, RegistrationStatus
from models.database import Database
from models.employer import Employer, EmployerMember, EmployerStatus
from models.language import Language
from models.sign_in_session import SignInSession
from tests.conftest import NOW, Clock

TOKENS = Tokens(Keys(["a secret that only tests know of"]), "https://placement.example.org")


def account(role: Role) -> Account:
    return Account(
        id=uuid4(),
        role=role,
        email=f"{uuid4().hex}@example.org",
        password_hash="none",
        language=Language.FR,
        created_at=NOW,
    )


async def keep_session(database: Database, owner: Account, *rows: object) -> UUID:
    session_id = uuid4()
    async with database.begin() as session:
        for row in (owner, *rows, SignInSession(id=session_id, account_id=owner.id, created_at=NOW)):
            session.add(row)
            await session.flush()
    return session_id


def employer(**fields: object) -> Employer:
    return Employer(id=uuid4(), name="Boulangerie", neq="1140000000", created_at=NOW, **fields)


def candidate(id: UUID, status: RegistrationStatus) -> Candidate:
    return Candidate(
        id=id,
        given_name="Zoé",
        family_name="Diallo",
        country_of_residence="SN",
        registration_status=status,
        sealed_file_number=b"",
        sealed_individual_reference_number=b"",
        certificate_issued_on=NOW.date(),
        certificate_expires_on=NOW.date(),
    )


def bearer(owner: Account, session_id: UUID, issued_at: datetime = NOW) -> str:
    return f"Bearer {TOKENS.issue_access(owner.id, session_id, issued_at)[0]}"


async def refused(database: Database, authorization: str, now: datetime = NOW) -> str:
    with pytest.raises(NotAllowed) as refusal:
        await identify(database, TOKENS, authorization, now)
    return refusal.value.code


async def test_without_a_token_nobody_is_asking(database: Database) -> None:
    assert await identify(database, TOKENS, None, NOW) is None


async def test_an_agent_is_an_agent(database: Database) -> None:
    owner = account(Role.AGENT)
    session_id = await keep_session(database, owner, Agent(id=owner.id, name="Agnès"))
    caller = await identify(database, TOKENS, bearer(owner, session_id), NOW)
    assert caller is not None
    assert (caller.account_id, caller.role, caller.session_id) == (owner.id, Role.AGENT, session_id)
    assert caller.token_expires_at == NOW + timedelta(minutes=10)
    assert (caller.employer_id, caller.registration_status) == (None, None)


async def test_a_member_comes_with_its_employer_as_it_stands_now(database: Database) -> None:
    owner, firm = account(Role.EMPLOYER_MEMBER), employer(status=EmployerStatus.AUTHENTICATED)
    member = EmployerMember(id=owner.id, employer_id=firm.id, name="Max")
    token = bearer(owner, await keep_session(database, owner, firm, member))
    before = await identify(database, TOKENS, token, NOW)
    async with database.begin() as session:
        row = await session.get_one(Employer, firm.id)
        row.status, row.status_reason = EmployerStatus.SUSPENDED, "complaints"
    after = await identify(database, TOKENS, token, NOW)
    assert before is not None
    assert after is not None
    assert (before.employer_id, before.employer_status) == (firm.id, EmployerStatus.AUTHENTICATED)
    assert (after.employer_status, after.employer_status_reason) == (EmployerStatus.SUSPENDED, "complaints")


@pytest.mark.parametrize(
    "status", [RegistrationStatus.PENDING, RegistrationStatus.ACTIVE, RegistrationStatus.NOTICE_GIVEN, RegistrationStatus.CLOSED]
)
async def test_a_candidate_comes_with_the_standing_of_the_file(database: Database, status: RegistrationStatus) -> None:
    owner = account(Role.CANDIDATE)
    token = bearer(owner, await keep_session(database, owner, candidate(owner.id, status)))
    caller = await identify(database, TOKENS, token, NOW)
    assert caller is not None
    assert caller.registration_status is status


async def test_the_sessions_of_a_deactivated_file_have_ended(database: Database) -> None:
    owner = account(Role.CANDIDATE)
    token = bearer(owner, await keep_session(database, owner, candidate(owner.id, RegistrationStatus.DEACTIVATED)))
    assert await refused(database, token) == "ACCOUNT_DEACTIVATED"


async def test_an_ended_session_has_ended_before_its_tokens_expire(database: Database) -> None:
    owner = account(Role.AGENT)
    session_id = await keep_session(database, owner, Agent(id=owner.id, name="Agnès"))
    async with database.begin() as session:
        (await session.get_one(SignInSession, session_id)).end(NOW)
    assert await refused(database, bearer(owner, session_id)) == "SESSION_ENDED"


async def test_a_session_that_is_not_kept_any_more_has_ended(database: Database) -> None:
    assert await refused(database, bearer(account(Role.AGENT), uuid4())) == "SESSION_ENDED"


async def test_a_token_does_not_serve_the_session_of_another_account(database: Database) -> None:
    owner = account(Role.AGENT)
    session_id = await keep_session(database, owner, Agent(id=owner.id, name="Agnès"))
    assert await refused(database, bearer(account(Role.AGENT), session_id)) == "SESSION_ENDED"


async def test_an_expired_token_is_told_apart_so_that_clients_refresh(database: Database, clock: Clock) -> None:
    owner = account(Role.AGENT)
    token = bearer(owner, await keep_session(database, owner, Agent(id=owner.id, name="Agnès")))
    clock.move(minutes=10)
    assert await refused(database, token, clock()) == "TOKEN_EXPIRED"


async def test_a_token_from_the_future_is_not_valid(database: Database) -> None:
    owner = account(Role.AGENT)
    session_id = await keep_session(database, owner, Agent(id=owner.id, name="Agnès"))
    assert await refused(database, bearer(owner, session_id, NOW + timedelta(hours=1))) == "TOKEN_INVALID"


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "nonsense", "\ud800 \x00"])
async def test_whatever_is_no_token_is_not_valid(database: Database, authorization: str) -> None:
    assert await refused(database, authorization) == "TOKEN_INVALID"


async def test_the_scheme_is_read_in_any_case(database: Database) -> None:
    owner = account(Role.AGENT)
    token = bearer(owner, await keep_session(database, owner, Agent(id=owner.id, name="Agnès")))
    assert await identify(database, TOKENS, token.replace("Bearer ", "bearer  "), NOW) is not None
