"""A candidate's file as its person uses it: publishing, declaring, correcting, and reading what comes of it. Not a test
itself."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from tests.conftest import Clock
from tests.path.test_main_path import TITLE
from tests.service import Data, Service, addresses, plain

REGISTRATION = """registration { status deadline notice { code } certificate { fileNumber issuedOn expiresOn }
    registryQuestions { purpose accepted refusal { code message } settledAt nextAttemptAt attempts { at verdict problem } } }"""
CASES = "residenceCases { residence source openedAt deadline closedAt outcome history { at step by reason } }"
EMAIL = "amina@example.org"


@dataclass
class Person:
    """One candidate whose address is confirmed. Signs in again when time has passed: tokens last ten minutes, and days pass."""

    service: Service
    clock: Clock
    email: str = EMAIL
    known: int = 0
    """How many mails had come when the test began to look."""

    async def token(self) -> str:
        return await self.service.token(self.email)

    async def act(self, name: str, selection: str = "", /, **entered: Any) -> Data:
        return await self.service.act(name, selection, await self.token(), **entered)

    async def publish(self) -> str:
        """A candidacy's id."""
        made = await self.act("createCandidacy", "... on Candidacy { id }", title=TITLE, occupations=["31301"])
        await self.publish_again(made["id"])
        return str(made["id"])

    async def publish_again(self, candidacy: str) -> str:
        """The last day of the publication, or the code of the refusal."""
        done = await self.act("publishCandidacy", "... on Candidacy { publicationEndsOn }", id=candidacy)
        return str(done.get("publicationEndsOn") or done["code"])

    async def withdraw(self, candidacy: str) -> None:
        assert "code" not in await self.act("withdrawCandidacy", id=candidacy)

    async def file(self, selection: str = REGISTRATION) -> Data:
        found = await self.service.ask(f"{{ viewer {{ id ... on Candidate {{ {selection} }} }} }}", await self.token())
        return dict(found["viewer"])

    async def id(self) -> str:
        return str((await self.file())["id"])

    async def status(self) -> str:
        return str((await self.file())["registration"]["status"])

    async def steps(self) -> list[str]:
        """Of the newest residence case."""
        cases = (await self.file(CASES))["residenceCases"]
        return [each["step"] for each in cases[0]["history"]] if cases else []

    async def candidacies(self) -> list[tuple[str, str | None]]:
        found = (await self.file("candidacies { status publicationEndsOn }"))["candidacies"]
        return [(each["status"], each["publicationEndsOn"]) for each in found]

    async def later(self, **by: float) -> None:
        """Time passes, and the worker works at its end."""
        self.clock.move(**by)
        await self.service.work()

    def mails(self) -> list[str]:
        """The subjects of the mails to this address since then."""
        return [str(each["Subject"]) for each in self._letters()[self.known :]]

    def last_mail(self) -> str:
        """The text of the last mail to this address, on one line."""
        return " ".join(plain(self._letters()[-1]).split())

    def _letters(self) -> list[EmailMessage]:
        return [each for each in self.service.letters() if self.email in addresses(each)]

    async def settled(self) -> "Person":
        """What is owed so far is done, and does not count any more."""
        await self.service.work()
        self.known = len(self._letters())
        self.clock.move(minutes=1)
        return self


async def candidate(service: Service, clock: Clock, email: str = EMAIL, **entered: Any) -> Person:
    await service.candidate(email, **entered)
    return await Person(service, clock, email).settled()
