"""What is done about job offers that may be wrong: candidates report them, agents look at them and remove them."""

from datetime import datetime
from typing import Annotated, Self

import strawberry

from models import job_offer_report as models
from models.language import Language
from resolvers import job_offer as resolvers
from resolvers import job_offer_report, job_offer_review
from resolvers.pages import Slice
from schema.connections import After, First, PageInfo, page, page_info
from schema.fields import Info, doc, mutation, query
from schema.job_offer import JobOffer
from schema.node import global_id, key_of
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound
from schema.scalars import Cursor

strawberry.enum(
    models.JobOfferReportReason,
    description="What is wrong with an offer. FEES: it asks candidates for money. FILLED: the job is taken, or there is none.",
)


@strawberry.type(description="That an offer was reported, to the candidate who reported it.")
class JobOfferReported:
    job_offer: JobOffer = doc("The offer.")
    reason: models.JobOfferReportReason = doc("What is wrong with it.")
    comment: str | None = doc("In the words of the candidate.")
    reported_at: datetime = doc("When.")

    @classmethod
    def of(cls, found: job_offer_report.Reported, language: Language) -> Self:
        row = found.report
        return cls(
            job_offer=JobOffer.of(found.posted, language), reason=row.reason, comment=row.comment, reported_at=row.created_at
        )


@strawberry.type(description="What a candidate says is wrong with an offer. To agents alone.")
class JobOfferReport:
    candidate_id: strawberry.ID = doc("Of the candidate who reported it.")
    name: str = doc("Of that candidate.")
    reason: models.JobOfferReportReason = doc("What is wrong with the offer.")
    comment: str | None = doc("In the words of the candidate.")
    reported_at: datetime = doc("When.")

    @classmethod
    def of(cls, told: job_offer_review.ToldBy) -> Self:
        row, reporter = told.report, global_id("Candidate", told.report.candidate_id)
        return cls(candidate_id=reporter, name=told.name, reason=row.reason, comment=row.comment, reported_at=row.created_at)


@strawberry.type(description="An open offer that agents are to look at.")
class JobOfferReview:
    job_offer: JobOffer = doc("The offer; `similarOffers` are those of its employer that say nearly the same.")
    since: datetime = doc("Since when it waits.")
    new_employer: bool = doc("Whether it was published in the first week after its employer was authenticated.")
    report_count: int = doc("How many reports of it no agent has seen.")
    reports: list[JobOfferReport] = doc("The newest twenty of those.")

    @classmethod
    def of(cls, found: job_offer_review.ToReview, language: Language) -> Self:
        return cls(
            job_offer=JobOffer.of(found.posted, language),
            since=found.review.since,
            new_employer=found.review.new_employer,
            report_count=found.count,
            reports=[JobOfferReport.of(each) for each in found.reports],
        )


@strawberry.type(description="An offer to look at, in its place in the list.")
class JobOfferReviewEdge:
    cursor: Cursor = doc("The place, for `after`.")
    node: JobOfferReview = doc("The offer, and why it is there.")


@strawberry.type(description="A page of offers to look at.")
class JobOfferReviewConnection:
    edges: list[JobOfferReviewEdge] = doc("Those with the most reports first, of as many those that have waited longest.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are on all pages.")

    @classmethod
    def of(cls, found: Slice[job_offer_review.ToReview], language: Language) -> Self:
        return cls(
            edges=[JobOfferReviewEdge(cursor=Cursor(at), node=JobOfferReview.of(each, language)) for at, each in found.items],
            page_info=page_info([at for at, _ in found.items], found.has_next, found.has_previous),
            total_count=found.total,
        )


@strawberry.input(description="The job offer to report, and what is wrong with it.")
class ReportJobOfferInput:
    job_offer_id: strawberry.ID = doc("Of an offer that the caller can see.")
    reason: models.JobOfferReportReason = doc("What is wrong with it.")
    comment: str | None = strawberry.field(
        default=None, description="For agents to read, at most 1000 characters. Required where the reason is OTHER."
    )
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same report.")


@strawberry.input(description="The job offer that was reviewed and stays as it is.")
class ClearJobOfferInput:
    id: strawberry.ID = doc("Of the offer.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")
    reports: int | None = strawberry.field(
        default=None, description="How many reports it had when it was read: refused when others have come since."
    )


@strawberry.input(description="The job offer to remove, and why.")
class RemoveJobOfferInput:
    id: strawberry.ID = doc("Of the offer.")
    reason: str = doc("What its employer reads, at most 1000 characters.")
    version: int | None = strawberry.field(default=None, description="The version that was read.")


RemoveJobOfferResult = Annotated[
    JobOffer | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("RemoveJobOfferResult", description="The removed offer, or why it was not removed."),
]


ReportJobOfferResult = Annotated[
    JobOfferReported | InvalidInput | NotEligible | NotFound | Conflict | LimitReached,
    strawberry.union("ReportJobOfferResult", description="That it was reported, or why not."),
]
ClearJobOfferResult = Annotated[
    JobOffer | NotEligible | NotFound | Conflict,
    strawberry.union("ClearJobOfferResult", description="The offer that was reviewed, or why it was not marked."),
]


@strawberry.type
class JobOfferModerationMutation:
    @mutation
    async def report_job_offer(self, info: Info, input: ReportJobOfferInput) -> ReportJobOfferResult:
        """Tells agents that something is wrong with an open offer: once for each offer, twenty times a day. Nobody but agents
        learns who did. By candidates."""
        wrong = job_offer_report.Wrong(key_of(input.job_offer_id, "JobOffer"), input.reason, input.comment)
        found = await job_offer_report.report(info.context, wrong, input.idempotency_key)
        return JobOfferReported.of(found, info.context.language)

    @mutation
    async def clear_job_offer(self, info: Info, input: ClearJobOfferInput) -> ClearJobOfferResult:
        """Takes an offer out of `jobOffersToReview` as it is, until it is reported again or revised. By agents."""
        posted = await job_offer_review.clear(info.context, key_of(input.id, "JobOffer"), input.version, input.reports)
        return JobOffer.of(posted, info.context.language)

    @mutation
    async def remove_job_offer(self, info: Info, input: RemoveJobOfferInput) -> RemoveJobOfferResult:
        """Takes an offer out of every search, for good, with a reason for its employer. By agents."""
        posted = await resolvers.remove(info.context, key_of(input.id, "JobOffer"), input.reason, input.version)
        return JobOffer.of(posted, info.context.language)


@strawberry.type
class JobOfferModerationQuery:
    @query
    async def job_offers_to_review(self, info: Info, first: First = 20, after: After = None) -> JobOfferReviewConnection:
        """Open offers that were reported, or published in the first week after their employer was authenticated, until an agent
        clears or removes them. To agents."""
        found = await job_offer_review.to_review(info.context, page(first, after))
        return JobOfferReviewConnection.of(found, info.context.language)
