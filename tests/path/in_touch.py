"""An employer and a candidate who may be in touch, as they use the API. Not a test itself."""

from dataclasses import dataclass, field
from typing import Any

from tests.conftest import Clock
from tests.path.candidate_file import Person, candidate
from tests.service import Data, Service, addresses
from tests.world import OFFER

NEQ, OTHER_NEQ = "1143920115", "1143920123"
REQUEST = """... on ContactRequest { id status message reply candidacyNumber answeredAt employer { name } jobOffer { id }
    person { givenName familyName email telephone } }"""
NODE = f"query($id: ID!) {{ node(id: $id) {{ {REQUEST} }} }}"
PERSON = {"givenName": "Amina", "familyName": "Benali", "email": "amina@example.org", "telephone": "+212 5 22 00 00 00"}


@dataclass
class Recruiter:
    """A member of an authenticated employer, with an open offer. Signs in again when time has passed, as candidates do."""

    service: Service
    email: str
    offer: str = ""
    known: int = field(default=0)

    async def token(self) -> str:
        return await self.service.token(self.email)

    async def act(self, name: str, selection: str = REQUEST, /, **entered: Any) -> Data:
        return await self.service.act(name, selection, await self.token(), **entered)

    async def post(self) -> str:
        """Another open offer."""
        made = await self.act("createJobOffer", "... on JobOffer { id }", **OFFER)
        assert "code" not in await self.act("publishJobOffer", "", id=made["id"])
        return str(made["id"])

    async def request(self, number: str, offer: str | None = None, **entered: Any) -> Data:
        asked = {"candidacyNumber": number, "jobOfferId": offer or self.offer, "message": "Parlons-en.", **entered}
        return await self.act("requestContact", **asked)

    async def read(self, request: str) -> Data | None:
        found: Data | None = (await self.service.ask(NODE, await self.token(), id=request))["node"]
        return found

    async def requests(self) -> Data:
        text = f"""{{ viewer {{ id ... on EmployerMember {{ employer {{ contactRequests {{ totalCount
            edges {{ node {{ {REQUEST} }} }} }} }} }} }} }}"""
        found: Data = (await self.service.ask(text, await self.token()))["viewer"]["employer"]["contactRequests"]
        return found

    async def person(self, number: str) -> Data | None:
        """Who the candidate is, by the published candidacy; the same wherever that is read."""
        text = """query($n: String!) { candidacy(number: $n) { person { givenName familyName email telephone } }
            candidacies { edges { node { number person { givenName familyName email telephone } } } } }"""
        answer = await self.service.ask(text, await self.token(), n=number)
        listed = {edge["node"]["number"]: edge["node"]["person"] for edge in answer["candidacies"]["edges"]}
        opened: Data | None = answer["candidacy"] and answer["candidacy"]["person"]
        assert listed.get(number) == opened
        return opened

    def mails(self) -> list[str]:
        """The subjects of the mails to this address."""
        return [str(each["Subject"]) for each in self.service.letters() if self.email in addresses(each)]


@dataclass
class Pair:
    """A candidate with a published candidacy, and a recruiter who has found it."""

    person: Person
    candidacy: str
    number: str
    recruiter: Recruiter

    async def asked(self) -> str:
        """A request's id."""
        return str((await self.recruiter.request(self.number))["id"])

    async def answer(self, name: str, request: str, **entered: Any) -> Data:
        return await self.person.act(name, REQUEST, id=request, **entered)

    async def accepted(self) -> str:
        request = await self.asked()
        assert (await self.answer("acceptContact", request))["status"] == "ACCEPTED"
        return request

    async def received(self) -> Data:
        found: Data = (await self.person.file(f"contactRequests {{ totalCount edges {{ node {{ {REQUEST} }} }} }}"))[
            "contactRequests"
        ]
        return found


async def recruiter(service: Service, neq: str = NEQ, name: str = "Hôpital du Fjord") -> Recruiter:
    email = f"rh{neq}@example.org"
    await service.employer(email, neq, await service.agent(f"agent{neq}@example.org"), name)
    await service.confirm(email)
    made = Recruiter(service, email)
    made.offer = await made.post()
    return made


async def pair(service: Service, clock: Clock) -> Pair:
    person = await candidate(service, clock, telephone=PERSON["telephone"])
    candidacy = await person.publish()
    ((number),) = [each["number"] for each in (await person.file("candidacies { number }"))["candidacies"]]
    made = Pair(person, candidacy, number, await recruiter(service))
    await service.work()
    await person.settled()
    return made
