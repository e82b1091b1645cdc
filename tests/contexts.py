"""The context that an operation is given, over real parts, and the accounts that tests act as. Not a test itself."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import func, select

from auth.caller import Caller
from auth.identification import identify
from auth.keys import Keys
from auth.links import Links
from auth.passwords import Passwords
from auth.tokens import Tokens
from auth.vault import Vault
from csq.sandbox import SandboxRegistry
from errors import NotAllowed
from models.account import Account, Role
from models.agent import Agent
from models.candidate import Candidate, RegistrationStatus
from models.database import Database
from models.joint_reading import JointReadings
from models.language import Language
from models.outbox import OutboxEntry
from notifications.feed import Feed
from notifications.log import CHANGES, LEDGER
from resolvers.context import Context
from resolvers.session import SignedIn, sign_in
from search.opening import open_engine
from search.popularity import Popularity

PASSWORD = "correct horse battery staple"
URL = "https://placement.example.org"


@asynccontextmanager
async def open_service(database: Database, now: Callable[[], datetime], folder: Path) -> AsyncIterator[Context]:
    """A service that nobody has asked anything yet."""
    keys = Keys(["a secret that only tests know of"])
    passwords, engine = Passwords(), await open_engine(f"embedded:{folder}")
    yield Context(
        database=database,
        engine=engine,
        popularity=Popularity(engine, now),
        registry=SandboxRegistry(),
        passwords=passwords,
        tokens=Tokens(keys, URL),
        vault=Vault(keys),
        links=Links(keys, URL, now),
        feed=Feed(database, now, LEDGER),
        changes=Feed(database, now, CHANGES),
        together=JointReadings(database),
        now=now,
        caller=None,
        language=Language.EN,
        address="203.0.113.7",
    )
    await engine.close()
    passwords.close()


def asking(service: Context, caller: Caller | None = None, address: str = "203.0.113.7") -> Context:
    """The context of one more operation."""
    return replace(service, caller=caller, address=address, seen=set())


async def signed_in(service: Context, email: str, password: str = PASSWORD) -> SignedIn:
    return await sign_in(asking(service), email, password)


async def keep_agent(service: Context, email: str = "agent@example.org", confirmed: bool = True) -> UUID:
    """An agent with PASSWORD. Gives its account."""
    account = Account(
        id=uuid4(),
        role=Role.AGENT,
        email=email,
        password_hash=await service.passwords.hash(PASSWORD),
        language=Language.FR,
        created_at=service.now(),
        email_confirmed_at=service.now() if confirmed else None,
    )
    async with service.database.begin() as session:
        session.add(account)
        await session.flush()
        session.add(Agent(id=account.id, name="Agnès Tremblay"))
    return account.id


async def owed(service: Context) -> list[tuple[str, UUID]]:
    """What the outbox owes, in order."""
    async with service.database.read() as session:
        entries = await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id))
        return [(entry.kind, entry.subject) for entry in entries]


async def keep_candidate(service: Context, status: RegistrationStatus) -> str:
    """A candidate with PASSWORD. Gives the address of its account."""
    account = Account(
        id=uuid4(),
        role=Role.CANDIDATE,
        email="candidate@example.org",
        password_hash=await service.passwords.hash(PASSWORD),
        language=Language.EN,
        created_at=service.now(),
        email_confirmed_at=service.now(),
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


async def who(service: Context, signed: SignedIn) -> Caller | None:
    """Who is asking with the access token, as a request would find out."""
    return await identify(service.database, service.tokens, f"Bearer {signed.access_token}", service.now())


async def ended(service: Context, signed: SignedIn) -> bool:
    """Whether the access token is refused because its session is over."""
    try:
        return await who(service, signed) is None
    except NotAllowed as refused:
        return refused.code == "SESSION_ENDED"


async def count(service: Context, table: type) -> int:
    """How many rows a table has."""
    async with service.database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0
