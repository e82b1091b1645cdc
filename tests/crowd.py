"""A candidate, a member of an employer and an agent among many: so many offers, people, alerts, applications and whatever else is
listed somewhere. For tests and benchmarks of lists; not a test itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.application import Application, ApplicationEvent, ApplicationStatus
from models.base import Base
from models.candidacy import Candidacy
from models.candidacy_criteria import CandidacyCriteria
from models.candidacy_draft import CandidacyDraft
from models.consultation import Consultation
from models.contact_request import ContactRequest, ContactRequestStatus
from models.employer import Employer, EmployerEvent, EmployerMember, EmployerStatus
from models.job_offer import JobOffer, JobOfferEvent
from models.job_offer_report import JobOfferReport, JobOfferReportReason
from models.job_offer_review import JobOfferReview
from models.language import Language
from models.member_invitation import MemberInvitation
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert, NotificationKind
from models.outbox import emit
from models.snapshot import take_snapshot
from schema.node import global_id
from tests.conftest import Clock
from tests.notifications.rows import EARLIER, Person, add_alert, add_employer, add_member, add_offer, add_person
from tests.path.in_touch import Pair, pair
from tests.service import Service

WORK = "Souder des charpentes et des réservoirs en acier, lire des plans, régler les postes à souder et contrôler les cordons."
"""Enough of a text for offers to be compared."""
OF_EACH = 2
"""Applications and reports of each offer, besides those of the candidate; offers of each other employer."""


@dataclass
class Crowd:
    """`ids` are those of one object of each type: an offer of the member's employer, an alert and a candidacy of the candidate, a
    saved search of the member."""

    service: Service
    both: Pair
    ids: dict[str, str]

    async def token(self, role: str) -> str | None:
        match role:
            case "candidate":
                return await self.both.person.token()
            case "member":
                return await self.both.recruiter.token()
            case "agent":
                return await self.service.sign_in(f"agent{self.both.recruiter.email[2:]}")
            case _:
                return None


@dataclass
class _Rows:
    """What the others are made around."""

    session: AsyncSession
    candidacy: Candidacy
    member: EmployerMember
    employer: Employer
    offers: list[JobOffer]
    others: list[Candidacy]


async def gather(service: Service, clock: Clock, size: int) -> Crowd:
    both = await pair(service, clock)
    async with service.resources.database.begin() as session:
        rows = await _start(session, size)
        await _employers(session, rows, size)
        for made in (_contacts(rows), _applications(rows), _reports(rows), _invitations(rows)):
            session.add_all(made)
            await session.flush()
        ids = await _told(rows)
    await service.work()
    return Crowd(service, both, {**ids, "Candidacy": both.candidacy})


async def _start(session: AsyncSession, size: int) -> _Rows:
    """Offers of the employer, and as many people with candidacies like that of the candidate."""
    first = (await session.scalars(select(Candidacy))).one()
    member = (await session.scalars(select(EmployerMember))).one()
    employer = await session.get_one(Employer, member.employer_id)
    offers = [add_offer(session, employer, description_fr=WORK) for _ in range(size)]
    others = [_candidacy_like(first, add_person(session)) for _ in range(size)]
    await session.flush()
    session.add_all(others)
    session.add_all(_events(offers, member.id))
    for row in others:
        emit(session, "candidacy.changed", row.id, first.created_at)
    for offer in offers:
        emit(session, "job_offer.changed", offer.id, first.created_at)
    await session.flush()
    return _Rows(session, first, member, employer, offers, others)


def _candidacy_like(first: Candidacy, person: Person) -> Candidacy:
    row = Candidacy(id=uuid4(), candidate_id=person.id, created_at=first.created_at)
    CandidacyDraft.of(first).write_to(row)
    row.publish(first.created_at, first.publication_ends_on or first.created_at.date())
    return row


def _events(offers: Sequence[JobOffer], by: UUID) -> Iterator[Base]:
    for offer in offers:
        yield from (JobOfferEvent(job_offer_id=offer.id, at=EARLIER, status=offer.status, by=each) for each in (by, None))


async def _employers(session: AsyncSession, rows: _Rows, size: int) -> None:
    """Others who post, and who have opened the candidacy; and those that wait for authentication, two with each NEQ."""
    posting = [add_employer(session) for _ in range(size)]
    waiting = [add_employer(session, EmployerStatus.PENDING) for _ in range(size)]
    for one, other in zip(waiting[::2], waiting[1::2], strict=False):
        other.neq = one.neq
    await session.flush()
    members = [add_member(session, employer) for employer in (*posting, *waiting)]
    offers = [add_offer(session, employer) for employer in posting for _ in range(OF_EACH)]
    for employer in (rows.employer, *posting, *waiting):
        session.add(EmployerEvent(employer_id=employer.id, at=EARLIER, status=employer.status))
    await session.flush()
    for offer in offers:
        emit(session, "job_offer.changed", offer.id, EARLIER)
    for employer, member in zip(posting, members, strict=False):
        about = {"candidacy_id": rows.candidacy.id, "employer_id": employer.id, "member_id": member.id}
        session.add(Consultation(**about, at=EARLIER, purpose="Un poste."))


def _contacts(rows: _Rows) -> Iterator[Base]:
    """The candidate has agreed about every offer, and everybody about the first."""
    pairs = [(rows.candidacy, offer) for offer in rows.offers] + [(row, rows.offers[0]) for row in rows.others]
    for candidacy, offer in pairs:
        sides = {"candidacy_id": candidacy.id, "candidate_id": candidacy.candidate_id, "employer_id": rows.employer.id}
        about = {**sides, "member_id": rows.member.id, "job_offer_id": offer.id, "message": "Bonjour.", "reply": "Oui."}
        yield ContactRequest(id=uuid4(), **about, status=ContactRequestStatus.ACCEPTED, created_at=EARLIER, answered_at=EARLIER)


def _applications(rows: _Rows) -> Iterator[Base]:
    """To the first offer by everybody, to the others by the candidate and a few more."""
    for offer in rows.offers:
        by = rows.others if offer is rows.offers[0] else rows.others[:OF_EACH]
        for candidacy in (rows.candidacy, *by):
            yield from _application(candidacy, offer, rows.member.id)


def _application(candidacy: Candidacy, offer: JobOffer, by: UUID) -> Iterator[Base]:
    row = Application(id=uuid4(), candidacy_id=candidacy.id, candidate_id=candidacy.candidate_id, employer_id=offer.employer_id)
    row.job_offer_id, row.status = offer.id, ApplicationStatus.UNDER_REVIEW
    row.snapshot = take_snapshot(candidacy, "MA", EARLIER, anonymous=True)
    row.submitted_at = row.moved_at = EARLIER
    yield row
    steps = {ApplicationStatus.SUBMITTED: candidacy.candidate_id, ApplicationStatus.UNDER_REVIEW: by}
    yield from (ApplicationEvent(application_id=row.id, at=EARLIER, status=status, by=each) for status, each in steps.items())


def _reports(rows: _Rows) -> Iterator[Base]:
    for offer in rows.offers:
        yield JobOfferReview(job_offer_id=offer.id, since=EARLIER)
        for candidacy in rows.others[:OF_EACH]:
            said = {"reason": JobOfferReportReason.FEES, "created_at": EARLIER}
            yield JobOfferReport(job_offer_id=offer.id, candidate_id=candidacy.candidate_id, **said)


def _invitations(rows: _Rows) -> Iterator[Base]:
    for number in range(OF_EACH):
        row = MemberInvitation(employer_id=rows.employer.id, email=f"invited{number}@example.org", name="Lou Gagnon")
        row.role, row.language, row.invited_by = rows.member.role, Language.FR, rows.member.id
        row.invited_at, row.expires_at = EARLIER, EARLIER.replace(year=EARLIER.year + 1)
        yield row


async def _told(rows: _Rows) -> dict[str, str]:
    """The candidate was told of every offer and the member of everybody: by two alerts each, of as many; by the first of all."""
    candidate, member = Person(rows.candidacy.candidate_id, ""), Person(rows.member.id, "")
    alerts = [add_alert(rows.session, candidate) for _ in rows.offers]
    searches = [add_alert(rows.session, member, CandidacyCriteria(text="infirmiere")) for _ in rows.others]
    await rows.session.flush()
    offers = [{"job_offer_id": each.id, "kind": NotificationKind.JOB_OFFER_MATCHED} for each in rows.offers]
    people = [{"matched_candidacy_id": each.id, "kind": NotificationKind.CANDIDACY_MATCHED} for each in rows.others]
    for person, kept, subjects in ((candidate, alerts, offers), (member, searches, people)):
        pairs = [*pairwise(kept), (kept[-1], kept[0])]
        for position, (subject, alike) in enumerate(zip(subjects, pairs, strict=True), 1):
            told = Notification(id=uuid4(), person_id=person.id, position=position, created_at=EARLIER, **subject)
            rows.session.add(told)
            await rows.session.flush()
            rows.session.add_all(_besides(told, {kept[0].id, *(each.id for each in alike)}))
    firsts = {"JobAlert": alerts[0].id, "CandidacySearch": searches[0].id, "JobOffer": rows.offers[0].id}
    return {of: str(global_id(of, key)) for of, key in {**firsts, "Employer": rows.employer.id}.items()}


def _besides(told: Notification, alerts: set[UUID]) -> Iterator[Base]:
    yield Delivery(notification_id=told.id, channel=Channel.EMAIL, status=DeliveryStatus.SENT, attempts=1, at=EARLIER)
    yield from (NotificationAlert(notification_id=told.id, alert_id=each) for each in alerts)
