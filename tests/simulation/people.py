"""The people of a simulation and what they do, through the resolvers that the API calls. An act answers the code of its
refusal."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid4

from auth.caller import Caller
from auth.identification import identify
from bootstrap import Resources
from errors import NotAllowed, Refused
from models.account import Role
from models.candidacy_draft import CandidacyDraft
from models.certificate import Certificate
from models.employer import EmployerStatus
from models.language import Language, LocalizedText
from models.residence_case import Residence
from resolvers import account, candidacy, certificate, registration, residence, session
from resolvers.context import Context
from server import context
from tests.service import PASSWORD
from tests.simulation import oracle_file as oracle

PREFIXES = {
    "RECOGNISED": "OK",
    "NOT_RECOGNISED": "NO1",
    "NO_INVITATION_LETTER": "NOLETTER",
    "RESIDES_IN_QUEBEC": "QC",
    "RESIDES_IN_CANADA": "CA",
}
"""What a file number begins with for the sandbox to say so."""
PLACES = {"ABROAD": ("MA", None), "QUEBEC": ("CA", "QC"), "CANADA": ("CA", "ON")}
DRAFT = CandidacyDraft(title=LocalizedText("Infirmière", "Nurse"), occupations=("31301",))


def typed(entered: oracle.Certificate) -> Certificate:
    """As a person types it. The number of the oracle's stands for both of ours."""
    prefix = "LATER" if entered.late else PREFIXES[entered.word]
    return Certificate(f"{prefix}{entered.number}", f"R{entered.number}", entered.issued, entered.expires)


@dataclass
class Person:
    name: str
    number: int
    language: Language
    account_id: UUID = field(default_factory=uuid4)
    session_id: UUID = field(default_factory=uuid4)
    candidacies: dict[str, UUID] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"

    @property
    def address(self) -> str:
        return f"10.{self.number // 65536}.{self.number // 256 % 256}.{self.number % 256}"


async def code_of(act: Awaitable[object]) -> str | None:
    try:
        await act
    except Refused as refused:
        return refused.code
    return None


@dataclass
class Acting:
    """Lets people act on the service."""

    resources: Resources

    async def of(self, person: Person, mutation: str) -> Context:
        """Raises NotAllowed once the person's session is over."""
        tokens, now = self.resources.tokens, self.resources.now()
        token, _ = tokens.issue_access(person.account_id, person.session_id, now)
        caller = await identify(self.resources.database, tokens, f"Bearer {token}", now)
        asking = context(self.resources, caller=caller, language=person.language, address=person.address)
        asking.require("Mutation", mutation)
        return asking

    def agent(self) -> Context:
        return self._as(Role.AGENT)

    def employer(self) -> Context:
        return self._as(Role.EMPLOYER_MEMBER, employed=True)

    def _as(self, role: Role, employed: bool = False) -> Context:
        expires_at = self.resources.now() + timedelta(minutes=10)
        caller = Caller(AGENT, role, uuid4(), expires_at)
        if employed:
            status = EmployerStatus.AUTHENTICATED
            caller = replace(caller, employer_id=uuid4(), employer_neq="1143920115", employer_status=status)
        return context(self.resources, caller=caller)

    async def register(self, person: Person, entered: oracle.Certificate) -> str | None:
        asking = context(self.resources, address=person.address)
        given = registration.Registration(
            email=person.email,
            password=PASSWORD,
            given_name="Amina",
            family_name="Benali",
            telephone=None,
            language=person.language,
            time_zone="Africa/Casablanca",
            country_of_residence="MA",
            province_of_residence=None,
            certificate=typed(entered),
        )
        try:
            person.account_id = (await registration.register(asking, given)).account.id
        except Refused as refused:
            return refused.code
        return None

    async def confirm(self, person: Person) -> None:
        token = self.resources.links.confirm_email(person.account_id, person.email).rsplit("/", 1)[1]
        await account.confirm_email(context(self.resources), token)

    async def sign_in(self, person: Person) -> str | None:
        asking = context(self.resources, address=person.address)
        try:
            signed = await session.sign_in(asking, person.email, PASSWORD)
        except Refused as refused:
            return refused.code
        person.session_id = signed.caller.session_id
        return None

    async def write(self, person: Person, key: str) -> None:
        asking = await self.of(person, "createCandidacy")
        person.candidacies[key] = (await candidacy.create(asking, DRAFT)).id

    async def _do(self, person: Person, mutation: str, act: Callable[[Context], Awaitable[object]]) -> str | None:
        try:
            asking = await self.of(person, mutation)
        except NotAllowed as refused:
            return refused.code
        return await code_of(act(asking))

    async def publish(self, person: Person, key: str) -> str | None:
        return await self._do(person, "publishCandidacy", lambda asking: candidacy.publish(asking, person.candidacies[key]))

    async def withdraw(self, person: Person, key: str) -> str | None:
        return await self._do(person, "withdrawCandidacy", lambda asking: candidacy.withdraw(asking, person.candidacies[key]))

    async def correct(self, person: Person, entered: oracle.Certificate) -> str | None:
        return await self._do(person, "correctCertificate", lambda asking: certificate.correct(asking, typed(entered)))

    async def declare(self, person: Person, place: str) -> str | None:
        return await self._do(person, "declareResidence", lambda asking: residence.declare(asking, *PLACES[place]))

    async def report(self, person: Person, place: str) -> str | None:
        return await code_of(residence.report(self.agent(), person.account_id, Residence(place), "Seen at a fair."))

    async def reopen(self, person: Person) -> str | None:
        return await code_of(residence.reopen(self.agent(), person.account_id, "A lease abroad was shown.", "MA"))


AGENT = UUID(int=1)
