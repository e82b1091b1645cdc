"""The ledger of what somebody was told, and the live streams of it."""

from collections.abc import AsyncGenerator
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from models import notification as models
from models.candidacy_search import CandidacySearch as SavedSearch
from models.job_alert import JobAlert as SavedAlert
from models.language import Language
from resolvers import candidacy_matches, job_offer_matches, stream
from resolvers import notification as resolvers
from resolvers.pages import Slice
from schema.candidacy import Candidacy
from schema.connections import PageInfo, page_info
from schema.fields import Info, argument, doc, subscription
from schema.job_alert import JobAlert
from schema.job_offer import JobOffer
from schema.node import Node, global_id, key_of, loads
from schema.published_candidacy import PublishedCandidacy
from schema.saved_candidacy_search import CandidacySearch
from schema.scalars import Cursor
from schema.stream import StreamGap

strawberry.enum(models.Channel, description="How somebody is told.")
strawberry.enum(models.DeliveryStatus, description="Where a delivery stands.")


@strawberry.type(description="One way in which a notification was, or will be, delivered.")
class Delivery:
    channel: models.Channel = doc("How.")
    status: models.DeliveryStatus = doc("Where it stands.")
    attempts: int = doc("How often it was tried.")
    at: datetime | None = doc("When it was sent, or given up.")
    next_try_at: datetime | None = doc("When it goes out, or is tried again, while it is queued.")
    problem: str | None = doc("Why it failed or was not sent: a stable code.")

    @classmethod
    def of(cls, row: models.Delivery, next_try_at: datetime | None) -> Self:
        return cls(
            channel=row.channel,
            status=row.status,
            attempts=row.attempts,
            at=row.at,
            next_try_at=next_try_at,
            problem=row.problem,
        )


@strawberry.type(description="Something that somebody was told: once, over all alerts and channels.")
class Notification(Node):
    created_at: datetime = doc("When it was recorded.")
    kind: str = doc("What it tells of: JOB_OFFER_MATCHED, CANDIDACY_MATCHED, or a notice that the rules of the service ask for.")
    job_offer: JobOffer | None = doc("The offer, while it is open.")
    alert: JobAlert | None = doc("The first of the alerts that it matched, if one is still there.")
    published_candidacy: PublishedCandidacy | None = doc("The candidacy that a member of an employer was told of.")
    candidacy_search: CandidacySearch | None = doc("The first of the saved searches that it matched, if one is still there.")
    candidacy: Candidacy | None = doc("The candidacy whose publication a notice is about.")
    ends_on: date | None = doc("The end, in Québec, that a notice about a publication is about.")
    deliveries: list[Delivery] = doc("One for each channel.")

    @classmethod
    def of(cls, told: resolvers.Told, language: Language) -> Self:
        return cls(
            id=global_id("Notification", told.notification.id),
            created_at=told.notification.created_at,
            kind=told.notification.kind,
            job_offer=JobOffer.of(told.posted, language) if told.posted else None,
            alert=next((JobAlert.of(each, language) for each in told.alerts if isinstance(each, SavedAlert)), None),
            published_candidacy=PublishedCandidacy.of(told.profile, language) if told.profile else None,
            candidacy_search=next(
                (CandidacySearch.of(each, language) for each in told.alerts if isinstance(each, SavedSearch)), None
            ),
            candidacy=Candidacy.of(told.candidacy, language) if told.candidacy else None,
            ends_on=told.notification.ends_on,
            deliveries=[Delivery.of(row, told.next_tries.get(row.id)) for row in told.deliveries],
        )


@loads("Notification")
async def load_notification(info: Info, key: UUID) -> Notification | None:
    told = await resolvers.known(info.context, key)
    return Notification.of(told, info.context.language) if told else None


@strawberry.type(description="A notification in a list.")
class NotificationEdge:
    cursor: Cursor = doc("Its place in the list.")
    node: Notification = doc("The notification.")


@strawberry.type(description="A page of notifications, newest first.")
class NotificationConnection:
    edges: list[NotificationEdge] = doc("The notifications.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are in all.")

    @classmethod
    def of(cls, found: Slice[resolvers.Told], language: Language) -> Self:
        return cls(
            edges=[NotificationEdge(cursor=Cursor(at), node=Notification.of(told, language)) for at, told in found.items],
            page_info=page_info([at for at, _ in found.items], found.has_next, found.has_previous),
            total_count=found.total,
        )


@strawberry.type(description="An offer that matches alerts of the caller, as it was published.")
class JobOfferMatched:
    cursor: Cursor = doc("Its place in the stream: give it back to go on from here.")
    notification_id: strawberry.ID = doc("Of its notification.")
    job_offer: JobOffer = doc("The offer.")
    alerts: list[JobAlert] = doc("The alerts that it matches and that are on.")
    at: datetime = doc("When the match was recorded.")


JobOfferMatchEvent = Annotated[
    JobOfferMatched | StreamGap, strawberry.union("JobOfferMatchEvent", description="What the stream of matches gives.")
]


@strawberry.type(description="A candidacy that matches saved searches of the caller, as it was published.")
class CandidacyMatched:
    cursor: Cursor = doc("Its place in the stream: give it back to go on from here.")
    notification_id: strawberry.ID = doc("Of its notification.")
    candidacy: PublishedCandidacy = doc("The candidacy.")
    searches: list[CandidacySearch] = doc("The searches that it matches and that are on.")
    at: datetime = doc("When the match was recorded.")

    @classmethod
    def of(cls, event: candidacy_matches.CandidacyMatched, language: Language) -> Self:
        return cls(
            cursor=Cursor(event.cursor),
            notification_id=global_id("Notification", event.notification_id),
            candidacy=PublishedCandidacy.of(event.profile, language),
            searches=[CandidacySearch.of(each, language) for each in event.searches],
            at=event.at,
        )


CandidacyMatchEvent = Annotated[
    CandidacyMatched | StreamGap, strawberry.union("CandidacyMatchEvent", description="What the stream of matches gives.")
]


def _event(event: job_offer_matches.OfferMatched | stream.StreamGap, language: Language) -> JobOfferMatched | StreamGap:
    if isinstance(event, stream.StreamGap):
        return StreamGap.of(event)
    return JobOfferMatched(
        cursor=Cursor(event.cursor),
        notification_id=global_id("Notification", event.notification_id),
        job_offer=JobOffer.of(event.posted, language),
        alerts=[JobAlert.of(alert, language) for alert in event.alerts],
        at=event.at,
    )


@strawberry.type
class NotificationSubscription:
    @subscription
    async def job_offer_matches(
        self,
        info: Info,
        alert_id: Annotated[strawberry.ID | None, argument("One of the caller's alerts; all when left out.")] = None,
        after: Annotated[Cursor | None, argument("Of the last event received.")] = None,
    ) -> AsyncGenerator[JobOfferMatchEvent, None]:
        """Offers that match the caller's alerts, as they are published. `after` resumes; so does connectionParams.lastCursor.
        On one connection nothing is sent again: a stream of the same alerts goes on where the one before it stopped."""
        key = None if alert_id is None else key_of(alert_id, "JobAlert")
        async for event in job_offer_matches.follow(info.context, key, after):
            yield _event(event, info.context.language)

    @subscription
    async def candidacy_matches(
        self,
        info: Info,
        search_id: Annotated[strawberry.ID | None, argument("One of the caller's searches; all when left out.")] = None,
        after: Annotated[Cursor | None, argument("Of the last event received.")] = None,
    ) -> AsyncGenerator[CandidacyMatchEvent, None]:
        """Candidacies that match the caller's saved searches, as they are published. It resumes as jobOfferMatches does."""
        key = None if search_id is None else key_of(search_id, "CandidacySearch")
        async for event in candidacy_matches.follow(info.context, key, after):
            if isinstance(event, stream.StreamGap):
                yield StreamGap.of(event)
            else:
                yield CandidacyMatched.of(event, info.context.language)
