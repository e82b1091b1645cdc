"""Who should have heard of which offers: what the ledger is held against. Reads only."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
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
from notifications.ledger import OWED_MATCHING
from notifications.matching import AlertMatch, among

PAGE = 500


@dataclass(frozen=True)
class Announced:
    """An open offer whose matching is done."""

    row: JobOffer
    employer_name: str
    at: datetime

    @cached_property
    def document(self) -> Document:
        """Takes its time to make."""
        return job_offer_document(self.row, self.employer_name)


async def announced(database: Database, since: datetime, until: datetime) -> dict[UUID, Announced]:
    """The offers announced from `since` on and before `until`."""
    query = (
        select(JobOffer, Employer.name)
        .join(Employer, Employer.id == JobOffer.employer_id)
        .where(JobOffer.status == JobOfferStatus.PUBLISHED, Employer.status == EmployerStatus.AUTHENTICATED)
        .where(JobOffer.announced_at >= since, JobOffer.announced_at < until, JobOffer.id.not_in(_owed()))
    )
    async with database.read() as session:
        rows = (await session.execute(query)).all()
    return {offer.id: Announced(offer, name, offer.announced_at) for offer, name in rows if offer.announced_at is not None}


async def oldest_unmatched(session: AsyncSession) -> datetime | None:
    """When the oldest of the offers whose matching is not done was announced."""
    waiting = (JobOffer.id.in_(_owed()), JobOffer.status == JobOfferStatus.PUBLISHED)
    return await session.scalar(select(func.min(JobOffer.announced_at)).where(*waiting))


def _owed() -> Select[UUID]:
    return select(OutboxEntry.subject).where(OutboxEntry.kind.in_(OWED_MATCHING))


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


async def told_pairs(session: AsyncSession, offers: Collection[UUID], *whom: ColumnElement[bool]) -> set[tuple[UUID, UUID]]:
    """Each person with each offer of those that the ledger has for them; of some people alone where `whom` says so."""
    told: set[tuple[UUID, UUID]] = set()
    for of_offers in among(session, Notification.job_offer_id, list(offers)):
        query = select(Notification.candidate_id, Notification.job_offer_id)
        rows = await session.execute(query.where(of_offers, *whom))
        told |= {(person, offer) for person, offer in rows if offer is not None}
    return told


def owed_to(alert: JobAlert, offers: Mapping[UUID, Announced], matching: Collection[UUID]) -> list[UUID]:
    """Of the offers that match an alert those that it should have told of."""
    return [each for each in matching if offers[each].at > alert.started_at]


def as_match(alert: JobAlert) -> AlertMatch:
    return AlertMatch(alert.id, alert.candidate_id, alert.frequency, alert.started_at)
