"""Employers and their members in the API, with registration and authentication."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from errors import NotAllowed
from models import employer as models
from models.account import Role
from models.language import Language
from resolvers import employer as resolvers
from resolvers import employer_registration
from resolvers.alert import alerts_of
from resolvers.contact_reading import Contact, sent
from resolvers.context import Context
from resolvers.job_offer import offers_of
from resolvers.notification import candidacies_told_to
from resolvers.pages import NO_ITEMS, Slice
from resolvers.saved_candidacy_search import SEARCHES
from schema.account import Account, reads_own
from schema.codes import Region
from schema.connections import After, First, PageInfo, page, page_info
from schema.fields import Info, doc, guarded, leading_back, mutation, query
from schema.node import Node, global_id, key_of, loads
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound
from schema.saved_candidacy_search import CandidacySearch
from schema.scalars import Cursor
from texts.catalogue import text

NOTIFICATIONS = LazyType[str, str]("NotificationConnection", "schema.notification")
JOB_OFFERS = LazyType[str, str]("JobOfferConnection", "schema.job_offer_search")
CONTACT_REQUESTS = LazyType[str, str]("ContactRequestConnection", "schema.contact_request")
"""By their names alone: offers and requests lead back to employers, which are declared first."""
strawberry.enum(models.EmployerStatus, description="Where the authentication of an employer stands.")


@strawberry.type(description="A decision of an agent about an employer.")
class EmployerEvent:
    at: datetime = doc("When.")
    status: models.EmployerStatus = doc("What the employer became.")
    reason: str | None = doc("Why, if a reason was given.")


@strawberry.type(description="An employer. It exists for everybody once an agent has authenticated it; before, for its members.")
class Employer(Node):
    owner: strawberry.Private[UUID]
    row: strawberry.Private[models.Employer]
    name: str = doc("Under which it does business.")
    neq: str = doc("Québec enterprise number, ten digits.")
    city: str | None = doc("Where it is.")
    region: Region | None = doc("The administrative region it is in.")
    website: str | None = doc("Its pages.")
    status: models.EmployerStatus = doc("Where its authentication stands.")

    @guarded("Employer")
    def status_reason(self, info: Info) -> str | None:
        """Why it was refused or suspended. To its members and to agents."""
        return self.row.status_reason

    @guarded("Employer", otherwise=[])
    async def history(self, info: Info) -> list["EmployerEvent"]:
        """What agents decided about it, oldest first. To its members and to agents; empty for others."""
        steps = await resolvers.history_of(info.context, self.owner)
        return [EmployerEvent(at=each.at, status=each.status, reason=each.reason) for each in steps]

    @guarded("Employer", otherwise=[])
    async def members(self, info: Info) -> list["EmployerMember"]:
        """The people who act for it. To its members; empty for others."""
        found = await resolvers.members_of(info.context, self.owner)
        return [EmployerMember.of(each, info.context.language) for each in found]

    @guarded("Employer", lambda: _requests(NO_ITEMS, Language.FR), CONTACT_REQUESTS)
    async def contact_requests(self, info: Info, first: First = 20, after: After = None) -> object:
        """What it has asked of candidates, newest first. To its members; empty for others."""
        return _requests(await sent(info.context, self.owner, page(first, after)), info.context.language)

    @leading_back(JOB_OFFERS)
    async def job_offers(self, info: Info, first: First = 20, after: After = None) -> object:
        """Its offers, newest first: all of them to its members and to agents, to others those that are open."""
        found = await offers_of(info.context, self.owner, page(first, after))
        return JOB_OFFERS.resolve_type().listed(found, info.context.language)

    @classmethod
    def of(cls, row: models.Employer, language: Language) -> Self:
        return cls(
            id=global_id("Employer", row.id),
            owner=row.id,
            row=row,
            name=row.name,
            neq=row.neq,
            city=row.city,
            region=Region.of(row.region, language) if row.region else None,
            website=row.website,
            status=row.status,
        )


def _requests(found: Slice[Contact], language: Language) -> object:
    return CONTACT_REQUESTS.resolve_type().of(found, language)


@loads("Employer")
async def load_employer(info: Info, key: UUID) -> Employer | None:
    row = await resolvers.known(info.context, key)
    return Employer.of(row, info.context.language) if row else None


@strawberry.type(description="A person who acts for an employer.")
class EmployerMember(Node, Account):
    owner: strawberry.Private[UUID]
    name: str = doc("The person's name.")
    employer: Employer = doc("For whom the person acts.")

    @guarded("EmployerMember", otherwise=[])
    async def candidacy_searches(self, info: Info) -> list[CandidacySearch]:
        """The searches for candidacies that the member has saved, oldest first. To the member alone; empty for others."""
        return [CandidacySearch.of(row, info.context.language) for row in await alerts_of(info.context, SEARCHES, self.owner)]

    @leading_back(NOTIFICATIONS, guard="EmployerMember")
    async def notifications(self, info: Info, first: First = 20, after: After = None) -> object:
        """The candidacies that the member was told of and that can be seen now, when and how, newest first. To the member alone,
        of an employer that is authenticated; empty for others."""
        found = await candidacies_told_to(info.context, self.owner, page(first, after))
        return NOTIFICATIONS.resolve_type().of(found, info.context.language)

    @classmethod
    def of(cls, found: resolvers.Member, language: Language) -> Self:
        account = found.account
        return cls(
            id=global_id("EmployerMember", account.id),
            owner=account.id,
            email=account.email,
            language=account.language,
            time_zone=account.time_zone,
            mail_hour=account.mail_hour,
            mail_weekday=account.mail_weekday,
            email_problem=account.email_stopped,
            email_confirmed=account.email_confirmed_at is not None,
            name=found.member.name,
            employer=Employer.of(found.employer, language),
        )


@loads("EmployerMember")
async def load_employer_member(info: Info, key: UUID) -> EmployerMember | None:
    found = await resolvers.member(info.context, key)
    return EmployerMember.of(found, info.context.language) if found else None


@reads_own(Role.EMPLOYER_MEMBER)
async def _own_membership(context: Context) -> EmployerMember:
    found = await resolvers.member(context, context.account_id)
    if found is None:
        raise NotAllowed("SESSION_ENDED")
    return EmployerMember.of(found, context.language)


@strawberry.type(description="An employer at its place in a list.")
class EmployerEdge:
    cursor: Cursor = doc("The place, for `after`.")
    node: Employer = doc("The employer.")
    neq_hint: str | None = doc("What is odd about its NEQ, if anything is. A hint, which decides nothing.")


@strawberry.type(description="A page of employers.")
class EmployerConnection:
    edges: list[EmployerEdge] = doc("The employers of the page, those that have waited longest first.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are on all pages.")


@strawberry.input(description="A new employer, and the person who registers it.")
class RegisterEmployerInput:
    email: str = doc("Of the person. A mail is sent there to confirm it.")
    password: str = doc("12 to 200 characters, of any kind.")
    name: str = doc("Of the person, at most 100 characters.")
    employer_name: str = doc("Under which the employer does business, at most 150 characters.")
    neq: str = doc("Québec enterprise number, ten digits.")
    city: str | None = strawberry.field(default=None, description="At most 100 characters.")
    region: str | None = strawberry.field(default=None, description="A code, 01 to 17.")
    website: str | None = strawberry.field(default=None, description="An address that begins with http:// or https://.")
    language: Language | None = strawberry.field(
        default=None, description="Of what the service writes to the person; that of Accept-Language when left out."
    )
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same member.")


@strawberry.input(description="The employer to authenticate.")
class AuthenticateEmployerInput:
    employer_id: strawberry.ID = doc("Of the employer.")


@strawberry.input(description="The employer to refuse, and why.")
class RefuseEmployerInput:
    employer_id: strawberry.ID = doc("Of the employer.")
    reason: str = doc("What its members read, at most 1000 characters.")


@strawberry.input(description="The employer to suspend, and why.")
class SuspendEmployerInput:
    employer_id: strawberry.ID = doc("Of the employer.")
    reason: str = doc("What its members read, at most 1000 characters.")


@strawberry.input(description="The suspended employer to reinstate.")
class ReinstateEmployerInput:
    employer_id: strawberry.ID = doc("Of the employer.")


RegisterEmployerResult = Annotated[
    EmployerMember | InvalidInput | Conflict | LimitReached,
    strawberry.union("RegisterEmployerResult", description="The employer's first member, or why nothing was registered."),
]
AuthenticateEmployerResult = Annotated[
    Employer | NotEligible | NotFound | Conflict,
    strawberry.union("AuthenticateEmployerResult", description="The authenticated employer, or why it is not."),
]
RefuseEmployerResult = Annotated[
    Employer | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("RefuseEmployerResult", description="The refused employer, or why it was not refused."),
]
SuspendEmployerResult = Annotated[
    Employer | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("SuspendEmployerResult", description="The suspended employer, or why it was not suspended."),
]
ReinstateEmployerResult = Annotated[
    Employer | NotEligible | NotFound | Conflict,
    strawberry.union("ReinstateEmployerResult", description="The reinstated employer, or why it was not reinstated."),
]


@strawberry.type
class EmployerMutation:
    @mutation
    async def register_employer(self, info: Info, input: RegisterEmployerInput) -> RegisterEmployerResult:
        """Registers an employer with its first member. It can search, post and contact once an agent has authenticated it.
        The answer is the same when the address has an account already: whoever reads its mail is told there."""
        entered = employer_registration.Registration(
            email=input.email,
            password=input.password,
            name=input.name,
            employer_name=input.employer_name,
            neq=input.neq,
            city=input.city,
            region=input.region,
            website=input.website,
            language=input.language or info.context.language,
        )
        member = await employer_registration.register(info.context, entered, input.idempotency_key)
        return EmployerMember.of(member, info.context.language)

    @mutation
    async def authenticate_employer(self, info: Info, input: AuthenticateEmployerInput) -> AuthenticateEmployerResult:
        """Lets an employer search, post and contact. By agents; a refused employer may be authenticated after all."""
        row = await resolvers.authenticate(info.context, key_of(input.employer_id, "Employer"))
        return Employer.of(row, info.context.language)

    @mutation
    async def refuse_employer(self, info: Info, input: RefuseEmployerInput) -> RefuseEmployerResult:
        """Refuses an employer that waits for authentication, with a reason for its members. By agents."""
        row = await resolvers.refuse(info.context, key_of(input.employer_id, "Employer"), input.reason)
        return Employer.of(row, info.context.language)

    @mutation
    async def suspend_employer(self, info: Info, input: SuspendEmployerInput) -> SuspendEmployerResult:
        """Suspends an authenticated employer, with a reason for its members. Its offers leave the search at once. By agents."""
        row = await resolvers.suspend(info.context, key_of(input.employer_id, "Employer"), input.reason)
        return Employer.of(row, info.context.language)

    @mutation
    async def reinstate_employer(self, info: Info, input: ReinstateEmployerInput) -> ReinstateEmployerResult:
        """Ends the suspension of an employer. Its offers that have not ended come back. By agents."""
        row = await resolvers.reinstate(info.context, key_of(input.employer_id, "Employer"))
        return Employer.of(row, info.context.language)


@strawberry.type
class EmployerQuery:
    @query
    async def employers_to_authenticate(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> EmployerConnection:
        """Employers that wait for authentication, those that have waited longest first. To agents."""
        found = await resolvers.waiting(info.context, page(first, after))
        language = info.context.language
        return EmployerConnection(
            edges=[
                EmployerEdge(cursor=Cursor(cursor), node=Employer.of(row, language), neq_hint=_neq_hint(row, language))
                for cursor, row in found.items
            ],
            page_info=page_info([cursor for cursor, _ in found.items], found.has_next, found.has_previous),
            total_count=found.total,
        )


def _neq_hint(row: models.Employer, language: Language) -> str | None:
    return None if models.neq_looks_right(row.neq) else text("NEQ_LOOKS_WRONG", language)
