"""Employers who post offers, change what they say and close them, and keep a book of it. Not a test itself."""

import time
from dataclasses import dataclass, field
from random import Random

from tests.processes.torture.book import REGIONS, TRADES, Posted, Version
from tests.processes.torture.signed_in import SignedIn
from tests.processes.writing import Data, new_word


@dataclass
class Poster:
    person: SignedIn
    neq: str
    random: Random
    posted: list[Posted] = field(default_factory=list)

    async def act(self) -> None:
        await self.person.stay_signed_in()
        choice, published = self.random.random(), [each for each in self.posted if each.published]
        if not published or choice < 0.5:
            await self.post()
        elif choice < 0.85:
            await self.revise(self.random.choice(published))
        else:
            await self.close(self.random.choice(published))

    async def post(self) -> None:
        version = Version(self.random.choice(TRADES), self.random.choice(REGIONS), new_word())
        entered = _said(version) | {"contractType": "PERMANENT", "workMode": "ON_SITE", "idempotencyKey": version.word}
        draft = await self.person.done("createJobOffer", "... on JobOffer { id number }", **entered)
        offer = Posted(draft["id"], draft["number"], self.neq, [version])
        self.posted.append(offer)
        version.sent = time.time()
        await self.person.done("publishJobOffer", "", id=offer.id, done_before="ALREADY_PUBLISHED")
        version.answered, offer.published = time.time(), True

    async def revise(self, offer: Posted) -> None:
        """Another word in the title, which no alert asks for, and now and then another trade or region."""
        last = offer.versions[-1]
        trade = self.random.choice(TRADES) if self.random.random() < 0.2 else last.trade
        region = self.random.choice(REGIONS) if self.random.random() < 0.3 else last.region
        version = Version(trade, region, new_word(), sent=time.time())
        offer.versions.append(version)
        await self.person.done("reviseJobOffer", "", id=offer.id, **_said(version))
        version.answered = time.time()

    async def close(self, offer: Posted) -> None:
        offer.published = False
        await self.person.done("closeJobOffer", "", id=offer.id, done_before="NOT_PUBLISHED")
        offer.closed = time.time()


def _said(version: Version) -> Data:
    return {
        "title": {"fr": f"{version.trade.fr} {version.word}", "en": f"{version.trade.en} {version.word}"},
        "description": {"fr": "On vous attend avec impatience."},
        "occupation": version.trade.occupation,
        "region": version.region,
    }
