"""A candidacy that its candidate deletes is gone with all that others have made of it, and what they waited for is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from models import contact
from models.application import Application, ApplicationEvent, ApplicationStatus
from models.application_news import ApplicationNews
from models.application_step import Step, submit, take
from models.application_transition import Side
from models.candidacy import Candidacy
from models.candidacy_criteria import CandidacyCriteria
from models.consultation import Consultation
from models.contact_request import ContactRequest
from models.deadline_claim import meet_due
from models.employer import Employer, EmployerMember
from models.job_offer import JobOffer
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert, NotificationKind
from models.outbox import OutboxEntry, emit
from models.snapshot import take_snapshot
from notifications.audience import CANDIDACIES
from notifications.notices import NOTICE_QUEUED
from schema.node import parts_of
from tests.conftest import Clock
from tests.notifications.rows import Person as Somebody
from tests.notifications.rows import add_alert, add_employer, add_offer
from tests.path.candidate_file import Person, candidate
from tests.path.employers import OWNER, own, owner
from tests.path.test_at_once import count
from tests.schema.mailed import subjects
from tests.service import PASSWORD, Data, Service
from tests.snapshot import rows_of
from worker import DEADLINES

SELECTION = "... on Candidacy { id status title { fr } }"


async def delete(person: Person, candidacy: str) -> Data:
    return await person.act("deleteCandidacy", SELECTION, id=candidacy)


async def naming(service: Service, ids: set[UUID]) -> dict[str, int]:
    """How many rows of each table say anything of those ids."""
    rows = await rows_of(service.resources.database)
    counts = {table: sum(any(str(key) in row for key in ids) for row in of) for table, of in rows.items()}
    return {table: number for table, number in counts.items() if number}


@dataclass(frozen=True)
class Known:
    """A published candidacy that an employer has opened, was told of by a saved search, and has asked about: two requests were
    accepted. Work is owed for all of it."""

    person: Person
    candidacy: str
    employer: str
    ids: set[UUID]


async def known(service: Service, clock: Clock) -> Known:
    person = await candidate(service, clock)
    token = await owner(service)
    candidacy = await person.publish()
    async with service.resources.database.begin() as session:
        row = await session.get_one(Candidacy, parts_of(candidacy)[1])
        member = (await session.scalars(select(EmployerMember))).one()
        employer = await session.get_one(Employer, member.employer_id)
        session.add(
            Consultation(candidacy_id=row.id, employer_id=employer.id, member_id=member.id, at=clock(), purpose="Lecture")
        )
        alert = add_alert(session, Somebody(member.id, OWNER), CandidacyCriteria(occupations=("31301",)))
        offers = [add_offer(session, employer) for _ in range(2)]
        await session.flush()
        requests = [_request(row, member, offer.id, clock()) for offer in offers]
        for each in requests:
            await contact.ask(session, each, clock())
            await contact.accept(session, each, None, clock())
        applied = [_application(row, offer, clock()) for offer in offers]
        for application in applied:
            await submit(session, application, clock())
            await take(session, application, Step(ApplicationStatus.WITHDRAWN, Side.CANDIDATE, row.candidate_id), clock())
        told = _told(member.id, NotificationKind.CANDIDACY_MATCHED, clock(), matched_candidacy_id=row.id, position=1)
        ended = _told(
            row.candidate_id, NotificationKind.PUBLICATION_ENDING, clock(), candidacy_id=row.id, ends_on=row.publication_ends_on
        )
        session.add_all((told, ended))
        await session.flush()
        session.add(NotificationAlert(notification_id=told.id, alert_id=alert.id))
        deliveries = [
            Delivery(notification_id=each.id, channel=Channel.EMAIL, status=DeliveryStatus.QUEUED) for each in (told, ended)
        ]
        session.add_all(deliveries)
        await session.flush()
        for kind, subject in (
            (NOTICE_QUEUED, deliveries[1].id),
            (contact.LAPSED, requests[1].id),
            (CANDIDACIES.announced, row.id),
        ):
            emit(session, kind, subject, clock())
    return Known(
        person,
        candidacy,
        token,
        {
            row.id,
            told.id,
            ended.id,
            *(each.id for each in requests),
            *(each.id for each in applied),
            *(each.id for each in deliveries),
        },
    )


def _request(row: Candidacy, member: EmployerMember, offer_id: UUID, now: datetime) -> ContactRequest:
    return ContactRequest(
        id=uuid4(),
        candidacy_id=row.id,
        candidate_id=row.candidate_id,
        employer_id=member.employer_id,
        member_id=member.id,
        job_offer_id=offer_id,
        message="Parlons-en.",
        created_at=now,
    )


def _application(row: Candidacy, offer: JobOffer, now: datetime) -> Application:
    return Application(
        id=uuid4(),
        candidacy_id=row.id,
        candidate_id=row.candidate_id,
        employer_id=offer.employer_id,
        job_offer_id=offer.id,
        snapshot=take_snapshot(row, "MA", now, anonymous=True),
        submitted_at=now,
        moved_at=now,
    )


def _told(person_id: UUID, kind: NotificationKind, now: datetime, **fields: object) -> Notification:
    return Notification(id=uuid4(), person_id=person_id, kind=kind, created_at=now, **fields)


async def owed(service: Service) -> Sequence[str]:
    async with service.resources.database.read() as session:
        return (await session.scalars(select(OutboxEntry.kind))).all()


async def test_a_draft_is_deleted_and_its_request_is_not_done_again(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    keyed = {"title": {"fr": "Luthière"}, "idempotencyKey": "once"}
    made = await person.act("createCandidacy", SELECTION, **keyed)
    assert await person.act("deleteCandidacy", SELECTION, id=made["id"], version=1) == made
    assert await person.candidacies() == []
    assert (await delete(person, made["id"]))["code"] == "NOT_FOUND"
    assert (await person.act("createCandidacy", **keyed))["code"] == "DELETED_SINCE"


async def test_all_that_refers_to_it_goes_and_the_employer_is_told(service: Service, clock: Clock) -> None:
    told = await known(service, clock)
    held = {"candidacy", "application", "consultation", "contact_request", "notification", "delivery", "deadline", "stream_event"}
    assert held <= (await naming(service, told.ids)).keys()
    await told.person.withdraw(told.candidacy)
    assert (await delete(told.person, told.candidacy))["status"] == "WITHDRAWN"
    assert (await naming(service, told.ids)).keys() == {"outbox"}
    assert await count(service, ApplicationEvent) == await count(service, ApplicationNews) == 0
    requests = await own(service, told.employer, "contactRequests { totalCount }")
    assert requests["contactRequests"]["totalCount"] == 0
    await service.work()
    assert await naming(service, told.ids) == {}
    assert await owed(service) == []
    assert sorted(subjects(service, OWNER)) == [
        "An application to one of your offers is gone",
        *["One of your contact requests is closed"] * 2,
    ]


async def test_what_is_published_is_withdrawn_first_and_what_has_ended_need_not_be(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    candidacy, other = await person.publish(), await person.publish()
    assert (await delete(person, candidacy))["code"] == "WITHDRAW_FIRST"
    clock.instant = datetime(2026, 6, 1, 14, tzinfo=UTC)  # a day after its last, and no worker has seen it
    assert (await delete(person, candidacy))["status"] == "EXPIRED"
    async with service.resources.database.read() as session:
        assert [row.id for row in await session.scalars(select(Candidacy))] == [parts_of(other)[1]]


@pytest.mark.parametrize("status", [ApplicationStatus.SUBMITTED, ApplicationStatus.HIRED])
async def test_what_an_application_stands_on_is_kept(service: Service, clock: Clock, status: ApplicationStatus) -> None:
    person = await candidate(service, clock)
    draft = await person.act("createCandidacy", SELECTION)
    async with service.resources.database.begin() as session:
        row = await session.get_one(Candidacy, parts_of(draft["id"])[1])
        employer = add_employer(session)
        await session.flush()
        application = _application(row, add_offer(session, employer), clock())
        application.status = status
        await session.flush()
        session.add(application)
    assert (await delete(person, draft["id"]))["code"] == "APPLICATION_STANDS"


async def test_a_case_that_waited_for_its_end_alone_is_closed_with_it(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    candidacy = await person.publish()
    clock.instant = datetime(2026, 5, 31, 14, tzinfo=UTC)
    await person.act("declareResidence", country="CA", province="QC")
    clock.instant = datetime(2026, 6, 1, 14, tzinfo=UTC)
    assert (await delete(person, candidacy))["status"] == "EXPIRED"
    assert await person.steps() == ["OPENED", "NOTHING_PUBLISHED"]


async def test_what_decides_a_residence_case_cannot_be_deleted_before_a_worker_looks(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    candidacy = await person.publish()
    clock.instant = datetime(2026, 5, 29, 14, tzinfo=UTC)
    await person.act("declareResidence", country="CA", province="QC")
    await service.work()
    clock.instant = datetime(2026, 6, 1, 14, tzinfo=UTC)  # the time to withdraw was over on the last day of the publication
    assert (await delete(person, candidacy))["code"] == "NOTICE_OPEN"
    await meet_due(service.resources.database, DEADLINES, clock())
    refused = await service.act("signIn", "", email=person.email, password=PASSWORD)
    assert refused["code"] == "ACCOUNT_DEACTIVATED"
