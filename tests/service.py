"""The whole service in one process, for tests: real database, real index, mail in a folder, a clock that can be moved.
Operations go through the schema as a client's would; the worker's work is done when the test says so."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import strawberry
from elasticsearch import AsyncElasticsearch
from sqlalchemy import select

import config
import worker
from auth.identification import identify
from bootstrap import Resources, open_resources
from lane import work_once
from models.account import Account, Role
from models.agent import Agent
from models.language import Language
from models.outbox import OutboxEntry
from resolvers.context import Context
from schema.schema import schema
from search.rebuilding import fill
from server import context
from tests.real_parts import ELASTICSEARCH
from tests.search.documents import made_empty
from transport.metrics import Metrics
from transport.serving import served

PASSWORD = "correct horse battery staple"
NEW_FOR = timedelta(minutes=5)
EMBEDDED, ELASTIC = "embedded", "elasticsearch"
SERVED = served(schema, Metrics())
Data = dict[str, Any]


@dataclass
class Service:
    """What clients and operators do with the service."""

    resources: Resources
    mail: Path
    schema: strawberry.Schema = SERVED
    tokens: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    async def ask(self, text: str, token: str | None = None, /, *, language: Language = Language.EN, **variables: Any) -> Data:
        """The data of an operation that must not end in a top-level error."""
        result = await self.run(text, token, language=language, **variables)
        assert result.errors is None, result.errors
        data: Data | None = result.data
        assert data is not None
        return data

    async def run(self, text: str, token: str | None = None, /, *, language: Language = Language.EN, **variables: Any) -> Any:
        return await self.schema.execute(text, variables, await self.asking(token, language))

    async def asking(self, token: str | None = None, language: Language = Language.EN) -> Context:
        """The context of one operation."""
        authorization = f"Bearer {token}" if token else None
        resources = self.resources
        caller = await identify(resources.database, resources.tokens, authorization, resources.now())
        return context(resources, caller=caller, language=language, address="203.0.113.7")

    async def act(self, name: str, selection: str, token: str | None = None, /, **entered: Any) -> Data:
        """The result of a mutation that takes one input: the success type's fields, or a refusal's."""
        input_type = name[0].upper() + name[1:] + "Input"
        text = f"""mutation($input: {input_type}!) {{ {name}(input: $input) {{ __typename {selection}
            ... on Refusal {{ code message recourse {{ organization email phone url hours }}
                ... on InvalidInput {{ fields {{ path code message }} }} }} }} }}"""
        answer: Data = (await self.ask(text, token, input=entered))[name]
        return answer

    async def work(self) -> int:
        """Does all that the outbox owes by now, and answers how many entries were handled."""
        async with self.resources.database.read() as session:
            owed = set(await session.scalars(select(OutboxEntry.kind).where(OutboxEntry.due_at <= self.resources.now())))
        lanes = [lane for lane in worker.LANES.values() if owed & lane.handlers.keys()]
        worked = sum([await work_once(self.resources, lane) for lane in lanes])
        worked += sum([await worker.meet_deadlines(self.resources, acts) for acts in (worker.DEADLINES, worker.MAILS)])
        return worked + await self.work() if worked else 0

    async def discard_index(self) -> None:
        """Leaves nothing behind on a shared search server."""
        url = self.resources.settings.search_url
        if url.startswith("http"):
            server, prefix = url.rsplit("/", 1)
            async with AsyncElasticsearch(server) as client:
                await client.indices.delete(index=f"{prefix}*", expand_wildcards="all")

    def letters(self) -> list[EmailMessage]:
        """The mails sent so far, oldest first."""
        files = sorted(self.mail.glob("*.eml"))
        return [message_from_bytes(each.read_bytes(), policy=policy.default) for each in files]

    async def agent(self, email: str = "agent@example.org") -> str:
        """An agent's access token. The agent is made as the command line makes one."""
        resources = self.resources
        account = Account(
            id=uuid4(),
            role=Role.AGENT,
            email=email,
            password_hash=await resources.passwords.hash(PASSWORD),
            language=Language.FR,
            created_at=resources.now(),
            email_confirmed_at=resources.now(),
        )
        async with resources.database.begin() as session:
            session.add(account)
            await session.flush()
            session.add(Agent(id=account.id, name="Agnès Tremblay"))
        return await self.sign_in(email)

    async def sign_in(self, email: str) -> str:
        session = await self.act("signIn", "... on Session { accessToken }", email=email, password=PASSWORD)
        token: str = session["accessToken"]
        return token

    async def token(self, email: str) -> str:
        """The access token of a session that has begun within the last minutes: one ends after ten."""
        now = self.resources.now()
        at, token = self.tokens.get(email, (now - NEW_FOR, ""))
        if not timedelta(0) <= now - at < NEW_FOR:  # a test may put its clock back
            self.tokens[email] = now, (token := await self.sign_in(email))
        return token

    async def candidate(self, email: str, **entered: Any) -> str:
        """The access token of a new candidate, whose address is confirmed."""
        registered = await self.act("registerCandidate", "... on Candidate { id }", **registration(email, **entered))
        assert registered["__typename"] == "Candidate", registered
        await self.confirm(email)
        return await self.sign_in(email)

    async def employer(self, email: str, neq: str, agent: str, name: str = "Hôpital du Fjord") -> str:
        """The access token of a member of a new employer that the agent has authenticated."""
        registered = await self.act(
            "registerEmployer",
            "... on EmployerMember { employer { id } }",
            email=email,
            password=PASSWORD,
            name="Émile Roy",
            employerName=name,
            neq=neq,
        )
        employer_id = registered["employer"]["id"]
        await self.confirm(email)
        done = await self.act("authenticateEmployer", "... on Employer { status }", agent, employerId=employer_id)
        assert done["status"] == "AUTHENTICATED", done
        return await self.sign_in(email)

    async def rebuild_what_is_lost(self) -> None:
        """As a worker looks after the indexes, until the search is ready or ten seconds have passed."""
        stop = asyncio.Event()
        working = asyncio.create_task(worker.look_after_indexes(self.resources, stop, fill, pause=0.05))
        for _ in range(200):
            if await self.resources.engine.ready():
                break
            await asyncio.sleep(0.05)
        stop.set()
        await working

    async def confirm(self, email: str) -> None:
        """Uses the link in the newest confirmation mail to that address."""
        await self.work()
        letter = next(each for each in reversed(self.letters()) if email in addresses(each) and "/confirm-email/" in plain(each))
        token = plain(letter).split("/confirm-email/")[1].split()[0]
        done = await self.act("confirmEmail", "... on EmailConfirmed { email }", token=token)
        assert done == {"__typename": "EmailConfirmed", "email": email}


def addresses(letter: EmailMessage) -> list[str]:
    """To whom a mail is sent, without their names."""
    return [each.addr_spec for each in letter["To"].addresses]


def plain(letter: EmailMessage) -> str:
    """The text part of a mail."""
    body = letter.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def registration(email: str, **changes: Any) -> Data:
    """An input of registerCandidate that is in order; the certificate's values can be changed like the others."""
    certificate = {
        "fileNumber": changes.pop("fileNumber", f"OK{uuid4().hex[:10]}"),
        "individualReferenceNumber": changes.pop("individualReferenceNumber", f"R{uuid4().hex[:8]}"),
        "issuedOn": changes.pop("issuedOn", "2025-06-01"),
        "expiresOn": changes.pop("expiresOn", "2028-06-01"),
    }
    return {
        "email": email,
        "password": PASSWORD,
        "givenName": "Amina",
        "familyName": "Benali",
        "language": "EN",
        "countryOfResidence": "MA",
        "certificate": certificate,
        **changes,
    }


@asynccontextmanager
async def open_service(database_url: str, search: str, folder: Path, now: Callable[[], datetime]) -> AsyncIterator[Service]:
    """A service on that database and on an index of its own, be it of an engine or of the search server at a URL."""
    server = ELASTICSEARCH if search == ELASTIC else search
    search_url = f"embedded:{folder}/search" if search == EMBEDDED else f"{server}/test-{uuid4().hex[:12]}"
    settings = replace(
        config.read({}),
        database_url=database_url,
        search_url=search_url,
        mail_url=f"file:{folder}/mail",
        live_mail_wait=timedelta(0),
        secret_key="a secret that only tests know of, long enough",
        public_url="https://placement.example.org",
    )
    async with open_resources(settings, now) as resources:
        await made_empty(resources.engine)
        yield Service(resources, folder / "mail")
