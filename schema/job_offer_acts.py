"""What members of an employer do with its job offers: the inputs, the results and the acts."""

from typing import Annotated

import strawberry

from models.job_offer_draft import JobOfferDraft
from models.profile import ContractType, Education, WorkMode
from resolvers import job_offer as resolvers
from schema.codes import LanguageLevelInput, LocalizedTextInput
from schema.drafts import changes
from schema.fields import Info, doc, mutation
from schema.job_offer import JobOffer
from schema.node import key_of
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound
from schema.salary import SalaryInput

UNSET = strawberry.UNSET


@strawberry.input(description="What a job offer says. A field left out is left as it is; null clears it.")
class JobOfferFields:
    title: LocalizedTextInput | None = strawberry.field(default=UNSET, description="At most 150 characters. Required to publish.")
    description: LocalizedTextInput | None = strawberry.field(
        default=UNSET, description="At most 10,000 characters. Required to publish."
    )
    skills: list[str] | None = strawberry.field(default=UNSET, description="Codes, at most 100.")
    city: str | None = strawberry.field(default=UNSET, description="At most 100 characters.")
    hours_per_week: float | None = strawberry.field(default=UNSET, description="Up to 168.")
    salary: SalaryInput | None = strawberry.field(default=UNSET, description="Pay, if it is told.")
    openings: int | None = strawberry.field(default=UNSET, description="1 to 1000; 1 when left out.")
    education: Education | None = strawberry.field(default=UNSET, description="Level asked for.")
    years_of_experience: int | None = strawberry.field(default=UNSET, description="0 to 60.")
    languages: list[LanguageLevelInput] | None = strawberry.field(default=UNSET, description="Levels asked for, at most 40.")
    accepts_online_applications: bool | None = strawberry.field(default=UNSET, description="Yes when left out.")
    how_to_apply: LocalizedTextInput | None = strawberry.field(
        default=UNSET, description="Required to publish an offer that does not accept online applications."
    )
    posted_by_agency: bool | None = strawberry.field(default=UNSET, description="No when left out.")
    recruits_for: str | None = strawberry.field(
        default=UNSET, description="At most 120 characters. Required to publish an offer posted by an agency."
    )


@strawberry.input(description="A new job offer.")
class CreateJobOfferInput(JobOfferFields):
    occupation: str = doc("A code of five digits.")
    region: str = doc("A code, 01 to 17.")
    contract_type: ContractType = doc("The kind of contract.")
    work_mode: WorkMode = doc("Where the work is done.")
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same offer.")


@strawberry.input(description="Changes of a job offer.")
class ReviseJobOfferInput(JobOfferFields):
    id: strawberry.ID = doc("Of the offer.")
    occupation: str | None = strawberry.field(default=UNSET, description="A code of five digits.")
    region: str | None = strawberry.field(default=UNSET, description="A code, 01 to 17.")
    contract_type: ContractType | None = strawberry.field(default=UNSET, description="The kind of contract.")
    work_mode: WorkMode | None = strawberry.field(default=UNSET, description="Where the work is done.")
    version: int | None = strawberry.field(default=None, description="The version these changes were made on.")


@strawberry.input(description="The job offer to publish.")
class PublishJobOfferInput:
    id: strawberry.ID = doc("Of the offer.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


@strawberry.input(description="The job offer to close.")
class CloseJobOfferInput:
    id: strawberry.ID = doc("Of the offer.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


@strawberry.input(description="The job offer to extend, and by how much.")
class ExtendJobOfferInput:
    id: strawberry.ID = doc("Of the offer.")
    days: int = doc("How many more, 1 to 120. An offer runs 120 days at most.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


CreateJobOfferResult = Annotated[
    JobOffer | InvalidInput | NotEligible | Conflict,
    strawberry.union("CreateJobOfferResult", description="The new draft, or why there is none."),
]
ReviseJobOfferResult = Annotated[
    JobOffer | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("ReviseJobOfferResult", description="The changed offer, or why nothing changed."),
]
PublishJobOfferResult = Annotated[
    JobOffer | InvalidInput | NotEligible | NotFound | Conflict | LimitReached,
    strawberry.union("PublishJobOfferResult", description="The published offer, or why it was not published."),
]
CloseJobOfferResult = Annotated[
    JobOffer | NotEligible | NotFound | Conflict,
    strawberry.union("CloseJobOfferResult", description="The closed offer, or why it was not closed."),
]
ExtendJobOfferResult = Annotated[
    JobOffer | InvalidInput | NotEligible | NotFound | Conflict | LimitReached,
    strawberry.union("ExtendJobOfferResult", description="The extended offer, or why it ends when it did."),
]


@strawberry.type
class JobOfferMutation:
    @mutation
    async def create_job_offer(self, info: Info, input: CreateJobOfferInput) -> CreateJobOfferResult:
        """Keeps a new draft of the caller's employer."""
        draft = JobOfferDraft(**changes(input, JobOfferDraft))
        return JobOffer.of(await resolvers.create(info.context, draft, input.idempotency_key), info.context.language)

    @mutation
    async def revise_job_offer(self, info: Info, input: ReviseJobOfferInput) -> ReviseJobOfferResult:
        """Changes what an offer says. A published one changes in the search within a second."""
        revised = changes(input, JobOfferDraft)
        posted = await resolvers.revise(info.context, key_of(input.id, "JobOffer"), revised, input.version)
        return JobOffer.of(posted, info.context.language)

    @mutation
    async def publish_job_offer(self, info: Info, input: PublishJobOfferInput) -> PublishJobOfferResult:
        """Opens an offer to everybody for thirty days, and tells those whose alerts it matches. All that is missing is told at
        once. An employer has 500 offers open at most, and publishes 50 within an hour."""
        posted = await resolvers.publish(info.context, key_of(input.id, "JobOffer"), input.version)
        return JobOffer.of(posted, info.context.language)

    @mutation
    async def close_job_offer(self, info: Info, input: CloseJobOfferInput) -> CloseJobOfferResult:
        """Takes an offer out of every search, for good."""
        posted = await resolvers.close(info.context, key_of(input.id, "JobOffer"), input.version)
        return JobOffer.of(posted, info.context.language)

    @mutation
    async def extend_job_offer(self, info: Info, input: ExtendJobOfferInput) -> ExtendJobOfferResult:
        """Lets an open offer run longer, up to 120 days from its publication."""
        posted = await resolvers.extend(info.context, key_of(input.id, "JobOffer"), input.days, input.version)
        return JobOffer.of(posted, info.context.language)
