"""News of applications is gathered into mails, and each is sent once: nothing is lost, whatever happens at the same time, and
whatever dies in between."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.application import ApplicationEvent
from models.application_news import ApplicationMail, ApplicationNews, NewsKind
from models.deadline import Deadline, DeadlineKind, plan_once
from models.deadline_claim import Act, meet, meet_due
from models.holding import hold_listener
from models.outbox import OutboxEntry
from notifications.application_mail import APPLICATION_MAIL_QUEUED, gather_news
from notifications.application_mail_sending import send_application_mail
from notifications.opening import open_mailer
from tests.notifications.application_rows import STATUS, Office, nothing_is_owed, office, owed
from tests.notifications.mail_server import MailServer, answering, mail_server
from worker import DEADLINES

INVITED = "You are invited to an interview: Welder"

assert office


@pytest.fixture
async def server(office: Office) -> AsyncIterator[MailServer]:
    """The mail server by which that service sends instead."""
    async with mail_server() as running:
        post = replace(office.service.resources.post, mailer=open_mailer(running.url))
        office.service.resources = replace(office.service.resources, post=post)
        yield running
        await post.mailer.close()


async def test_what_comes_within_five_minutes_is_one_mail_and_what_comes_after_is_another(office: Office) -> None:
    await office.apply()
    await office.later(minutes=4, seconds=59)
    assert office.arrived() == []
    await office.apply(await office.post_offer(title_en="Cook"))
    await office.later(seconds=1)
    assert office.arrived() == ["candidate: News of 2 of your applications", "publisher: 2 new applications"]
    await office.apply(await office.post_offer(title_en="Baker"))
    assert await office.news() == ["candidate: Your application has been sent: Baker", f"publisher: {office.new('Baker')}"]


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
    async with office.database.read() as session:
        reference = (await session.get_one(Account, office.person.id)).mail_reference
    assert first["Message-ID"] == second["Message-ID"] == f"<application_mail.{mail_id}.{reference}@example.org>"
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
