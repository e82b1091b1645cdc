"""Candidacy searches in the API, with the acts on them: what a member of an employer has saved to hear of new candidacies."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import orjson
import strawberry

from models import candidacy_search as models
from models.job_alert import JobAlertFrequency, JobAlertStatus
from models.language import Language
from resolvers import alert as resolvers
from resolvers.saved_candidacy_search import SEARCHES, Changes, asking, save, told_by_search
from resolvers.visibility import NOTHING
from schema.alert import JobAlertEstimate
from schema.candidacy_search import PublishedCandidacyConnection
from schema.candidacy_sentence import candidacy_sentence
from schema.connections import After, First, page
from schema.criteria import CandidacyCriteriaInput
from schema.fields import Info, computed, doc, mutation
from schema.node import Node, global_id, key_of, loads
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound


@strawberry.type(description="The criteria of a saved search.")
class CandidacyCriteriaView:
    json: str = doc("As JSON, field for field as CandidacyCriteria, with the version of their meaning.")
    sentence: str = doc("As one sentence in the caller's language.")

    @classmethod
    def of(cls, row: models.CandidacySearch, language: Language) -> Self:
        asked = dict(row.criteria)
        left_out = {"alreadyConsulted": row.unopened_only, "alreadyContacted": row.uncontacted_only}
        known = [name for name, wanted in left_out.items() if wanted]
        if known:
            asked["excluding"] = {**asked.get("excluding", {}), **dict.fromkeys(known, True)}
        said = candidacy_sentence(row.wanted, language, known)
        return cls(json=orjson.dumps(asked).decode(), sentence=said)


@strawberry.type(description="A saved search for candidacies, and how its member of an employer hears of them.")
class CandidacySearch(Node):
    row: strawberry.Private[models.CandidacySearch]
    name: str = doc("Chosen by the member.")
    status: JobAlertStatus = doc("Whether it tells of new candidacies.")
    frequency: JobAlertFrequency = doc("How often it tells by e-mail.")
    version: int = doc("Rises with every change; give it back to be refused when another write came first.")
    criteria: CandidacyCriteriaView = doc("What candidacies are wanted.")
    estimate: JobAlertEstimate = doc("How often it would have matched before it was saved.")
    created_at: datetime = doc("When it was made.")
    last_notified_at: datetime | None = doc("When it last told of a candidacy.")

    @computed
    async def matches(self, info: Info, first: First = 20, after: After = None) -> PublishedCandidacyConnection:
        """The candidacies that it told of and that can be seen now, the last told first: what its mails list."""
        found = await told_by_search(info.context, self.row.id, page(first, after))
        return PublishedCandidacyConnection.listed(found, info.context.language)

    @classmethod
    def of(cls, row: models.CandidacySearch, language: Language) -> Self:
        return cls(
            id=global_id("CandidacySearch", row.id),
            row=row,
            name=row.name,
            status=row.status,
            frequency=row.frequency,
            version=row.version,
            criteria=CandidacyCriteriaView.of(row, language),
            estimate=JobAlertEstimate.of(row),
            created_at=row.created_at,
            last_notified_at=row.last_notified_at,
        )


@loads("CandidacySearch")
async def load_candidacy_search(info: Info, key: UUID) -> CandidacySearch | None:
    row = await resolvers.known(info.context, SEARCHES, key)
    return CandidacySearch.of(row, info.context.language) if row else None


@strawberry.input(description="A new saved search.")
class SaveCandidacySearchInput:
    name: str = doc("At most 75 characters, unlike the caller's other searches.")
    frequency: JobAlertFrequency = doc("How often to tell by e-mail: at once, in a daily mail, or in a weekly one.")
    criteria: CandidacyCriteriaInput = doc("What candidacies are wanted.")
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same search.")


@strawberry.input(description="Changes of a saved search. What is left out, or null, stays as it is.")
class ReviseCandidacySearchInput:
    id: strawberry.ID = doc("Of the search.")
    name: str | None = strawberry.field(default=None, description="At most 75 characters.")
    frequency: JobAlertFrequency | None = strawberry.field(default=None, description="How often to tell by e-mail.")
    criteria: CandidacyCriteriaInput | None = strawberry.field(default=None, description="In place of all the old ones.")
    version: int | None = strawberry.field(default=None, description="The version these changes were made on.")


@strawberry.input(description="The saved search to pause.")
class PauseCandidacySearchInput:
    id: strawberry.ID = doc("Of the search.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


@strawberry.input(description="The saved search to resume.")
class ResumeCandidacySearchInput:
    id: strawberry.ID = doc("Of the search.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


@strawberry.input(description="The saved search to delete.")
class DeleteCandidacySearchInput:
    id: strawberry.ID = doc("Of the search.")


@strawberry.type(description="A saved search is gone.")
class CandidacySearchDeleted:
    id: strawberry.ID = doc("The id it had.")


SaveCandidacySearchResult = Annotated[
    CandidacySearch | InvalidInput | NotEligible | Conflict | LimitReached,
    strawberry.union("SaveCandidacySearchResult", description="The new search, or why there is none."),
]
ReviseCandidacySearchResult = Annotated[
    CandidacySearch | InvalidInput | NotEligible | NotFound | Conflict | LimitReached,
    strawberry.union("ReviseCandidacySearchResult", description="The changed search, or why nothing changed."),
]
PauseCandidacySearchResult = Annotated[
    CandidacySearch | NotEligible | NotFound | Conflict,
    strawberry.union("PauseCandidacySearchResult", description="The paused search, or why it was not paused."),
]
ResumeCandidacySearchResult = Annotated[
    CandidacySearch | NotEligible | NotFound | Conflict,
    strawberry.union("ResumeCandidacySearchResult", description="The search, on again, or why it is not."),
]
DeleteCandidacySearchResult = Annotated[
    CandidacySearchDeleted | NotEligible | NotFound,
    strawberry.union("DeleteCandidacySearchResult", description="That it is gone, or why it is not."),
]


def _wanted(input: SaveCandidacySearchInput | ReviseCandidacySearchInput) -> Changes:
    criteria = input.criteria
    without = criteria.without if criteria else NOTHING
    return asking(input.name, input.frequency, criteria.read() if criteria else None, without)


@strawberry.type
class CandidacySearchMutation:
    @mutation
    async def save_candidacy_search(self, info: Info, input: SaveCandidacySearchInput) -> SaveCandidacySearchResult:
        """Saves a search that tells of new candidacies. Refused, with the figure, when it would match more than 30 a day."""
        row = await save(info.context, _wanted(input), input.idempotency_key)
        return CandidacySearch.of(row, info.context.language)

    @mutation
    async def revise_candidacy_search(self, info: Info, input: ReviseCandidacySearchInput) -> ReviseCandidacySearchResult:
        """Changes a saved search. With new criteria it starts anew."""
        key = key_of(input.id, "CandidacySearch")
        row = await resolvers.revise(info.context, SEARCHES, key, _wanted(input), version=input.version)
        return CandidacySearch.of(row, info.context.language)

    @mutation
    async def pause_candidacy_search(self, info: Info, input: PauseCandidacySearchInput) -> PauseCandidacySearchResult:
        """Stops a saved search until it is resumed."""
        row = await resolvers.pause(info.context, SEARCHES, key_of(input.id, "CandidacySearch"), input.version)
        return CandidacySearch.of(row, info.context.language)

    @mutation
    async def resume_candidacy_search(self, info: Info, input: ResumeCandidacySearchInput) -> ResumeCandidacySearchResult:
        """Starts a paused search again: it hears of what is published from now on."""
        row = await resolvers.resume(info.context, SEARCHES, key_of(input.id, "CandidacySearch"), input.version)
        return CandidacySearch.of(row, info.context.language)

    @mutation
    async def delete_candidacy_search(self, info: Info, input: DeleteCandidacySearchInput) -> DeleteCandidacySearchResult:
        """Removes a saved search for good."""
        await resolvers.delete_alert(info.context, SEARCHES, key_of(input.id, "CandidacySearch"))
        return CandidacySearchDeleted(id=input.id)
