"""People who write through the API and keep a book of what was acknowledged, whatever happens to the API. Not a test itself."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import httpx

from tests.processes.client import Client, certificate_dates
from tests.service import registration

Data = dict[str, Any]
T = TypeVar("T")
REGIONS = ("02", "06")
MOST_CANDIDACIES = 15
A_MUTATION = 0.03
"""Seconds, about."""


@dataclass
class Kept:
    """A candidacy or an offer as it was last acknowledged. `word` is in its title and in no other."""

    id: str
    number: str
    word: str
    region: str
    status: str = "DRAFT"

    @property
    def published(self) -> bool:
        return self.status == "PUBLISHED"


@dataclass
class Insistent:
    """Asks again until it is answered. `waiting` counts the requests that have no answer yet, `broken` those that were cut off
    before they had one."""

    client: Client
    waiting: int = 0
    broken: int = 0

    async def done(
        self, name: str, selection: str, token: str | None = None, /, *, done_before: str = "", **entered: Any
    ) -> Data:
        """The result of a mutation. Refused with the code `done_before`, it was done by a request that had no answer."""
        answer, unanswered = await self._answered(lambda: self.client.act(name, selection, token, **entered))
        assert "code" not in answer or (unanswered and answer["code"] == done_before), answer
        return answer

    async def asked(self, query: str, token: str) -> Data:
        answer, _ = await self._answered(lambda: self.client.ask(query, token))
        return answer

    async def clicked(self, link: str) -> None:
        """The link that a mail program posts to when its reader wants no more."""
        answer, _ = await self._answered(lambda: self.client.http.post(link, data={"List-Unsubscribe": "One-Click"}))
        assert answer.status_code == 200, answer.text

    async def _answered(self, ask: Callable[[], Awaitable[T]]) -> tuple[T, int]:
        """The answer, and how many requests had none before."""
        unanswered = 0
        while True:
            self.waiting += 1
            try:
                return await ask(), unanswered
            except httpx.TransportError as error:
                self.broken += not isinstance(error, httpx.ConnectError)
                unanswered += 1
            finally:
                self.waiting -= 1
            await asyncio.sleep(0.05)

    async def until_busy(self, random: Random) -> None:
        """Looks at random moments, and returns at one at which a mutation was sent and is not answered."""
        while True:
            await asyncio.sleep(random.uniform(0, A_MUTATION))
            if self.waiting:
                return


class Author(Protocol):
    async def act(self) -> None:
        """Does one thing, and notes it once it is acknowledged."""
        ...


def new_word() -> str:
    return f"q{uuid4().hex[:10]}7"


def title(word: str) -> dict[str, str]:
    return {"fr": f"Infirmière {word}", "en": f"Nurse {word}"}


@dataclass
class Recruiter:
    """Posts, revises and, unless told to keep them open, closes job offers."""

    api: Insistent
    token: str
    random: Random
    closing: bool = True
    kept: list[Kept] = field(default_factory=list)

    async def act(self) -> None:
        choice, open_offers = self.random.random(), [each for each in self.kept if each.published]
        if not open_offers or choice < 0.4:
            await self.post(self.random.choice(REGIONS))
        elif choice < 0.8 or not self.closing:
            await self.revise(self.random.choice(open_offers))
        else:
            await self.close(self.random.choice(open_offers))

    async def post(self, region: str) -> Kept:
        word = new_word()
        draft = await self.api.done(
            "createJobOffer",
            "... on JobOffer { id number }",
            self.token,
            title=title(word),
            description={"fr": "Soins de nuit à l’hôpital."},
            occupation="31301",
            region=region,
            contractType="PERMANENT",
            workMode="ON_SITE",
            idempotencyKey=word,
        )
        offer = Kept(draft["id"], draft["number"], word, region)
        self.kept.append(offer)
        await self.api.done("publishJobOffer", "", self.token, id=offer.id, done_before="ALREADY_PUBLISHED")
        offer.status = "PUBLISHED"
        return offer

    async def revise(self, offer: Kept) -> None:
        word = new_word()
        await self.api.done("reviseJobOffer", "", self.token, id=offer.id, title=title(word))
        offer.word = word

    async def close(self, offer: Kept) -> None:
        await self.api.done("closeJobOffer", "", self.token, id=offer.id, done_before="NOT_PUBLISHED")
        offer.status = "CLOSED"


@dataclass
class JobSeeker:
    """Writes and publishes candidacies, revises them and, unless told to keep them visible, withdraws them and publishes
    them again."""

    api: Insistent
    token: str
    random: Random
    withdrawing: bool = True
    kept: list[Kept] = field(default_factory=list)

    async def act(self) -> None:
        choice, published = self.random.random(), [each for each in self.kept if each.published]
        withdrawn = [each for each in self.kept if each.status == "WITHDRAWN"]
        if len(self.kept) < MOST_CANDIDACIES and (not published or choice < 0.3):
            await self.write()
        elif published and (choice < 0.6 or not self.withdrawing):
            await self.revise(self.random.choice(published))
        elif published and (choice < 0.8 or not withdrawn):
            await self.withdraw(self.random.choice(published))
        else:
            await self.publish(self.random.choice(withdrawn))

    async def write(self) -> None:
        word, region = new_word(), self.random.choice(REGIONS)
        entered: Data = {"title": title(word), "occupations": ["31301"], "regions": [region], "idempotencyKey": word}
        draft = await self.api.done("createCandidacy", "... on Candidacy { id number }", self.token, **entered)
        self.kept.append(Kept(draft["id"], draft["number"], word, region))
        await self.publish(self.kept[-1])

    async def publish(self, candidacy: Kept) -> None:
        await self.api.done("publishCandidacy", "", self.token, id=candidacy.id, done_before="ALREADY_PUBLISHED")
        candidacy.status = "PUBLISHED"

    async def revise(self, candidacy: Kept) -> None:
        word = new_word()
        await self.api.done("reviseCandidacy", "", self.token, id=candidacy.id, title=title(word))
        candidacy.word = word

    async def withdraw(self, candidacy: Kept) -> None:
        await self.api.done("withdrawCandidacy", "", self.token, id=candidacy.id, done_before="NOT_PUBLISHED")
        candidacy.status = "WITHDRAWN"


@dataclass
class Newcomers:
    """Register one after the other; each is owed the mail that confirms the address."""

    api: Insistent
    registered: list[str] = field(default_factory=list)

    async def act(self) -> None:
        email = f"newcomer{len(self.registered)}@example.org"
        entered = registration(email, **certificate_dates(), idempotencyKey=email)
        await self.api.done("registerCandidate", "", **entered)
        self.registered.append(email)


async def write_until(stop: asyncio.Event, authors: Sequence[tuple[Author, float]], random: Random) -> None:
    """Every author acts again and again, with pauses of the given length on the average. What was begun is finished."""

    async def write(author: Author, pause: float) -> None:
        while not stop.is_set():
            await author.act()
            await asyncio.sleep(random.uniform(0, 2 * pause))

    async with asyncio.TaskGroup() as tasks:
        for author, pause in authors:
            tasks.create_task(write(author, pause))
