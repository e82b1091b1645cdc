"""Candidacies in the API: the candidate's own, with the acts on them."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from models import candidacy as models
from models.candidacy_draft import CandidacyDraft
from models.language import Language
from models.profile import Education, WorkMode
from resolvers import candidacy as resolvers
from resolvers.match import recommended_offers
from schema.codes import LanguageLevel, LanguageLevelInput, LocalizedText, LocalizedTextInput, Occupation, Region, Skill
from schema.connections import Recommended, recommended
from schema.drafts import changes
from schema.fields import Info, doc, guarded, mutation
from schema.job_offer_search import JobOfferEdge
from schema.node import Node, global_id, key_of, loads
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound

strawberry.enum(models.CandidacyStatus, description="Where a candidacy stands.")
UNSET = strawberry.UNSET


@strawberry.type(description="A candidacy, as its candidate sees it.")
class Candidacy(Node):
    owner: strawberry.Private[UUID]
    row: strawberry.Private[models.Candidacy]
    number: str = doc("Public, short, easy to say on the telephone.")
    status: models.CandidacyStatus = doc("Where it stands.")
    version: int = doc("Rises with every change; give it back to be refused when another write came first.")
    title: LocalizedText = doc("The job or profession it is about.")
    summary: LocalizedText = doc("The profile in a few sentences.")
    experience: LocalizedText = doc("Work done before, and where.")
    occupations: list[Occupation] = doc("What the candidate can work as.")
    skills: list[Skill] = doc("What the candidate can do.")
    languages: list[LanguageLevel] = doc("Levels reached.")
    education: Education = doc("Highest level.")
    years_of_experience: int = doc("In the occupations above.")
    regions: list[Region] = doc("Where the candidate would work; none means anywhere.")
    available_from: date | None = doc("First day of work that is possible.")
    work_modes: list[WorkMode] = doc("Ways of working accepted; none means any.")
    minimum_salary: int | None = doc(
        "Least pay accepted, in Canadian dollars a year. Not shown to employers, who can search by it."
    )
    published_at: datetime | None = doc("Since when it can be found.")
    publication_ends_on: date | None = doc("Last day, in Québec, on which it can be found.")

    @guarded("Candidacy", otherwise=[])
    async def recommended_job_offers(self, info: Info, first: Recommended = 10) -> list[JobOfferEdge]:
        """The open offers that share a group of occupations or a skill with it, the best match first. To its candidate."""
        found = await recommended_offers(info.context, self.row, recommended(first))
        return [JobOfferEdge.of(each, None, info.context.language) for each in found]

    @classmethod
    def of(cls, row: models.Candidacy, language: Language) -> Self:
        return cls(
            id=global_id("Candidacy", row.id),
            owner=row.candidate_id,
            row=row,
            number=row.number,
            status=row.status,
            version=row.version,
            title=LocalizedText.of(row.title),
            summary=LocalizedText.of(row.summary),
            experience=LocalizedText.of(row.experience),
            occupations=[Occupation.of(code, language) for code in row.occupations],
            skills=[Skill.of(code, language) for code in row.skills],
            languages=LanguageLevel.each_of(row.languages),
            education=row.education,
            years_of_experience=row.years_of_experience,
            regions=[Region.of(code, language) for code in row.regions],
            available_from=row.available_from,
            work_modes=[WorkMode(mode) for mode in row.work_modes],
            minimum_salary=row.minimum_salary,
            published_at=row.published_at,
            publication_ends_on=row.publication_ends_on,
        )


@loads("Candidacy")
async def load_candidacy(info: Info, key: UUID) -> Candidacy | None:
    row = await resolvers.known(info.context, key)
    return Candidacy.of(row, info.context.language) if row else None


@strawberry.input(description="What a candidacy says. A field left out is left as it is; null clears it.")
class CandidacyFields:
    title: LocalizedTextInput | None = strawberry.field(default=UNSET, description="At most 150 characters.")
    summary: LocalizedTextInput | None = strawberry.field(default=UNSET, description="At most 10,000 characters.")
    experience: LocalizedTextInput | None = strawberry.field(default=UNSET, description="At most 10,000 characters.")
    occupations: list[str] | None = strawberry.field(default=UNSET, description="Codes of five digits, at most 10.")
    skills: list[str] | None = strawberry.field(default=UNSET, description="Codes, at most 100.")
    languages: list[LanguageLevelInput] | None = strawberry.field(default=UNSET, description="Levels reached, at most 40.")
    education: Education | None = strawberry.field(default=UNSET, description="Highest level.")
    years_of_experience: int | None = strawberry.field(default=UNSET, description="0 to 60.")
    regions: list[str] | None = strawberry.field(default=UNSET, description="Codes 01 to 17; none means anywhere.")
    available_from: date | None = strawberry.field(default=UNSET, description="First day of work that is possible.")
    work_modes: list[WorkMode] | None = strawberry.field(default=UNSET, description="None means any.")
    minimum_salary: int | None = strawberry.field(default=UNSET, description="Canadian dollars a year.")


@strawberry.input(description="A new candidacy.")
class CreateCandidacyInput(CandidacyFields):
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same candidacy.")


@strawberry.input(description="Changes of a candidacy.")
class ReviseCandidacyInput(CandidacyFields):
    id: strawberry.ID = doc("Of the candidacy.")
    version: int | None = strawberry.field(default=None, description="The version these changes were made on.")


@strawberry.input(description="The candidacy to publish.")
class PublishCandidacyInput:
    id: strawberry.ID = doc("Of the candidacy.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


@strawberry.input(description="The candidacy to withdraw.")
class WithdrawCandidacyInput:
    id: strawberry.ID = doc("Of the candidacy.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


@strawberry.input(description="The candidacy to delete.")
class DeleteCandidacyInput:
    id: strawberry.ID = doc("Of the candidacy.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


CreateCandidacyResult = Annotated[
    Candidacy | InvalidInput | NotEligible | Conflict | LimitReached,
    strawberry.union("CreateCandidacyResult", description="The new draft, or why there is none."),
]
ReviseCandidacyResult = Annotated[
    Candidacy | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("ReviseCandidacyResult", description="The changed candidacy, or why nothing changed."),
]
PublishCandidacyResult = Annotated[
    Candidacy | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("PublishCandidacyResult", description="The published candidacy, or why it was not published."),
]
WithdrawCandidacyResult = Annotated[
    Candidacy | NotEligible | NotFound | Conflict,
    strawberry.union("WithdrawCandidacyResult", description="The withdrawn candidacy, or why it was not withdrawn."),
]

DeleteCandidacyResult = Annotated[
    Candidacy | NotEligible | NotFound | Conflict,
    strawberry.union("DeleteCandidacyResult", description="The candidacy as it was, or why it is still there."),
]


@strawberry.type
class CandidacyMutation:
    @mutation
    async def create_candidacy(self, info: Info, input: CreateCandidacyInput) -> CreateCandidacyResult:
        """Keeps a new draft. Nobody else sees it before it is published."""
        draft = CandidacyDraft(**changes(input, CandidacyDraft))
        row = await resolvers.create(info.context, draft, input.idempotency_key)
        return Candidacy.of(row, info.context.language)

    @mutation
    async def revise_candidacy(self, info: Info, input: ReviseCandidacyInput) -> ReviseCandidacyResult:
        """Changes what a candidacy says. A published one changes in the search within a second."""
        revised = changes(input, CandidacyDraft)
        row = await resolvers.revise(info.context, key_of(input.id, "Candidacy"), revised, input.version)
        return Candidacy.of(row, info.context.language)

    @mutation
    async def publish_candidacy(self, info: Info, input: PublishCandidacyInput) -> PublishCandidacyResult:
        """Makes a candidacy visible to employers until its publication period ends."""
        row = await resolvers.publish(info.context, key_of(input.id, "Candidacy"), input.version)
        return Candidacy.of(row, info.context.language)

    @mutation
    async def withdraw_candidacy(self, info: Info, input: WithdrawCandidacyInput) -> WithdrawCandidacyResult:
        """Takes a candidacy out of every search at once. It can be published again."""
        row = await resolvers.withdraw(info.context, key_of(input.id, "Candidacy"), input.version)
        return Candidacy.of(row, info.context.language)

    @mutation
    async def delete_candidacy(self, info: Info, input: DeleteCandidacyInput) -> DeleteCandidacyResult:
        """Removes a candidacy for good, with its consultations and contact requests: what was agreed about it ends. A published
        one is withdrawn first."""
        row = await resolvers.delete(info.context, key_of(input.id, "Candidacy"), input.version)
        return Candidacy.of(row, info.context.language)
