"""What agents do about job offers."""

from typing import Annotated

import strawberry

from resolvers import job_offer as resolvers
from schema.fields import Info, doc, mutation
from schema.job_offer import JobOffer
from schema.node import key_of
from schema.refusals import Conflict, InvalidInput, NotEligible, NotFound


@strawberry.input(description="The job offer to remove, and why.")
class RemoveJobOfferInput:
    id: strawberry.ID = doc("Of the offer.")
    reason: str = doc("What its employer reads, at most 1000 characters.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


RemoveJobOfferResult = Annotated[
    JobOffer | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("RemoveJobOfferResult", description="The removed offer, or why it was not removed."),
]


@strawberry.type
class JobOfferModerationMutation:
    @mutation
    async def remove_job_offer(self, info: Info, input: RemoveJobOfferInput) -> RemoveJobOfferResult:
        """Takes an offer out of every search, for good, with a reason for its employer. By agents."""
        posted = await resolvers.remove(info.context, key_of(input.id, "JobOffer"), input.reason, input.version)
        return JobOffer.of(posted, info.context.language)
