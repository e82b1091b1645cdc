"""Two people and an application between them, for tests of what they are told of it: an offer of an employer, published by one of
its members, and a candidacy. Steps are taken as the acts take them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

import worker
from lane import work_once
from models.application import Application, ApplicationStatus
from models.application_news import ApplicationMail, ApplicationNews
from models.application_step import Step, submit, take
from models.application_transition import ServiceReason, Side
from models.candidacy import Candidacy
from models.database import Database
from models.deadline import Deadline, DeadlineKind
from models.employer import Employer
from models.holding import hold_application, hold_candidate
from models.job_offer import JobOffer, JobOfferEvent
from models.language import Language
from models.outbox import OutboxEntry
from models.profile import Education
from tests.conftest import NOW, Clock
from tests.notifications.rows import Person, add_employer, add_member, add_offer, add_person
from tests.service import EMBEDDED, Service, addresses, open_service, plain

STATUS, REASON = ApplicationStatus, ServiceReason
SIDES = {
    **dict.fromkeys((STATUS.UNDER_REVIEW, STATUS.INTERVIEW, STATUS.OFFERED, STATUS.HIRED, STATUS.DECLINED), Side.EMPLOYER),
    STATUS.WITHDRAWN: Side.CANDIDATE,
    STATUS.CLOSED: Side.SERVICE,
}
"""Who takes each step, unless told otherwise."""


def add_candidacy(session: AsyncSession, person: Person) -> Candidacy:
    row = Candidacy(
        id=uuid4(),
        candidate_id=person.id,
        title_fr="Soudeuse d’expérience",
        title_en="Experienced welder",
        created_at=NOW,
        education=Education.NONE,
        years_of_experience=2,
        **{name: [] for name in ("skills", "languages", "regions", "work_modes")},
        occupations=["72106"],
    )
    row.publish(NOW, NOW.date().replace(year=NOW.year + 1))
    session.add(row)
    return row


@dataclass
class Office:
    """A service with those people in it."""

    service: Service
    clock: Clock
    person: Person
    publisher: Person
    colleague: Person
    employer: Employer
    offer: JobOffer
    candidacy: Candidacy
    sent: int = field(default=0)

    @property
    def database(self) -> Database:
        return self.service.resources.database

    async def post_offer(self, **fields: Any) -> JobOffer:
        """Another offer, published by the same member."""
        async with self.database.begin() as session:
            return await offer_by(session, self.employer, self.publisher, **fields)

    async def apply(self, offer: JobOffer | None = None) -> UUID:
        async with self.database.begin() as session:
            await hold_candidate(session, self.person.id)
            return await applied(session, self.candidacy, offer or self.offer, self.clock())

    async def step(self, application_id: UUID, target: ApplicationStatus, reason: str | None = None, **said: str) -> None:
        """`said` are the columns that are written with it; a reason of the service makes it the service's step."""
        side = Side.SERVICE if reason in list(ServiceReason) else SIDES[target]
        by = {Side.CANDIDATE: self.person.id, Side.EMPLOYER: self.colleague.id, Side.SERVICE: None}[side]
        async with self.database.begin() as session:
            held = await hold_application(session, application_id)
            assert held is not None
            for name, value in said.items():
                setattr(held[1], name, value)
            await take(session, held[1], Step(target, side, by, reason), self.clock())

    async def later(self, **by: float) -> None:
        """The time goes by, and the worker does what has come due of this."""
        self.clock.move(**by)
        await self.work()

    async def work(self) -> None:
        resources = self.service.resources
        while await worker.meet_deadlines(resources) + await work_once(resources, worker.LANES["letters"]):
            pass

    async def news(self) -> list[str]:
        """What is sent once what waits has been gathered: since the last time that this was asked, to whom and about what."""
        await self.later(minutes=5)
        return self.arrived()

    def arrived(self) -> list[str]:
        mails = self.service.letters()[self.sent :]
        self.sent += len(mails)
        return sorted(f"{self.who(each)}: {each['Subject']}" for each in mails)

    def who(self, mail: EmailMessage) -> str:
        names = {self.person.email: "candidate", self.publisher.email: "publisher", self.colleague.email: "colleague"}
        return ", ".join(names.get(each, each) for each in addresses(mail))

    def new(self, offer: str = "Welder") -> str:
        """The subject of the mail of an application to it."""
        return f"New application for “{offer}”: candidacy {self.candidacy.number}"

    def last_to(self, person: Person) -> str:
        """The newest mail to somebody: subject and text, on one line."""
        mail = next(each for each in reversed(self.service.letters()) if addresses(each) == [person.email])
        return " ".join(f"{mail['Subject']} | {plain(mail)}".split())


async def offer_by(session: AsyncSession, employer: Employer, member: Person, **fields: Any) -> JobOffer:
    row = add_offer(session, employer, **fields)
    await session.flush()
    session.add(JobOfferEvent(job_offer_id=row.id, at=NOW, status=row.status, by=member.id))
    return row


async def applied(session: AsyncSession, candidacy: Candidacy, offer: JobOffer, now: datetime) -> UUID:
    about = {"candidacy_id": candidacy.id, "candidate_id": candidacy.candidate_id, "job_offer_id": offer.id}
    row = Application(id=uuid4(), **about, employer_id=offer.employer_id, snapshot={}, submitted_at=now, moved_at=now)
    row.status = ApplicationStatus.SUBMITTED
    await submit(session, row, now)
    return row.id


async def open_office(service: Service, clock: Clock, language: Language = Language.EN) -> Office:
    async with service.resources.database.begin() as session:
        person = add_person(session, language=language, given_name="Amélie")
        employer = add_employer(session)
        publisher, colleague = (add_member(session, employer, language=language) for _ in range(2))
        await session.flush()
        offer = await offer_by(session, employer, publisher, title_en="Welder")
        candidacy = add_candidacy(session, person)
    return Office(service, clock, person, publisher, colleague, employer, offer, candidacy)


@pytest.fixture
async def office(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Office]:
    """On each kind of database; mail goes into a folder."""
    async with open_service(database_url, EMBEDDED, tmp_path, clock) as service:
        yield await open_office(service, clock)


async def owed(office: Office, *rows: type) -> list[int]:
    """How many there are of each."""
    async with office.database.read() as session:
        return [await session.scalar(select(func.count()).select_from(row)) or 0 for row in rows]


async def nothing_is_owed(office: Office) -> bool:
    mails = Deadline.kind == DeadlineKind.APPLICATION_MAIL
    async with office.database.read() as session:
        planned = (await session.scalars(select(Deadline).where(mails))).all()
    return not planned and await owed(office, ApplicationNews, ApplicationMail, OutboxEntry) == [0, 0, 0]
