"""Job offers in the API. The acts on them are in schema.job_offer_acts and schema.job_offer_moderation."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry
from graphql.pyutils import snake_to_camel
from strawberry.types.lazy_type import LazyType

from models import job_offer as models
from models import job_posting
from models.language import Language
from models.profile import ContractType, Education, WorkMode
from resolvers import job_offer as resolvers
from resolvers.application_reading import Sent, to_offer
from resolvers.job_offer_likeness import similar_to
from resolvers.match import recommended_candidacies, with_candidacy
from resolvers.pages import NO_ITEMS, Slice
from schema.candidacy_search import PublishedCandidacyEdge
from schema.codes import LanguageLevel, LocalizedText, Occupation, Region, Skill
from schema.connections import After, First, Recommended, page, recommended
from schema.employer import Employer
from schema.fields import Info, argument, computed, doc, guarded, query
from schema.match import Match
from schema.node import Node, find_key, global_id, loads
from schema.salary import Salary

strawberry.enum(models.JobOfferStatus, description="Where a job offer stands.")
APPLICATIONS = LazyType[str, str]("ApplicationConnection", "schema.application")
"""By its name alone: applications lead back to offers, which are declared first."""


@strawberry.type(description="A step in the history of an offer.")
class JobOfferEvent:
    at: datetime = doc("When.")
    status: models.JobOfferStatus = doc("What the offer became.")
    by: str = doc("Who did it: a member of the employer, an agent, or the service.")
    reason: str | None = doc("Why, if a reason was given.")
    changed: list[str] = doc("The fields that were changed since it was published, by their names; none when its status changed.")

    @classmethod
    def of(cls, step: resolvers.Step) -> Self:
        event = step.event
        changed = [snake_to_camel(each, upper=False) for each in event.changed]
        return cls(at=event.at, status=event.status, by=step.by, reason=event.reason, changed=changed)


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
    posted_by_agency: bool = doc("Whether its employer is an agency that recruits for somebody else.")
    recruits_for: str | None = doc("For whom the agency recruits, as it says itself.")
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
        return [JobOfferEvent.of(step) for step in steps]

    @computed
    def json_ld(
        self,
        info: Info,
        language: Annotated[Language | None, argument("Of the texts; the caller's when left out.")] = None,
    ) -> str:
        """The offer as schema.org's JobPosting, in JSON-LD. It can be put into a script element as it is."""
        url = info.context.links.job_offer(self.number)
        return job_posting.json_ld(self.row, self.employer.row, url, language or info.context.language)

    @guarded("JobOffer", otherwise=[])
    async def similar_offers(self, info: Info) -> list["JobOffer"]:
        """Open offers of the same employer that say nearly the same, the most alike first, ten at most: to look at once more, for
        example when this one is published. To its employer and to agents; empty for others."""
        return [JobOffer.of(each, info.context.language) for each in await similar_to(info.context, self.row)]

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
            posted_by_agency=row.posted_by_agency,
            recruits_for=row.recruits_for,
            published_at=row.published_at,
            ends_on=row.ends_on,
        )


def _applications(found: Slice[Sent], language: Language) -> object:
    return APPLICATIONS.resolve_type().of(found, language)


@loads("JobOffer")
async def load_job_offer(info: Info, key: UUID) -> JobOffer | None:
    posted = await resolvers.by_id(info.context, key)
    return JobOffer.of(posted, info.context.language) if posted else None


@strawberry.type
class JobOfferQuery:
    @query
    async def job_offer(
        self, info: Info, number: Annotated[str, argument("As typed: case, spaces and hyphens do not matter.")]
    ) -> JobOffer | None:
        """The offer with that number, as typed: to everybody while it is open, to its employer and agents always."""
        posted = await resolvers.by_number(info.context, number)
        return JobOffer.of(posted, info.context.language) if posted else None
