"""Goes through the steps of a document with a service, and finds what the document says otherwise. Not a test itself."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.conftest import Clock
from tests.service import Service, addresses, plain
from tests.walkthrough.client import Client
from tests.walkthrough.comparing import Known, differences, filled
from tests.walkthrough.document import Heading, Letter, Operation, letters, steps, words

NEW_FOR = timedelta(minutes=9)
QUEBEC = ZoneInfo("America/Toronto")
SECONDS = 2
"""From one step to the next, so that mails come in order."""


@dataclass
class Stage:
    client: Client
    service: Service
    clock: Clock
    known: Known = field(default_factory=dict)
    sessions: dict[str, tuple[datetime, Operation]] = field(default_factory=dict)
    """When each token was given, and by which operation."""
    seen: list[tuple[Any, Any]] = field(default_factory=list)
    """What was shown, and what there was."""

    async def play(self, document: str) -> list[str]:
        """What the document says otherwise. Nothing follows the first such step: it would be wrong for the same reason."""
        self.known = words(document, self.client.language)
        for step in steps(document):
            if isinstance(step, Heading):
                await self._pass_until(step.time)
            elif step.in_language(self.client.language):
                wrong = self._wrong(step.shown, await self._done(step))
                if wrong:
                    return [f"line {step.line}{each}" for each in wrong]
        return [f"mails{each}" for each in self._wrong(letters(document, self.client.language), self._sent())]

    def _wrong(self, shown: Any, there: Any) -> list[str]:
        self.seen.append((shown, there))
        return list(differences(shown, there, self.known))

    async def _pass_until(self, at: time) -> None:
        self.clock.instant = datetime.combine(self.clock().astimezone(QUEBEC), at, QUEBEC)
        await self.service.work()

    async def _done(self, step: Operation | Letter) -> Any:
        if isinstance(step, Letter):
            return self._newest(step)
        self.clock.move(seconds=SECONDS)
        if step.sender:
            await self._come_back(step.sender)
        answered = await self._asked(step)
        if step.changes:
            await self.service.work()
        if step.session:
            self.sessions[step.session] = (self.clock(), step)
        return answered

    async def _come_back(self, sender: str) -> None:
        """Whose token may have ended signs in again."""
        since, step = self.sessions[sender]
        if self.clock() - since > NEW_FOR:
            again: Known = {}
            assert not list(differences(step.shown, await self._asked(step), again))
            self.known |= again
            self.sessions[sender] = (self.clock(), step)

    async def _asked(self, step: Operation) -> Any:
        authorization = step.sender and f"Bearer {filled(step.sender, self.known)}"
        if step.live:
            return await self.client.follow(step.text, authorization, len(step.shown))
        return await self.client.ask(step.text, filled(step.variables, self.known), authorization)

    def _newest(self, step: Letter) -> str:
        """The mail as a document shows it."""
        letter = [each for each in self.service.letters() if step.reader in addresses(each)][-1]
        head = [f"To: {step.reader}", f"Content-Language: {letter['Content-Language']}", f"Subject: {_subject(letter)}", ""]
        return "\n".join([*head, *(line.rstrip() for line in plain(letter).strip().split("\n"))])

    def _sent(self) -> list[list[str]]:
        """Every mail so far: when, to whom, and its subject."""
        mails = [(each["Date"].datetime.astimezone(QUEBEC), *addresses(each), _subject(each)) for each in self.service.letters()]
        return [[f"{at:%H:%M}", reader, subject] for at, reader, subject in sorted(mails)]


def _subject(letter: Any) -> str:
    """Without the marks of where its lines were folded."""
    return " ".join(str(letter["Subject"]).split())
