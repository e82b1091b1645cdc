"""Candidates who make alerts, change, pause, resume and delete them, unsubscribe with one click, move to other time zones and
hide from employers, and keep a book of it. Not a test itself."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from tests.processes.mailbox import Mailbox
from tests.processes.torture.book import REGIONS, TRADES, Alert, Hidden, Person, Spell, Wanted
from tests.processes.torture.signed_in import SignedIn
from tests.processes.writing import Data, new_word

T = TypeVar("T")
MOST_ALERTS = 5
FREQUENCIES = ("LIVE", "LIVE", "DAILY", "WEEKLY")
ZONES = ("America/Toronto", "Asia/Kolkata", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Chatham", "Europe/Paris", "UTC")
DAYS = ("MONDAY", "THURSDAY", "SUNDAY")
ACTS = {
    "create": 20,
    "revise": 12,
    "rename": 4,
    "pause": 10,
    "resume": 16,
    "delete": 5,
    "unsubscribe": 6,
    "move": 10,
    "hide": 4,
    "show": 5,
    "receive again": 8,
}
SHOWN = "query { viewer { ... on Candidate { jobAlerts { id status } } } }"


@dataclass
class Seeker:
    person: SignedIn
    book: Person
    mailbox: Mailbox
    neqs: Sequence[str]
    random: Random
    acted: Counter[str] = field(default_factory=Counter)

    async def act(self) -> None:
        await self.person.stay_signed_in()
        [what] = self.random.choices(list(ACTS), list(ACTS.values()))
        self.acted[what] += await getattr(self, what.replace(" ", "_"))()

    def _alerts(self, *, on: bool) -> list[Alert]:
        return [each for each in self.book.alerts if each.on is on and not each.deleted]

    async def create(self) -> bool:
        if len(self._alerts(on=True) + self._alerts(on=False)) >= MOST_ALERTS:
            return False
        spell, typed, name = *self._wish(), new_word()
        frequency = self.random.choice(FREQUENCIES)
        entered: Data = {"name": name, "frequency": frequency, "criteria": _criteria(typed, spell.wanted), "idempotencyKey": name}
        made = await self.person.done("createJobAlert", "... on JobAlert { id }", **entered)
        self.book.alerts.append(Alert(made["id"], name, frequency, typed, [spell]))
        return True

    async def revise(self) -> bool:
        """Gives an alert, which may be paused, other criteria."""
        if not (alert := self._one(self._alerts(on=self.random.random() < 0.8))):
            return False
        spell, typed = self._wish()
        if alert.on:
            alert.spells.append(spell)
        await self.person.done("reviseJobAlert", "", id=alert.id, criteria=_criteria(typed, spell.wanted))
        alert.typed = typed
        if alert.on:
            alert.spells[-2].ended = time.time()
        else:
            alert.spells.append(Spell(spell.wanted, spell.began, alert.spells[-1].ended))
        return True

    async def rename(self) -> bool:
        if not (alert := self._one(self._alerts(on=True))):
            return False
        name, frequency = new_word(), self.random.choice(FREQUENCIES)
        await self.person.done("reviseJobAlert", "", id=alert.id, name=name, frequency=frequency)
        alert.name, alert.frequency = name, frequency
        return True

    async def pause(self) -> bool:
        if not (alert := self._one(self._alerts(on=True))):
            return False
        await self.person.done("pauseJobAlert", "", id=alert.id, done_before="ALREADY_PAUSED")
        alert.off(time.time())
        return True

    async def resume(self) -> bool:
        if not (alert := self._one(self._alerts(on=False))):
            return False
        alert.spells.append(Spell(alert.wanted, time.time()))
        await self.person.done("resumeJobAlert", "", id=alert.id, done_before="ALREADY_ON")
        alert.on = True
        return True

    async def delete(self) -> bool:
        if not (alert := self._one(self._alerts(on=True))):
            return False
        await self.person.done("deleteJobAlert", "", id=alert.id, done_before="NOT_FOUND")
        alert.off(time.time())
        alert.deleted = True
        return True

    async def unsubscribe(self) -> bool:
        """As a mail program does it, which posts to the link in the header of a mail; of whatever that mail told."""
        letters = self.mailbox.letters_to(self.book.email)
        if not (letter := self._one([each for each in letters if each["List-Unsubscribe"]])):
            return False
        await self.person.api.clicked(letter["List-Unsubscribe"].strip("<>"))
        now, status = time.time(), await self._status()
        for alert in self._alerts(on=True):
            if status[alert.id] == "PAUSED":
                alert.off(now)
        return True

    async def _status(self) -> dict[str, str]:
        shown: Data = await self.person.api.asked(SHOWN, self.person.token)
        return {each["id"]: each["status"] for each in shown["viewer"]["jobAlerts"]}

    async def move(self) -> bool:
        hour, day = self.random.randrange(24), self.random.choice(DAYS)
        entered: Data = {"timeZone": self.random.choice(ZONES), "mailHour": hour, "mailWeekday": day}
        await self.person.done("updateAccount", "", **entered)
        return True

    async def receive_again(self) -> bool:
        """What a server refused for the address has stopped all mails of alerts."""
        await self.person.done("updateAccount", "", resumeEmail=True)
        return True

    async def hide(self) -> bool:
        neq = self.random.choice(self.neqs)
        if any(each.neq == neq and each.ended > time.time() for each in self.book.hidden):
            return False
        await self.person.done("hideFromEmployer", "", neq=neq)
        self.book.hidden.append(Hidden(neq, time.time()))
        return True

    async def show(self) -> bool:
        if not (hidden := self._one([each for each in self.book.hidden if each.ended > time.time()])):
            return False
        hidden.ended = time.time()
        await self.person.done("showToEmployer", "", neq=hidden.neq)
        return True

    def _wish(self) -> tuple[Spell, str]:
        """Criteria, from now on, and the text that is typed for them."""
        trade = self.random.choice(TRADES)
        regions = frozenset(self.random.sample(REGIONS, self.random.randrange(4)))
        return Spell(Wanted(trade, regions), time.time()), self.random.choice(trade.typed)

    def _one(self, choices: Sequence[T]) -> T | None:
        return self.random.choice(choices) if choices else None


def _criteria(typed: str, wanted: Wanted) -> Data:
    return {"text": typed, "regions": sorted(wanted.regions)}
