"""A member of an employer with saved searches, and all that shows of what they tell. Not a test itself."""

from dataclasses import dataclass, replace
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select

from models.notification import Channel, Delivery, DeliveryStatus, Notification
from resolvers.alert_mail import told_by_mail
from schema.schema import schema
from tests.conftest import Clock
from tests.service import Data, Service, addresses
from tests.world import SEARCH

NEQ = "1143920115"
SEEN = """{ viewer { ... on EmployerMember { candidacySearches { name lastNotifiedAt
        matches { totalCount edges { node { number } } } }
    notifications { totalCount edges { node { id kind publishedCandidacy { number } candidacySearch { name }
        deliveries { channel status problem } } } } } } }"""
STREAM = """subscription($search: ID, $after: Cursor) { candidacyMatches(searchId: $search, after: $after) {
    ... on CandidacyMatched { cursor candidacy { number } searches { name } } } }"""
SAVED = "... on CandidacySearch { id name status version criteria { json sentence } estimate { matches } }"


@dataclass
class Member:
    service: Service
    clock: Clock
    email: str

    async def token(self) -> str:
        return await self.service.sign_in(self.email)

    async def act(self, name: str, selection: str = "", /, **entered: Any) -> Data:
        return await self.service.act(name, selection, await self.token(), **entered)

    async def save(self, name: str = "Infirmières", frequency: str = "LIVE", **criteria: Any) -> Data:
        wanted = criteria or SEARCH["criteria"]
        saved = await self.act("saveCandidacySearch", SAVED, name=name, frequency=frequency, criteria=wanted)
        assert saved["__typename"] == "CandidacySearch", saved
        await self.service.work()
        self.clock.move(minutes=1)
        return saved

    async def seen(self) -> Data:
        """The numbers that each search and the ledger tell of, with their counts."""
        viewer = (await self.service.ask(SEEN, await self.token()))["viewer"]
        lists = {each["name"]: each["matches"] for each in viewer["candidacySearches"]}
        for told in (*lists.values(), viewer["notifications"]):
            assert told["totalCount"] == len(told["edges"])
        matches = {name: [edge["node"]["number"] for edge in told["edges"]] for name, told in lists.items()}
        ledger = [edge["node"]["publishedCandidacy"]["number"] for edge in viewer["notifications"]["edges"]]
        return {"matches": matches, "ledger": ledger}

    def mails(self) -> list[EmailMessage]:
        return [each for each in self.service.letters() if self.email in addresses(each) and each["List-Unsubscribe"]]

    async def streamed(self, count: int, after: str = "0", search: str | None = None) -> list[str]:
        """The numbers of so many events after a place."""
        context = replace(await self.service.asking(await self.token()), streamed={})
        events = await schema.stream(STREAM, {"search": search, "after": after}, context)
        found: list[str] = []
        async for event in events:
            data = getattr(event, "data", None)
            assert data, getattr(event, "errors", event)
            found.append(data["candidacyMatches"]["candidacy"]["number"])
            if len(found) == count:
                break
        await events.aclose()
        return found

    async def listed(self, mail: EmailMessage) -> list[str]:
        """The numbers on the page that a mail leads to, which asks nobody to sign in."""
        body = mail.get_body(("plain",))
        assert body is not None
        token = str(body.get_content()).split("/alert-mails/")[1].split("?")[0].split("#")[0].split()[0]
        told = await told_by_mail(await self.service.asking(), token)
        assert told is not None
        return [each.number for each in told.candidacies or ()]


async def member(service: Service, clock: Clock, neq: str = NEQ) -> Member:
    email = f"rh{neq}@example.org"
    await service.employer(email, neq, await service.agent(f"agent{neq}@example.org"))
    await service.confirm(email)
    clock.move(minutes=1)
    return Member(service, clock, email)


async def emails_of(service: Service) -> list[tuple[DeliveryStatus, str | None]]:
    """What became of each e-mail about a candidacy, oldest first."""
    query = (
        select(Delivery.status, Delivery.problem)
        .join(Notification, Notification.id == Delivery.notification_id)
        .where(Delivery.channel == Channel.EMAIL, Notification.matched_candidacy_id.is_not(None))
        .order_by(Notification.created_at, Notification.id)
    )
    async with service.resources.database.read() as session:
        return [(row[0], row[1]) for row in await session.execute(query)]
