"""The mails about applications: who is told of which step, and that nothing is told that is not so any more, or that may not be
told."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.application import Application, ApplicationEvent
from models.application_news import ApplicationMail, ApplicationNews, owe_held_back
from models.candidacy import Candidacy, CandidacyStatus
from models.deadline import Deadline, DeadlineKind
from models.deadline_claim import meet_due
from models.employer import Employer, EmployerMember, EmployerStatus
from models.job_offer import JobOfferEvent, JobOfferStatus
from tests.conftest import NOW
from tests.notifications.application_rows import REASON, STATUS, Office, nothing_is_owed, office
from tests.notifications.rows import add_employer, add_member
from worker import DEADLINES

SENT = "Your application has been sent: Welder"
INVITED = "You are invited to an interview: Welder"

assert office


async def test_an_application_is_acknowledged_and_told_to_the_member_who_published_the_offer(office: Office) -> None:
    await office.apply()
    assert await office.news() == [f"candidate: {SENT}", f"publisher: {office.new()}"]
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


async def test_where_nobody_is_known_to_read_the_address_of_the_publisher_a_colleague_is_told(office: Office) -> None:
    async with office.database.begin() as session:
        unknown = update(Account).where(Account.id == office.publisher.id).values(email_confirmed_at=None)
        await session.execute(unknown)
    await office.apply()
    assert [each.partition(":")[0] for each in await office.news()] == ["candidate", "colleague"]


async def test_who_extended_the_offer_has_not_published_it(office: Office) -> None:
    async with office.database.begin() as session:
        extended = JobOfferEvent(job_offer_id=office.offer.id, at=NOW, status=JobOfferStatus.PUBLISHED, by=office.colleague.id)
        session.add(extended)
    await office.apply()
    assert [each.partition(":")[0] for each in await office.news()] == ["candidate", "publisher"]


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


async def reinstate(session: AsyncSession, office: Office) -> None:
    await session.execute(update(Employer).values(status=EmployerStatus.AUTHENTICATED))
    await owe_held_back(session, office.clock(), employer=office.employer.id)


async def confirm(session: AsyncSession, office: Office) -> None:
    await session.execute(update(Account).values(email_confirmed_at=office.clock()))
    for reader in (office.person, office.publisher):
        await owe_held_back(session, office.clock(), reader=reader.id)


Change = Callable[[AsyncSession, Office], Awaitable[None]]


@pytest.mark.parametrize("gathered", [False, True])
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ((suspend, reinstate), (["candidate"], ["publisher"])),
        ((forget_confirmations, confirm), ([], ["candidate", "publisher"])),
    ],
)
async def test_what_cannot_be_told_yet_is_told_once_it_can(
    office: Office, changes: tuple[Change, Change], told: tuple[list[str], list[str]], gathered: bool
) -> None:
    await office.apply()
    if gathered:
        office.clock.move(minutes=5)
        assert await meet_due(office.database, DEADLINES, office.clock()) == 2
    for change, readers in zip(changes, told, strict=True):
        async with office.database.begin() as session:
            await change(session, office)
        for expected in (readers, []):
            assert [each.partition(":")[0] for each in await office.news()] == expected
    assert await nothing_is_owed(office)


async def test_what_is_not_so_any_more_when_it_can_be_told_is_not_told(office: Office) -> None:
    application = await office.apply()
    async with office.database.begin() as session:
        await suspend(session, office)
    await office.news()
    await office.step(application, STATUS.WITHDRAWN)
    await office.news()
    async with office.database.begin() as session:
        await reinstate(session, office)
    number = office.candidacy.number
    assert await office.news() == [f"publisher: Application withdrawn for “Welder”: candidacy {number}"]
    assert await nothing_is_owed(office)


@pytest.mark.parametrize("gathered", [False, True])
@pytest.mark.parametrize(("meanwhile", "still"), [(leave, [f"candidate: {SENT}"]), (erase, [])])
async def test_what_may_not_be_told_any_more_is_not_sent_and_nothing_stays_owed(
    office: Office,
    meanwhile: Change,
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
    assert office.new("Cook") in mail
    assert "welder" not in mail
