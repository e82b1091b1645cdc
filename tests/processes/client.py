"""What people do with the service, through its GraphQL over HTTP and the mails they get. Not a test itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx

from tests.processes.mailbox import Mailbox, part
from tests.processes.running import Installation
from tests.service import PASSWORD, registration

Data = dict[str, Any]
AGENT = "agent@example.org"
REFUSAL = "... on Refusal { code message ... on InvalidInput { fields { path code message } } }"


@dataclass(frozen=True)
class Client:
    """`http` may be used by any number of people at once."""

    http: httpx.AsyncClient
    url: str

    async def ask(self, text: str, token: str | None = None, /, *, language: str = "en", **variables: Any) -> Data:
        """The data of an operation that must not end in a top-level error."""
        headers = {"Accept-Language": language, **({"Authorization": f"Bearer {token}"} if token else {})}
        answer = await self.http.post(f"{self.url}/graphql", json={"query": text, "variables": variables}, headers=headers)
        body = answer.json()
        assert (answer.status_code, body.get("errors")) == (200, None), body
        data: Data = body["data"]
        return data

    async def act(self, name: str, selection: str, token: str | None = None, /, **entered: Any) -> Data:
        """The result of a mutation that takes one input: the success type's fields, or a refusal's."""
        input_type = name[0].upper() + name[1:] + "Input"
        text = f"mutation($input: {input_type}!) {{ {name}(input: $input) {{ __typename {selection} {REFUSAL} }} }}"
        answer: Data = (await self.ask(text, token, input=entered))[name]
        return answer

    async def done(self, name: str, selection: str, token: str | None = None, /, **entered: Any) -> Data:
        """The result of a mutation that must not be refused."""
        answer = await self.act(name, selection, token, **entered)
        assert "code" not in answer, answer
        return answer

    async def sign_in(self, email: str) -> str:
        """An access token, good for ten minutes."""
        session = await self.done("signIn", "... on Session { accessToken }", email=email, password=PASSWORD)
        token: str = session["accessToken"]
        return token

    async def candidate(self, mailbox: Mailbox, email: str) -> str:
        """The access token of a new candidate, whose address is confirmed."""
        await self.done("registerCandidate", "... on Candidate { id }", **registration(email, **certificate_dates()))
        await self.confirm(mailbox, email)
        return await self.sign_in(email)

    async def confirm(self, mailbox: Mailbox, email: str) -> None:
        """Uses the link in the mail to a new address."""
        link = confirmation_link(part(await mailbox.letter_to(email, "/confirm-email/"), "plain"))
        assert (await self.http.post(link)).status_code == 200

    async def employer(self, mailbox: Mailbox, agent: str, email: str, neq: str, name: str) -> str:
        """The access token of a member of a new employer, which the agent has authenticated."""
        entered = {"email": email, "password": PASSWORD, "name": "Émile Roy", "employerName": name, "neq": neq}
        registered = await self.done("registerEmployer", "... on EmployerMember { employer { id } }", **entered)
        employer_id = registered["employer"]["id"]
        await self.confirm(mailbox, email)
        done = await self.done("authenticateEmployer", "... on Employer { status }", agent, employerId=employer_id)
        assert done["status"] == "AUTHENTICATED"
        return await self.sign_in(email)


def certificate_dates() -> dict[str, str]:
    """Of a certificate that is valid on the day the test runs, and for a year and a half to come."""
    today = date.today()  # noqa: DTZ011 - a day more or less does not matter
    return {"issuedOn": str(today - timedelta(days=180)), "expiresOn": str(today + timedelta(days=550))}


def confirmation_link(text: str) -> str:
    return next(word for word in text.split() if "/confirm-email/" in word)


async def make_agent(installed: Installation, client: Client) -> str:
    """The access token of the first agent, made as an operator makes it."""
    await installed.do("create-agent", AGENT, "--name", "Agnès Tremblay", entered=f"{PASSWORD}\n")
    return await client.sign_in(AGENT)


@asynccontextmanager
async def client_of(installed: Installation) -> AsyncIterator[Client]:
    async with httpx.AsyncClient(timeout=20, limits=httpx.Limits(max_connections=50)) as http:
        yield Client(http, installed.url)
