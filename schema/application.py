"""Applications in the API, as each of their two sides reads them. The acts on them are in schema.application_act."""

from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from models import application as models
from models.application_transition import ServiceReason, Side
from models.language import Language
from resolvers import application_reading as reading
from resolvers.job_offer import SERVICE_NAME
from resolvers.pages import Slice
from schema.connections import PageInfo, page_info
from schema.fields import Info, doc, guarded
from schema.job_offer import JobOffer
from schema.node import Node, global_id, loads
from schema.person import Person
from schema.published_candidacy import PublishedCandidacy
from schema.scalars import Cursor
from texts.catalogue import text

strawberry.enum(models.ApplicationStatus, description="Where an application stands.")
strawberry.enum(models.DeclineReason, description="Why an employer declined an application.")
OF_THE_CANDIDATE = (ServiceReason.CANDIDACY_WITHDRAWN, ServiceReason.FILE_ENDED)
"""Why the service has ended one, where that is no business of its employer."""


@strawberry.type(description="A step in the history of an application.")
class ApplicationEvent:
    at: datetime = doc("When.")
    status: models.ApplicationStatus = doc("What the application became.")
    by: str = doc("Who did it: the employer by its name, to its members the one of them; the candidate; or the service.")
    reason: str | None = doc("What was written with it, or why, as far as the reader is told.")

    @classmethod
    def of(cls, step: reading.Taken, sent: reading.Sent, language: Language) -> Self:
        event = step.event
        return cls(at=event.at, status=event.status, by=_by(step, sent, language), reason=_reason(step, sent, language))


def _by(step: reading.Taken, sent: reading.Sent, language: Language) -> str:
    if step.side is Side.SERVICE:
        return SERVICE_NAME
    if step.side is Side.CANDIDATE:
        known = sent.person
        return f"{known.given_name} {known.family_name}" if known else text("application.candidate", language)
    member = step.member if sent.reader is Side.EMPLOYER else None
    return member or sent.posted.employer.name


def _reason(step: reading.Taken, sent: reading.Sent, language: Language) -> str | None:
    """A code in the words of the reader's language. What the candidate's own file has to do with it is the candidate's."""
    reason = step.event.reason
    if step.side is Side.SERVICE and reason is not None:
        told = sent.reader is Side.CANDIDATE or reason not in OF_THE_CANDIDATE
        return text(f"application.ended.{reason}", language) if told else None
    if step.event.status is models.ApplicationStatus.DECLINED and reason is not None:
        return text(f"application.declined.{reason}", language)
    return reason


@strawberry.type(description="A candidate has applied to a job offer with a candidacy. To the two sides.")
class Application(Node):
    owner: strawberry.Private[UUID]
    row: strawberry.Private[models.Application]
    status: models.ApplicationStatus = doc("Where it stands.")
    job_offer: JobOffer = doc("What was applied to.")
    submitted_at: datetime = doc("When it was sent.")
    version: int = doc("Rises with every step; give it back to be refused when another came first.")
    snapshot: PublishedCandidacy = doc(
        "The candidacy as it was when it was sent, under an id of its own. If it was not published then, it says of its "
        "publication when it was sent. Once the employer may not read `person` any more, texts that may say who "
        "that is are left out."
    )
    person: Person | None = doc(
        "Who the candidate is, with the contact data as they are now. To the candidate; to the employer unless it was declined, "
        "withdrawn or closed."
    )
    cover_letter: str | None = doc("What the candidate wrote with it. To whoever reads `person`.")
    decline_reason: models.DeclineReason | None = doc("Why the employer declined it.")
    decline_text: str | None = doc("The same as a sentence to the candidate, in the reader's language.")
    decline_message: str | None = doc("What the employer wrote about that.")
    allowed_transitions: list[models.ApplicationStatus] = doc("What the reader can make of it now.")
    history: list[ApplicationEvent] = doc("Every step, oldest first.")
    openings_filled: bool = doc("Whether as many were hired as the offer wants: its employer can close it then, closeJobOffer.")

    @guarded("Application")
    def no_news_since(self, info: Info) -> datetime | None:
        """Since when the employer has left it as it is, once that is twenty days. To the candidate."""
        return self.row.no_news_since(info.context.now())

    @classmethod
    def of(cls, sent: reading.Sent, language: Language) -> Self:
        row, why = sent.application, sent.application.decline_reason
        return cls(
            id=global_id("Application", row.id),
            owner=sent.owner,
            row=row,
            status=row.status,
            job_offer=JobOffer.of(sent.posted, language),
            submitted_at=row.submitted_at,
            version=row.version,
            snapshot=PublishedCandidacy.as_it_was(sent, language),
            person=Person.of(sent.person) if sent.person else None,
            cover_letter=sent.cover_letter,
            decline_reason=why,
            decline_text=text(f"application.declined.{why}", language) if why else None,
            decline_message=row.decline_message,
            allowed_transitions=sent.allowed,
            history=[ApplicationEvent.of(step, sent, language) for step in sent.history],
            openings_filled=sent.openings_filled,
        )


@loads("Application")
async def load_application(info: Info, key: UUID) -> Application | None:
    sent = await reading.known(info.context, key)
    return Application.of(sent, info.context.language) if sent else None


@strawberry.type(description="An application in a list.")
class ApplicationEdge:
    cursor: Cursor = doc("Its place in the list.")
    node: Application = doc("The application.")


@strawberry.type(description="A page of applications, newest first.")
class ApplicationConnection:
    edges: list[ApplicationEdge] = doc("The applications.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are in all.")

    @classmethod
    def of(cls, found: Slice[reading.Sent], language: Language) -> Self:
        return cls(
            edges=[ApplicationEdge(cursor=Cursor(at), node=Application.of(each, language)) for at, each in found.items],
            page_info=page_info([at for at, _ in found.items], found.has_next, found.has_previous),
            total_count=found.total,
        )
