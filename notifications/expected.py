"""Who should have heard of which offers: what the ledger is held against. Reads only."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidate import STANDING, Candidate
from models.database import Database
from models.document import Document
from models.employer import Employer, EmployerStatus
from models.job_alert import JobAlert, JobAlertStatus
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_document import job_offer_document
from models.notification import Notification
from models.outbox import OutboxEntry
from notifications.matching import AlertMatch

PAGE = 500


@dataclass(frozen=True)
class Announced:
    """An open offer whose matching is done."""

    number: str
    at: datetime
    document: Document


async def announced(database: Database, since: datetime, until: datetime) -> dict[UUID, Announced]:
    """The offers announced from `since` on and before `until`."""
    owed = select(OutboxEntry.subject).where(OutboxEntry.kind == "job_offer.announced")
    query = (
        select(JobOffer, Employer)
        .join(Employer, Employer.id == JobOffer.employer_id)
        .where(JobOffer.status == JobOfferStatus.PUBLISHED, Employer.status == EmployerStatus.AUTHENTICATED)
        .where(JobOffer.announced_at >= since, JobOffer.announced_at < until, JobOffer.id.not_in(owed))
    )
    async with database.read() as session:
        rows = (await session.execute(query)).all()
    return {
        offer.id: Announced(offer.number, offer.announced_at, job_offer_document(offer, employer.name))
        for offer, employer in rows
        if offer.announced_at is not None
    }


async def alerts_on(database: Database, before: datetime) -> AsyncIterator[Sequence[JobAlert]]:
    """Some at a time: those that are on, started before that instant and belong to people whose files stand."""
    last = UUID(int=0)
    query = (
        select(JobAlert)
        .join(Candidate, Candidate.id == JobAlert.candidate_id)
        .where(JobAlert.status == JobAlertStatus.ON, Candidate.registration_status.in_(STANDING))
        .where(JobAlert.started_at < before)
    )
    while True:
        async with database.read() as session:
            page = (await session.scalars(query.where(JobAlert.id > last).order_by(JobAlert.id).limit(PAGE))).all()
        if not page:
            return
        yield page
        last = page[-1].id


async def told_pairs(session: AsyncSession, offers: Collection[UUID], persons: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Each person of those with each offer of those that the ledger has for them."""
    query = select(Notification.candidate_id, Notification.job_offer_id)
    of_these = query.where(Notification.job_offer_id.in_(offers), Notification.candidate_id.in_(persons))
    return {(person, offer) for person, offer in await session.execute(of_these) if offer is not None}


def owed_to(alert: JobAlert, offers: Mapping[UUID, Announced], matching: Collection[UUID]) -> list[UUID]:
    """Of the offers that match an alert those that it should have told of."""
    return [each for each in matching if offers[each].at > alert.started_at]


def as_match(alert: JobAlert) -> AlertMatch:
    return AlertMatch(alert.id, alert.candidate_id, alert.frequency, alert.started_at)
