"""Job offers in the API, with the acts on them."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from models import job_offer as models
from models.job_offer_draft import JobOfferDraft
from models.language import Language
from models.profile import ContractType, Education, WorkMode
from resolvers import job_offer as resolvers
from resolvers.application_reading import Sent, to_offer
from resolvers.match import recommended_candidacies, with_candidacy
from resolvers.pages import NO_ITEMS, Slice
from schema.candidacy_search import PublishedCandidacyEdge
from schema.codes import LanguageLevel, LanguageLevelInput, LocalizedText, LocalizedTextInput, Occupation, Region, Skill
from schema.connections import After, First, Recommended, page, recommended
from schema.drafts import changes
from schema.employer import Employer
from schema.fields import Info, argument, doc, guarded, mutation, query
from schema.match import Match
from schema.node import Node, find_key, global_id, key_of, loads
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound
from schema.salary import Salary, SalaryInput

strawberry.enum(models.JobOfferStatus, description="Where a job offer stands.")
UNSET = strawberry.UNSET
APPLICATIONS = LazyType[str, str]("ApplicationConnection", "schema.application")
"""By its name alone: applications lead back to offers, which are declared first."""


@strawberry.type(description="A step in the history of an offer.")
class JobOfferEvent:
    at: datetime = doc("When.")
    status: models.JobOfferStatus = doc("What the offer became.")
    by: str = doc("Who did it: a member of the employer, an agent, or the service.")
    reason: str | None = doc("Why, if a reason was given.")


@strawberry.type(description="A job offer of an employer.")
class JobOffer(Node):
    owner: strawberry.Private[UUID]
    row: strawberry.Private[models.JobOffer]
    number: str = doc("Public, short, easy to say on the telephone.")
    status: models.JobOfferStatus = doc("Where it stands.")
    version: int = doc("Rises with every change; give it back to be refused when another write came first.")
    employer: Employer = doc("Who offers the job.")
    title: LocalizedText = doc("The job.")
    description: LocalizedText = doc("What it consists of and asks for.")
    occupation: Occupation = doc("What it is classified as.")
    skills: list[Skill] = doc("What it asks for.")
    region: Region = doc("Where in Québec.")
    city: str | None = doc("Where in the region.")
    contract_type: ContractType = doc("The kind of contract.")
    work_mode: WorkMode = doc("Where the work is done.")
    hours_per_week: float | None = doc("Hours of a week.")
    salary: Salary | None = doc("Pay, if it is told.")
    openings: int = doc("How many people are wanted.")
    education: Education = doc("Level asked for.")
    years_of_experience: int = doc("Years asked for.")
    languages: list[LanguageLevel] = doc("Levels asked for.")
    accepts_online_applications: bool = doc("Whether one can apply through this service.")
    how_to_apply: LocalizedText | None = doc("How to apply otherwise.")
    published_at: datetime | None = doc("Since when it can be found.")
    ends_on: date | None = doc("Last day, in Québec, on which it can be found.")

    @guarded("JobOffer")
    def removal_reason(self, info: Info) -> str | None:
        """Why an agent removed it. To its employer and to agents."""
        return self.row.removal_reason

    @guarded("JobOffer", otherwise=[])
    async def history(self, info: Info) -> list[JobOfferEvent]:
        """Every step, oldest first. To its employer and to agents; empty for others."""
        steps = await resolvers.history_of(info.context, self.row.id)
        return [JobOfferEvent(at=step.event.at, status=step.event.status, by=step.by, reason=step.event.reason) for step in steps]

    @guarded("JobOffer")
    async def match(
        self, info: Info, candidacy_id: Annotated[strawberry.ID, argument("A candidacy of the caller.")]
    ) -> Match | None:
        """How well it suits the candidacy. To the candidate whose candidacy it is; null for anybody else."""
        key = find_key(candidacy_id, "Candidacy")
        found = None if key is None else await with_candidacy(info.context, self.row, key)
        return Match.of(found, info.context.language) if found else None

    @guarded("JobOffer", lambda: _applications(NO_ITEMS, Language.FR), APPLICATIONS)
    async def applications(self, info: Info, first: First = 20, after: After = None) -> object:
        """What candidates have sent about it, newest first. To its employer, while that is authenticated; empty for others."""
        return _applications(await to_offer(info.context, self.row.id, page(first, after)), info.context.language)

    @guarded("JobOffer", otherwise=[])
    async def recommended_candidacies(self, info: Info, first: Recommended = 10) -> list[PublishedCandidacyEdge]:
        """The published candidacies that share its group of occupations or a skill, the best match first. To its employer."""
        found = await recommended_candidacies(info.context, self.row, recommended(first))
        return [PublishedCandidacyEdge.of(each, None, info.context.language) for each in found]

    @classmethod
    def of(cls, posted: resolvers.PostedOffer, language: Language) -> Self:
        row = posted.offer
        return cls(
            id=global_id("JobOffer", row.id),
            owner=row.employer_id,
            row=row,
            number=row.number,
            status=row.status,
            version=row.version,
            employer=Employer.of(posted.employer, language),
            title=LocalizedText.of(row.title),
            description=LocalizedText.of(row.description),
            occupation=Occupation.of(row.occupation, language),
            skills=[Skill.of(code, language) for code in row.skills],
            region=Region.of(row.region, language),
            city=row.city,
            contract_type=row.contract_type,
            work_mode=row.work_mode,
            hours_per_week=row.hours_per_week,
            salary=Salary.of(row.salary) if row.salary else None,
            openings=row.openings,
            education=row.education,
            years_of_experience=row.years_of_experience,
            languages=LanguageLevel.each_of(row.languages),
            accepts_online_applications=row.accepts_online_applications,
            how_to_apply=LocalizedText.of(row.how_to_apply) if row.how_to_apply else None,
            published_at=row.published_at,
            ends_on=row.ends_on,
        )


def _applications(found: Slice[Sent], language: Language) -> object:
    return APPLICATIONS.resolve_type().of(found, language)


@loads("JobOffer")
async def load_job_offer(info: Info, key: UUID) -> JobOffer | None:
    posted = await resolvers.by_id(info.context, key)
    return JobOffer.of(posted, info.context.language) if posted else None


@strawberry.input(description="What a job offer says. A field left out is left as it is; null clears it.")
class JobOfferFields:
    title: LocalizedTextInput | None = strawberry.field(default=UNSET, description="At most 150 characters.")
    description: LocalizedTextInput | None = strawberry.field(default=UNSET, description="At most 10,000 characters.")
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


@strawberry.input(description="The job offer to remove, and why.")
class RemoveJobOfferInput:
    id: strawberry.ID = doc("Of the offer.")
    reason: str = doc("What its employer reads, at most 1000 characters.")
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
    JobOffer | InvalidInput | NotEligible | NotFound | Conflict,
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
RemoveJobOfferResult = Annotated[
    JobOffer | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("RemoveJobOfferResult", description="The removed offer, or why it was not removed."),
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
        """Opens an offer to everybody for thirty days, and tells those whose alerts it matches."""
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

    @mutation
    async def remove_job_offer(self, info: Info, input: RemoveJobOfferInput) -> RemoveJobOfferResult:
        """Takes an offer out of every search, for good, with a reason for its employer. By agents."""
        posted = await resolvers.remove(info.context, key_of(input.id, "JobOffer"), input.reason, input.version)
        return JobOffer.of(posted, info.context.language)


@strawberry.type
class JobOfferQuery:
    @query
    async def job_offer(
        self, info: Info, number: Annotated[str, argument("As typed: case, spaces and hyphens do not matter.")]
    ) -> JobOffer | None:
        """The offer with that number, as typed: to everybody while it is open, to its employer and agents always."""
        posted = await resolvers.by_number(info.context, number)
        return JobOffer.of(posted, info.context.language) if posted else None
