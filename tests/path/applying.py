"""A candidate who applies to an employer, as both use the API. Not a test itself."""

from dataclasses import dataclass
from typing import Any

from tests.conftest import Clock
from tests.path.candidate_file import Person
from tests.path.in_touch import Pair, Recruiter, pair
from tests.service import Data, Service

PROFILE = "id number title { fr en } occupations { code } publishedAt publicationEndsOn countryOfResidence { code }"
APPLICATION = f"""... on Application {{ id status version submittedAt coverLetter declineReason declineText declineMessage
    allowedTransitions noNewsSince openingsFilled jobOffer {{ id status }} history {{ at status by reason }}
    person {{ givenName familyName email telephone }} snapshot {{ {PROFILE} person {{ givenName }} }} }}"""
NODE = f"query($id: ID!) {{ node(id: $id) {{ {APPLICATION} }} }}"
LISTED = f"applications {{ totalCount edges {{ node {{ {APPLICATION} }} }} }}"
FORWARD = ("reviewApplication", "inviteToInterview", "offerPosition", "recordHire")
LETTER = "Je suis prête à commencer."


@dataclass
class Sides:
    """A candidate with a published candidacy, and a recruiter with an open offer. Each signs in again when time has passed."""

    pair: Pair

    @property
    def person(self) -> Person:
        return self.pair.person

    @property
    def recruiter(self) -> Recruiter:
        return self.pair.recruiter

    @property
    def service(self) -> Service:
        return self.pair.person.service

    async def token(self, email: str) -> str:
        return await self.service.token(email)

    async def by_candidate(self, act: str, selection: str = "", /, **entered: Any) -> Data:
        return await self.service.act(act, selection, await self.token(self.person.email), **entered)

    async def by_employer(self, act: str, selection: str = "", /, **entered: Any) -> Data:
        return await self.service.act(act, selection, await self.token(self.recruiter.email), **entered)

    async def apply(self, **entered: Any) -> Data:
        wanted = {"jobOfferId": self.recruiter.offer, "candidacyId": self.pair.candidacy, "coverLetter": LETTER, **entered}
        return await self.by_candidate("applyToJobOffer", f"{APPLICATION} ... on Conflict {{ existing {{ id }} }}", **wanted)

    async def applied(self) -> str:
        """An application's id."""
        return str((await self.apply())["id"])

    async def step(self, act: str, application: str, **entered: Any) -> Data:
        """By the employer."""
        return await self.by_employer(act, APPLICATION, id=application, **entered)

    async def forward(self, application: str, count: int) -> Data:
        """The first steps of the way to a hire."""
        return [await self.step(act, application) for act in FORWARD[:count]][-1]

    async def decline(self, application: str, reason: str = "LANGUAGE", message: str | None = None) -> Data:
        return await self.step("declineApplication", application, reason=reason, message=message)

    async def withdraw(self, application: str, reason: str | None = None) -> Data:
        return await self.by_candidate("withdrawApplication", APPLICATION, id=application, reason=reason)

    async def seen_by_candidate(self, application: str) -> Data | None:
        return await self._node(application, await self.token(self.person.email))

    async def seen_by_employer(self, application: str) -> Data | None:
        return await self._node(application, await self.token(self.recruiter.email))

    async def _node(self, application: str, token: str) -> Data | None:
        found: Data | None = (await self.service.ask(NODE, token, id=application))["node"]
        return found

    async def received(self) -> Data:
        """What the offer has brought."""
        text = f"query($id: ID!) {{ node(id: $id) {{ ... on JobOffer {{ {LISTED} }} }} }}"
        found: Data = (await self.service.ask(text, await self.token(self.recruiter.email), id=self.recruiter.offer))["node"]
        return dict(found["applications"])

    async def sent(self) -> Data:
        text = f"{{ viewer {{ ... on Candidate {{ {LISTED} }} }} }}"
        return dict((await self.service.ask(text, await self.token(self.person.email)))["viewer"]["applications"])


async def sides(service: Service, clock: Clock) -> Sides:
    return Sides(await pair(service, clock))


def last_step(application: Data | None) -> tuple[str, str, str | None]:
    """What it became, by whom and why."""
    assert application is not None
    step = application["history"][-1]
    return step["status"], step["by"], step["reason"]


def statuses(application: Data | None) -> list[str]:
    assert application is not None
    return [step["status"] for step in application["history"]]
