"""What agents decide about employers, in the API, and the queue of those that wait for it."""

from typing import Annotated

import strawberry

from models import employer as models
from models.language import Language
from resolvers import employer as resolvers
from schema.connections import After, First, PageInfo, page, page_info
from schema.employer import Employer
from schema.fields import Info, doc, mutation, query
from schema.node import key_of
from schema.refusals import Conflict, InvalidInput, NotEligible, NotFound
from schema.scalars import Cursor
from texts.catalogue import text

REASON = "What its members read, at most 1000 characters."


@strawberry.type(description="An employer at its place in a list.")
class EmployerEdge:
    cursor: Cursor = doc("The place, for `after`.")
    node: Employer = doc("The employer.")
    same_neq: list[Employer] = doc(
        "The others that have registered with its NEQ, in whatever state: one that is authenticated, of which there is one at "
        "most, comes first."
    )
    neq_hint: str | None = doc("What is odd about its NEQ, if anything is. A hint, which decides nothing.")


@strawberry.type(description="A page of employers.")
class EmployerConnection:
    edges: list[EmployerEdge] = doc("The employers of the page, those that have waited longest first.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are on all pages.")


@strawberry.input(description="The employer to authenticate, and why where there is something to say.")
class AuthenticateEmployerInput:
    employer_id: strawberry.ID = doc("Of the employer.")
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="The employer to refuse, and why.")
class RefuseEmployerInput:
    employer_id: strawberry.ID = doc("Of the employer.")
    reason: str = doc(REASON)


@strawberry.input(description="The employer to suspend, and why.")
class SuspendEmployerInput:
    employer_id: strawberry.ID = doc("Of the employer.")
    reason: str = doc(REASON)


@strawberry.input(description="The suspended employer to reinstate, and why where there is something to say.")
class ReinstateEmployerInput:
    employer_id: strawberry.ID = doc("Of the employer.")
    reason: str | None = strawberry.field(default=None, description=REASON)


AuthenticateEmployerResult = Annotated[
    Employer | InvalidInput | NotEligible | NotFound | Conflict,
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
    Employer | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("ReinstateEmployerResult", description="The reinstated employer, or why it was not reinstated."),
]


@strawberry.type
class EmployerDecisionMutation:
    @mutation
    async def authenticate_employer(self, info: Info, input: AuthenticateEmployerInput) -> AuthenticateEmployerResult:
        """Lets an employer search, post and contact. By agents; a refused employer may be authenticated after all. Of several
        with one NEQ one is authenticated at a time: refuse the others, or suspend it first. Not before a member has
        confirmed an address."""
        row = await resolvers.authenticate(info.context, key_of(input.employer_id, "Employer"), input.reason)
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
        """Ends the suspension of an employer. Its offers that have not ended come back. By agents; not while another with
        its NEQ is authenticated."""
        row = await resolvers.reinstate(info.context, key_of(input.employer_id, "Employer"), input.reason)
        return Employer.of(row, info.context.language)


@strawberry.type
class EmployerDecisionQuery:
    @query
    async def employers_to_authenticate(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> EmployerConnection:
        """Employers that wait for authentication, those that have waited longest first, once a member has confirmed an
        address. To agents."""
        found = await resolvers.waiting(info.context, page(first, after))
        others = await resolvers.with_neqs_of(info.context, [row for _, row in found.items])
        language = info.context.language
        return EmployerConnection(
            edges=[_edge(cursor, row, others[row.id], language) for cursor, row in found.items],
            page_info=page_info([cursor for cursor, _ in found.items], found.has_next, found.has_previous),
            total_count=found.total,
        )


def _edge(cursor: str, row: models.Employer, others: list[models.Employer], language: Language) -> EmployerEdge:
    return EmployerEdge(
        cursor=Cursor(cursor),
        node=Employer.of(row, language),
        same_neq=[Employer.of(each, language) for each in others],
        neq_hint=_neq_hint(row, language),
    )


def _neq_hint(row: models.Employer, language: Language) -> str | None:
    return None if models.neq_looks_right(row.neq) else text("NEQ_LOOKS_WRONG", language)
