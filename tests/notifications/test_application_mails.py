"""The mails about applications: who is told of which step, what is gathered into one mail, and that nothing that is owed is lost,
sent twice or told when it is not so any more."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.application import Application, ApplicationEvent
from models.application_news import ApplicationMail, ApplicationNews, NewsKind
from models.candidacy import Candidacy, CandidacyStatus
from models.deadline import Deadline, DeadlineKind, plan_once
from models.deadline_claim import Act, meet, meet_due
from models.employer import Employer, EmployerMember, EmployerStatus
from models.holding import hold_listener
from models.job_offer import JobOfferEvent, JobOfferStatus
from models.outbox import OutboxEntry
from notifications.application_mail import APPLICATION_MAIL_QUEUED, gather_news
from notifications.application_mail_sending import send_application_mail
from notifications.opening import open_mailer
from tests.conftest import NOW, Clock
from tests.notifications.application_rows import REASON, STATUS, Office, open_office
from tests.notifications.mail_server import MailServer, answering, mail_server
from tests.notifications.rows import add_employer, add_member
from tests.service import EMBEDDED, open_service
from worker import DEADLINES

SENT = "Your application has been sent: Welder"
REVIEWED = "Your application is under review: Welder"
INVITED = "You are invited to an interview: Welder"


@pytest.fixture
async def office(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Office]:
    """On each kind of database; mail goes into a folder."""
    async with open_service(database_url, EMBEDDED, tmp_path, clock) as service:
        yield await open_office(service, clock)


@pytest.fixture
async def server(office: Office) -> AsyncIterator[MailServer]:
    """The mail server by which that service sends instead."""
    async with mail_server() as running:
        post = replace(office.service.resources.post, mailer=open_mailer(running.url))
        office.service.resources = replace(office.service.resources, post=post)
        yield running
        await post.mailer.close()


def new(office: Office, offer: str = "Welder") -> str:
    return f"New application for “{offer}”: candidacy {office.candidacy.number}"


async def owed(office: Office, *rows: type) -> list[int]:
    """How many there are of each."""
    async with office.database.read() as session:
        return [await session.scalar(select(func.count()).select_from(row)) or 0 for row in rows]


async def nothing_is_owed(office: Office) -> bool:
    mails = Deadline.kind == DeadlineKind.APPLICATION_MAIL
    async with office.database.read() as session:
        planned = (await session.scalars(select(Deadline).where(mails))).all()
    return not planned and await owed(office, ApplicationNews, ApplicationMail, OutboxEntry) == [0, 0, 0]


async def test_an_application_is_acknowledged_and_told_to_the_member_who_published_the_offer(office: Office) -> None:
    await office.apply()
    assert await office.news() == [f"candidate: {SENT}", f"publisher: {new(office)}"]
    assert await nothing_is_owed(office)


async def test_each_step_is_told_to_the_side_that_did_not_take_it(office: Office) -> None:
    hired, given_up, declined, closed = [
        await office.apply(await office.post_offer(title_en=each)) for each in ("Cook", "Baker", "Nurse", "Tailor")
    ]
    await office.news()
    for each in (STATUS.UNDER_REVIEW, STATUS.INTERVIEW, STATUS.OFFERED, STATUS.HIRED):
        await office.step(hired, each)
        told = await office.news()
        assert (len(told), told[0][:10]) == (1, "candidate:")
    await office.step(declined, STATUS.DECLINED, "POSITION_FILLED", decline_reason="POSITION_FILLED")
    assert await office.news() == ["candidate: An answer to your application: Nurse"]
    await office.step(given_up, STATUS.WITHDRAWN)
    number = office.candidacy.number
    assert await office.news() == [f"publisher: Application withdrawn for “Baker”: candidacy {number}"]
    await office.step(closed, STATUS.CLOSED, REASON.OFFER_CLOSED)
    assert await office.news() == [
        "candidate: Your application is closed: Tailor",
        f"publisher: Application closed for “Tailor”: candidacy {number}",
    ]


async def test_where_the_publisher_does_not_act_for_the_employer_any_more_all_members_are_told(office: Office) -> None:
    async with office.database.begin() as session:
        elsewhere = add_employer(session)
        await session.flush()
        moved = update(EmployerMember).where(EmployerMember.id == office.publisher.id)
        await session.execute(moved.values(employer_id=elsewhere.id))
        add_member(session, elsewhere)
        other = add_member(session, office.employer)
    await office.apply()
    told = await office.news()
    assert sorted(each.partition(":")[0] for each in told) == sorted(["candidate", "colleague", other.email])


async def test_who_extended_the_offer_has_not_published_it(office: Office) -> None:
    async with office.database.begin() as session:
        extended = JobOfferEvent(job_offer_id=office.offer.id, at=NOW, status=JobOfferStatus.PUBLISHED, by=office.colleague.id)
        session.add(extended)
    await office.apply()
    assert [each.partition(":")[0] for each in await office.news()] == ["candidate", "publisher"]


async def test_what_comes_within_five_minutes_is_one_mail_and_what_comes_after_is_another(office: Office) -> None:
    await office.apply()
    await office.later(minutes=4, seconds=59)
    assert office.arrived() == []
    await office.apply(await office.post_offer(title_en="Cook"))
    await office.later(seconds=1)
    assert office.arrived() == ["candidate: News of 2 of your applications", "publisher: 2 new applications"]
    await office.apply(await office.post_offer(title_en="Baker"))
    assert await office.news() == ["candidate: Your application has been sent: Baker", f"publisher: {new(office, 'Baker')}"]


async def test_several_steps_of_one_application_are_told_as_where_it_stands(office: Office) -> None:
    application = await office.apply()
    await office.step(application, STATUS.UNDER_REVIEW)
    await office.step(application, STATUS.INTERVIEW, "Tuesday at nine.")
    assert await office.news() == [f"candidate: {INVITED}"], "what a colleague has taken up is not new"
    assert "Tuesday at nine." in office.last_to(office.person)


async def test_no_mail_is_empty(office: Office) -> None:
    application = await office.apply()
    await office.step(application, STATUS.UNDER_REVIEW)
    await office.step(application, STATUS.WITHDRAWN)
    number = office.candidacy.number
    assert await office.news() == [f"publisher: Application withdrawn for “Welder”: candidacy {number}"]
    assert await nothing_is_owed(office)


async def suspend(session: AsyncSession, office: Office) -> None:
    await session.execute(update(Employer).values(status=EmployerStatus.SUSPENDED))


async def forget_confirmations(session: AsyncSession, office: Office) -> None:
    await session.execute(update(Account).values(email_confirmed_at=None))


async def leave(session: AsyncSession, office: Office) -> None:
    elsewhere = add_employer(session)
    await session.flush()
    await session.execute(update(EmployerMember).values(employer_id=elsewhere.id))


async def erase(session: AsyncSession, office: Office) -> None:
    """All that names an application of the person."""
    await session.execute(delete(ApplicationNews))
    await session.execute(delete(ApplicationMail).where(ApplicationMail.account_id == office.person.id))
    await session.execute(delete(Deadline).where(Deadline.kind == DeadlineKind.APPLICATION_REMINDER))
    await session.execute(delete(Deadline).where(Deadline.subject == office.person.id))
    for row in (ApplicationEvent, Application):
        await session.execute(delete(row))


@pytest.mark.parametrize("gathered", [False, True])
@pytest.mark.parametrize(
    ("meanwhile", "still"),
    [(suspend, [f"candidate: {SENT}"]), (forget_confirmations, []), (leave, [f"candidate: {SENT}"]), (erase, [])],
)
async def test_what_may_not_be_told_any_more_is_not_sent_and_nothing_stays_owed(
    office: Office,
    meanwhile: Callable[[AsyncSession, Office], Awaitable[None]],
    still: list[str],
    gathered: bool,
) -> None:
    await office.apply()
    if gathered:
        office.clock.move(minutes=5)
        assert await meet_due(office.database, DEADLINES, office.clock()) == 2
    async with office.database.begin() as session:
        await meanwhile(session, office)
    assert await office.news() == still
    assert await nothing_is_owed(office)


async def test_nobody_is_told_what_a_suspended_employer_promises_and_everybody_that_it_declined(office: Office) -> None:
    promised, declined = await office.apply(), await office.apply(await office.post_offer(title_en="Cook"))
    await office.news()
    await office.step(promised, STATUS.UNDER_REVIEW)
    await office.step(promised, STATUS.INTERVIEW, "Send us money first.")
    await office.step(declined, STATUS.DECLINED, "OTHER", decline_reason="OTHER")
    async with office.database.begin() as session:
        await suspend(session, office)
    assert await office.news() == ["candidate: An answer to your application: Cook"]


async def test_a_mail_that_is_delayed_is_sent_later_and_says_what_is_so_then(office: Office, server: MailServer) -> None:
    application = await office.apply()
    await office.step(application, STATUS.UNDER_REVIEW)
    server.on_data = answering("451 4.3.0 later")
    await office.later(minutes=5)
    assert server.messages == []
    assert await owed(office, ApplicationMail, OutboxEntry) == [1, 1]
    await office.step(application, STATUS.INTERVIEW)
    server.on_data = answering("250 taken")
    await office.later(minutes=4)
    assert [each["Subject"] for each in server.messages] == [INVITED]
    await office.later(minutes=5)
    assert [each["Subject"] for each in server.messages] == [INVITED], "what it has told is not told again"
    assert await nothing_is_owed(office)


async def test_what_is_refused_for_good_is_not_tried_again(office: Office, server: MailServer) -> None:
    server.on_recipient = answering("550 5.1.1 no such mailbox")
    await office.apply()
    await office.later(minutes=5)
    assert server.messages == []
    assert await nothing_is_owed(office)


async def test_what_is_sent_again_after_a_crash_is_known_for_the_same_mail(office: Office, server: MailServer) -> None:
    await office.step(await office.apply(), STATUS.UNDER_REVIEW)
    office.clock.move(minutes=5)
    await meet_due(office.database, DEADLINES, office.clock())
    mail_id = await mail_to(office, office.person.id)

    async def taken_and_killed() -> str:
        task.cancel()
        return "250 taken"

    server.on_data = taken_and_killed
    resources = office.service.resources
    task = asyncio.ensure_future(send_application_mail(office.database, resources.post, mail_id, office.clock()))
    with pytest.raises(asyncio.CancelledError):
        await task
    server.on_data = answering("250 taken")
    await office.later(hours=1)
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"] == f"<application_mail.{mail_id}.{office.person.id}@example.org>"
    assert await nothing_is_owed(office)


async def mail_to(office: Office, account_id: UUID) -> UUID:
    async with office.database.read() as session:
        return (await session.scalars(select(ApplicationMail.id).where(ApplicationMail.account_id == account_id))).one()


async def test_a_step_that_is_taken_while_news_is_gathered_is_owed_another_mail(office: Office) -> None:
    """To a member, whom no step holds: the step and the worker meet at the deadline."""
    application = await office.apply()
    office.clock.move(minutes=5)
    gathered, going_on = asyncio.Event(), asyncio.Event()

    async def gather_and_wait(session: AsyncSession, person: Any, now: Any) -> None:
        await gather_news(session, person, now)
        gathered.set()
        await going_on.wait()

    mail = DeadlineKind.APPLICATION_MAIL
    acts = {mail: Act(hold_listener, gather_and_wait)}
    gathering = asyncio.ensure_future(meet(office.database, acts, mail, office.publisher.id, office.clock()))
    await gathered.wait()
    stepping = asyncio.ensure_future(office.step(application, STATUS.WITHDRAWN))
    await asyncio.sleep(0.05)
    assert not stepping.done(), "it waits for the worker that holds the deadline"
    going_on.set()
    await asyncio.gather(gathering, stepping)
    waiting = (ApplicationNews.account_id == office.publisher.id, ApplicationNews.mail_id.is_(None))
    async with office.database.read() as session:
        assert await session.scalar(select(func.count()).where(*waiting)) == 1
        assert await session.get(Deadline, (office.publisher.id, mail.value)) is not None
    assert await office.news() == [f"publisher: Application withdrawn for “Welder”: candidacy {office.candidacy.number}"]
    assert await nothing_is_owed(office)


async def test_a_worker_that_gathers_waits_for_a_step_that_is_being_taken_and_tells_of_it(office: Office) -> None:
    """Of a member, whom no step holds."""
    await office.apply()
    office.clock.move(minutes=5)
    now, mail = office.clock(), DeadlineKind.APPLICATION_MAIL
    async with office.database.begin() as session:
        event_id = (await session.scalars(select(ApplicationEvent.id))).one()
        session.add(ApplicationNews(account_id=office.publisher.id, event_id=event_id, kind=NewsKind.REMINDER))
        await plan_once(session, mail, office.publisher.id, now + timedelta(minutes=5))
        gathering = asyncio.ensure_future(meet(office.database, DEADLINES, mail, office.publisher.id, now))
        await asyncio.sleep(0.05)
        assert not gathering.done()
    assert await gathering
    async with office.database.read() as session:
        mails = (
            await session.scalars(select(ApplicationNews.mail_id).where(ApplicationNews.account_id == office.publisher.id))
        ).all()
    assert (len(mails), len(set(mails)), None in mails) == (2, 1, False)


async def test_of_steps_at_once_and_workers_that_gather_meanwhile_none_is_lost(office: Office) -> None:
    offers = [await office.post_offer(title_en=f"Offer {number}") for number in range(6)]
    office.clock.move(minutes=5)

    async def gather() -> None:
        for _ in range(6):
            await meet_due(office.database, DEADLINES, office.clock() + timedelta(minutes=6))

    await asyncio.gather(gather(), *map(office.apply, offers), gather())
    await gather()
    async with office.database.read() as session:
        news = (await session.execute(select(ApplicationNews.account_id, ApplicationNews.mail_id))).all()
    assert len(news) == 2 * len(offers)
    assert all(mail for _, mail in news)


async def test_a_mail_of_very_many_shows_some_and_counts_all(office: Office) -> None:
    for number in range(22):
        await office.apply(await office.post_offer(title_en=f"Offer {number}"))
    assert await office.news() == ["candidate: News of 22 of your applications", "publisher: 22 new applications"]
    for who in (office.person, office.publisher):
        mail = office.last_to(who)
        assert "Here are 20 of the 22." in mail
        assert ("“Offer 19”" in mail, "“Offer 20”" in mail) == (True, False)


async def test_no_title_of_a_candidacy_that_is_not_published_is_told(office: Office) -> None:
    """Nobody has looked whether it says who the person is."""
    await office.apply()
    await office.news()
    assert "Experienced welder" in office.last_to(office.publisher)
    await office.apply(await office.post_offer(title_en="Cook"))
    async with office.database.begin() as session:
        withdrawn = update(Candidacy).values(status=CandidacyStatus.WITHDRAWN, title_en="Amélie N’Diaye, welder")
        await session.execute(withdrawn)
    await office.news()
    mail = office.last_to(office.publisher)
    assert new(office, "Cook") in mail
    assert "welder" not in mail


async def test_the_work_of_a_mail_that_is_gone_is_done(office: Office) -> None:
    await office.apply()
    office.clock.move(minutes=5)
    await meet_due(office.database, DEADLINES, office.clock())
    async with office.database.begin() as session:
        await session.execute(update(ApplicationNews).values(mail_id=None))
        await session.execute(delete(ApplicationNews))
        await session.execute(delete(ApplicationMail))
        kinds = (await session.scalars(select(OutboxEntry.kind))).all()
    assert kinds == [APPLICATION_MAIL_QUEUED] * 2
    await office.work()
    assert office.arrived() == []
    assert await nothing_is_owed(office)
