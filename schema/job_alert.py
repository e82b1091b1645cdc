"""Job alerts in the API, with the acts on them."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

import orjson
import strawberry

from models import job_alert as models
from models.language import Language
from models.stored_criteria import from_json
from resolvers import alert as resolvers
from resolvers import job_alert, job_alert_estimate
from resolvers.alert_mail import told_by_alert
from resolvers.job_alert import JOB_ALERTS
from schema.alert import JobAlertEstimate
from schema.connections import After, First, page
from schema.criteria import JobOfferCriteriaInput
from schema.criteria_sentence import sentence
from schema.fields import Info, argument, computed, doc, mutation, query
from schema.job_offer_search import JobOfferConnection
from schema.node import Node, global_id, key_of, loads
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound


@strawberry.type(description="The criteria of an alert.")
class JobOfferCriteriaView:
    json: str = doc("As JSON, field for field as JobOfferCriteria, with the version of their meaning.")
    sentence: str = doc("As one sentence in the caller's language.")

    @classmethod
    def of(cls, row: models.JobAlert, language: Language) -> Self:
        asked = orjson.dumps(_with_global_ids(row.criteria)).decode()
        return cls(json=asked, sentence=sentence(from_json(row.criteria), language))


def _with_global_ids(stored: Any) -> Any:
    """Stored criteria name employers by their keys; clients know their global ids."""
    if not isinstance(stored, dict):
        return stored
    return {
        name: [global_id("Employer", UUID(each)) for each in value] if name == "employers" else _with_global_ids(value)
        for name, value in stored.items()
    }


@strawberry.type(description="A saved search for offers, and how its candidate hears of them.")
class JobAlert(Node):
    row: strawberry.Private[models.JobAlert]
    name: str = doc("Chosen by the candidate.")
    status: models.JobAlertStatus = doc("Whether it tells of new offers.")
    frequency: models.JobAlertFrequency = doc("How often it tells by e-mail.")
    version: int = doc("Rises with every change; give it back to be refused when another write came first.")
    criteria: JobOfferCriteriaView = doc("What offers are wanted.")
    estimate: JobAlertEstimate = doc("How often it would have matched before it was saved.")
    created_at: datetime = doc("When it was made.")
    last_notified_at: datetime | None = doc("When it last told of an offer.")

    @computed
    async def matches(self, info: Info, first: First = 20, after: After = None) -> JobOfferConnection:
        """The offers that it told of and that are still open, the last told first: what its mails list."""
        found = await told_by_alert(info.context, self.row.id, page(first, after))
        return JobOfferConnection.listed(found, info.context.language)

    @classmethod
    def of(cls, row: models.JobAlert, language: Language) -> Self:
        return cls(
            id=global_id("JobAlert", row.id),
            row=row,
            name=row.name,
            status=row.status,
            frequency=row.frequency,
            version=row.version,
            criteria=JobOfferCriteriaView.of(row, language),
            estimate=JobAlertEstimate.of(row),
            created_at=row.created_at,
            last_notified_at=row.last_notified_at,
        )


@loads("JobAlert")
async def load_job_alert(info: Info, key: UUID) -> JobAlert | None:
    row = await resolvers.known(info.context, JOB_ALERTS, key)
    return JobAlert.of(row, info.context.language) if row else None


@strawberry.input(description="A new alert.")
class CreateJobAlertInput:
    name: str = doc("At most 75 characters, unlike the caller's other alerts.")
    frequency: models.JobAlertFrequency = doc("How often to tell by e-mail: at once, in a daily mail, or in a weekly one.")
    criteria: JobOfferCriteriaInput = doc("What offers are wanted.")
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same alert.")


@strawberry.input(description="Changes of an alert. What is left out, or null, stays as it is.")
class ReviseJobAlertInput:
    id: strawberry.ID = doc("Of the alert.")
    name: str | None = strawberry.field(default=None, description="At most 75 characters.")
    frequency: models.JobAlertFrequency | None = strawberry.field(default=None, description="How often to tell by e-mail.")
    criteria: JobOfferCriteriaInput | None = strawberry.field(default=None, description="In place of all the old ones.")
    version: int | None = strawberry.field(default=None, description="The version these changes were made on.")


@strawberry.input(description="The alert to pause.")
class PauseJobAlertInput:
    id: strawberry.ID = doc("Of the alert.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


@strawberry.input(description="The alert to resume.")
class ResumeJobAlertInput:
    id: strawberry.ID = doc("Of the alert.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


@strawberry.input(description="The alert to delete.")
class DeleteJobAlertInput:
    id: strawberry.ID = doc("Of the alert.")


@strawberry.type(description="An alert is gone.")
class JobAlertDeleted:
    id: strawberry.ID = doc("The id it had.")


CreateJobAlertResult = Annotated[
    JobAlert | InvalidInput | NotEligible | Conflict | LimitReached,
    strawberry.union("CreateJobAlertResult", description="The new alert, or why there is none."),
]
ReviseJobAlertResult = Annotated[
    JobAlert | InvalidInput | NotEligible | NotFound | Conflict | LimitReached,
    strawberry.union("ReviseJobAlertResult", description="The changed alert, or why nothing changed."),
]
PauseJobAlertResult = Annotated[
    JobAlert | NotEligible | NotFound | Conflict,
    strawberry.union("PauseJobAlertResult", description="The paused alert, or why it was not paused."),
]
ResumeJobAlertResult = Annotated[
    JobAlert | NotEligible | NotFound | Conflict,
    strawberry.union("ResumeJobAlertResult", description="The alert, on again, or why it is not."),
]
DeleteJobAlertResult = Annotated[
    JobAlertDeleted | NotEligible | NotFound,
    strawberry.union("DeleteJobAlertResult", description="That it is gone, or why it is not."),
]


@strawberry.type
class JobAlertMutation:
    @mutation
    async def create_job_alert(self, info: Info, input: CreateJobAlertInput) -> CreateJobAlertResult:
        """Saves a search that tells of new offers. Refused, with the figure, when it would match more than 30 a day."""
        criteria = input.criteria.read()
        row = await job_alert.create(info.context, input.name, input.frequency, criteria, input.idempotency_key)
        return JobAlert.of(row, info.context.language)

    @mutation
    async def revise_job_alert(self, info: Info, input: ReviseJobAlertInput) -> ReviseJobAlertResult:
        """Changes an alert. With new criteria it starts anew."""
        wanted = resolvers.Wanted(input.name, input.frequency, input.criteria.read() if input.criteria else None)
        row = await resolvers.revise(info.context, JOB_ALERTS, key_of(input.id, "JobAlert"), wanted, version=input.version)
        return JobAlert.of(row, info.context.language)

    @mutation
    async def pause_job_alert(self, info: Info, input: PauseJobAlertInput) -> PauseJobAlertResult:
        """Stops an alert until it is resumed."""
        row = await resolvers.pause(info.context, JOB_ALERTS, key_of(input.id, "JobAlert"), input.version)
        return JobAlert.of(row, info.context.language)

    @mutation
    async def resume_job_alert(self, info: Info, input: ResumeJobAlertInput) -> ResumeJobAlertResult:
        """Starts a paused alert again: it hears of what is published from now on."""
        row = await resolvers.resume(info.context, JOB_ALERTS, key_of(input.id, "JobAlert"), input.version)
        return JobAlert.of(row, info.context.language)

    @mutation
    async def delete_job_alert(self, info: Info, input: DeleteJobAlertInput) -> DeleteJobAlertResult:
        """Removes an alert for good."""
        await resolvers.delete_alert(info.context, JOB_ALERTS, key_of(input.id, "JobAlert"))
        return JobAlertDeleted(id=input.id)


@strawberry.type
class JobAlertQuery:
    @query
    async def estimate_job_alert(
        self, info: Info, criteria: Annotated[JobOfferCriteriaInput, argument("Those of the alert.")]
    ) -> JobAlertEstimate:
        """How often an alert with these criteria would have told of an offer over the last 30 days."""
        estimated = await job_alert_estimate.estimate(info.context, criteria.read())
        return JobAlertEstimate(days=estimated.days, matches=estimated.matches, per_day=estimated.per_day)
