"""The acts on applications in the API: of the candidate, and of the employer that was applied to."""

from typing import Annotated

import strawberry

from models.application import DeclineReason
from resolvers import application as resolvers
from resolvers import application_step as steps
from schema.application import Application
from schema.fields import Info, doc, mutation
from schema.node import key_of
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound


@strawberry.input(description="The application that is meant.")
class ApplicationStep:
    id: strawberry.ID = doc("Of the application.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")

    def named(self) -> steps.Named:
        return steps.Named(key_of(self.id, "Application"), self.version)


@strawberry.input(description="Where to apply, with which candidacy, and what to write.")
class ApplyToJobOfferInput:
    job_offer_id: strawberry.ID = doc("Of an open offer that accepts online applications.")
    candidacy_id: strawberry.ID = doc("Of the caller, published or not. It is sent as it is now.")
    cover_letter: str | None = strawberry.field(default=None, description="For the employer to read, at most 5,000 characters.")
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same application.")


@strawberry.input(description="The application to withdraw.")
class WithdrawApplicationInput(ApplicationStep):
    reason: str | None = strawberry.field(default=None, description="For the employer to read, at most 5,000 characters.")


@strawberry.input(description="The application to review.")
class ReviewApplicationInput(ApplicationStep): ...


@strawberry.input(description="The application whose candidate is invited to an interview.")
class InviteToInterviewInput(ApplicationStep):
    message: str | None = strawberry.field(default=None, description="For the candidate to read, at most 5,000 characters.")


@strawberry.input(description="The application whose candidate is offered the position.")
class OfferPositionInput(ApplicationStep):
    message: str | None = strawberry.field(default=None, description="For the candidate to read, at most 5,000 characters.")


@strawberry.input(description="The application whose candidate was hired.")
class RecordHireInput(ApplicationStep): ...


@strawberry.input(description="The application to decline, and why.")
class DeclineApplicationInput(ApplicationStep):
    reason: DeclineReason = doc("The candidate reads it as a sentence, `declineText`.")
    message: str | None = strawberry.field(
        default=None, description="For the candidate to read, at most 5,000 characters. Required for OTHER."
    )


ApplyToJobOfferResult = Annotated[
    Application | InvalidInput | NotEligible | NotFound | Conflict | LimitReached,
    strawberry.union("ApplyToJobOfferResult", description="The application, or why there is none and how to apply."),
]
WithdrawApplicationResult = Annotated[
    Application | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("WithdrawApplicationResult", description="The withdrawn application, or why it was not withdrawn."),
]
ReviewApplicationResult = Annotated[
    Application | NotEligible | NotFound | Conflict,
    strawberry.union("ReviewApplicationResult", description="The application under review, or why it is not."),
]
InviteToInterviewResult = Annotated[
    Application | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("InviteToInterviewResult", description="The application, or why nobody was invited."),
]
OfferPositionResult = Annotated[
    Application | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("OfferPositionResult", description="The application, or why nothing was offered."),
]
RecordHireResult = Annotated[
    Application | NotEligible | NotFound | Conflict,
    strawberry.union("RecordHireResult", description="The application, or why no hire was recorded."),
]
DeclineApplicationResult = Annotated[
    Application | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("DeclineApplicationResult", description="The declined application, or why it was not declined."),
]


@strawberry.type
class ApplicationMutation:
    @mutation
    async def apply_to_job_offer(self, info: Info, input: ApplyToJobOfferInput) -> ApplyToJobOfferResult:
        """Sends a candidacy of the caller to the employer of an open offer, as it is now, with the caller's name, e-mail address
        and telephone number: once for each candidacy and offer while one stands, fifty times a day. An offer that takes no
        applications here is refused with how to apply."""
        job_offer, candidacy = key_of(input.job_offer_id, "JobOffer"), key_of(input.candidacy_id, "Candidacy")
        wanted = resolvers.Applying(job_offer, candidacy, input.cover_letter)
        return Application.of(await resolvers.apply(info.context, wanted, input.idempotency_key), info.context.language)

    @mutation
    async def withdraw_application(self, info: Info, input: WithdrawApplicationInput) -> WithdrawApplicationResult:
        """Withdraws an application: at once the employer reads no more who the candidate is. By the candidate."""
        return Application.of(await steps.withdraw(info.context, input.named(), input.reason), info.context.language)

    @mutation
    async def review_application(self, info: Info, input: ReviewApplicationInput) -> ReviewApplicationResult:
        """Tells the candidate that the employer is looking at an application."""
        return Application.of(await steps.review(info.context, input.named()), info.context.language)

    @mutation
    async def invite_to_interview(self, info: Info, input: InviteToInterviewInput) -> InviteToInterviewResult:
        """Invites the candidate of an application that was reviewed to an interview."""
        return Application.of(await steps.invite(info.context, input.named(), input.message), info.context.language)

    @mutation
    async def offer_position(self, info: Info, input: OfferPositionInput) -> OfferPositionResult:
        """Offers the position to a candidate who was invited to an interview."""
        return Application.of(await steps.offer_position(info.context, input.named(), input.message), info.context.language)

    @mutation
    async def record_hire(self, info: Info, input: RecordHireInput) -> RecordHireResult:
        """Records that a candidate to whom the position was offered is hired. `openingsFilled` says whether the offer has found
        everybody it wants."""
        return Application.of(await steps.hire(info.context, input.named()), info.context.language)

    @mutation
    async def decline_application(self, info: Info, input: DeclineApplicationInput) -> DeclineApplicationResult:
        """Declines an application with a reason that the candidate reads."""
        why = steps.Declined(input.reason, input.message)
        return Application.of(await steps.decline(info.context, input.named(), why), info.context.language)
