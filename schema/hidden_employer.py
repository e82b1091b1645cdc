"""Hiding from employers, in the API."""

from typing import Annotated

import strawberry

from resolvers import hidden_employer as resolvers
from schema.candidate import Candidate
from schema.fields import Info, doc, mutation
from schema.refusals import InvalidInput, LimitReached, NotEligible


@strawberry.input(description="The employer to hide from.")
class HideFromEmployerInput:
    neq: str = doc("Québec enterprise number, ten digits. Of any employer, registered here or not.")


@strawberry.input(description="The employer to hide from no longer.")
class ShowToEmployerInput:
    neq: str = doc("Québec enterprise number, ten digits.")


HideFromEmployerResult = Annotated[
    Candidate | InvalidInput | NotEligible | LimitReached,
    strawberry.union("HideFromEmployerResult", description="The candidate, hidden; or why not."),
]
ShowToEmployerResult = Annotated[
    Candidate | InvalidInput | NotEligible,
    strawberry.union("ShowToEmployerResult", description="The candidate, shown; or why not."),
]


@strawberry.type
class HiddenEmployerMutation:
    @mutation
    async def hide_from_employer(self, info: Info, input: HideFromEmployerInput) -> HideFromEmployerResult:
        """For the employer with that NEQ, now or later, the candidate's candidacies do not exist: it does not find them, nor are
        they counted. It takes effect at once, and is the same for an NEQ that no employer is registered with."""
        return Candidate.of(await resolvers.hide(info.context, input.neq), info.context.language)

    @mutation
    async def show_to_employer(self, info: Info, input: ShowToEmployerInput) -> ShowToEmployerResult:
        """The employer with that NEQ finds the candidate's candidacies again, within a second."""
        return Candidate.of(await resolvers.show(info.context, input.neq), info.context.language)
