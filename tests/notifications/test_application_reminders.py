"""An employer that leaves an application alone for twenty days is reminded of it, once for each state, and of several at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.application import REMINDED_AFTER, ApplicationStatus
from models.deadline import Deadline, DeadlineKind
from models.employer import Employer, EmployerStatus
from models.job_offer import JobOfferEvent
from models.language import Language
from tests.conftest import Clock
from tests.notifications.application_rows import REASON, STATUS, Office, open_office
from tests.service import EMBEDDED, Service, open_service

STEPS = (STATUS.SUBMITTED, STATUS.UNDER_REVIEW, STATUS.INTERVIEW, STATUS.OFFERED)


@pytest.fixture
async def service(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Service]:
    async with open_service(database_url, EMBEDDED, tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def office(service: Service, clock: Clock) -> Office:
    return await open_office(service, clock)


def waits(office: Office) -> list[str]:
    return [f"publisher: An application has waited for 20 days: candidacy {office.candidacy.number}"]


async def test_an_application_that_waits_is_recalled_after_twenty_days_once_for_each_state(office: Office) -> None:
    application = await office.apply()
    for status in STEPS:
        if status is not STATUS.SUBMITTED:
            await office.step(application, status)
        await office.news()
        await office.later(seconds=REMINDED_AFTER.total_seconds() - 301)
        assert await planned(office) == [DeadlineKind.APPLICATION_REMINDER], "a second before"
        await office.later(seconds=1)
        assert await planned(office) == [DeadlineKind.APPLICATION_MAIL], "owed at that very instant"
        assert await office.news() == waits(office)
        await office.later(days=60)
        assert office.arrived() == []
    await office.step(application, STATUS.HIRED)
    await office.news()
    await office.later(days=60)
    assert office.arrived() == []


async def planned(office: Office) -> list[str]:
    async with office.database.read() as session:
        return list(await session.scalars(select(Deadline.kind)))


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (STATUS.UNDER_REVIEW, None),
        (STATUS.DECLINED, "OTHER"),
        (STATUS.WITHDRAWN, None),
        (STATUS.CLOSED, REASON.OFFER_CLOSED),
    ],
)
async def test_none_is_recalled_that_has_moved_or_ended(office: Office, target: ApplicationStatus, reason: str | None) -> None:
    application = await office.apply()
    await office.later(days=19, hours=23)
    await office.step(application, target, reason)
    await office.news()
    await office.later(days=19, hours=23, minutes=54)
    assert office.arrived() == []


async def test_none_is_recalled_that_moves_between_the_reminder_and_its_mail(office: Office) -> None:
    application = await office.apply()
    await office.news()
    await office.later(days=19, hours=23, minutes=55)
    assert await planned(office) == [DeadlineKind.APPLICATION_MAIL]
    await office.step(application, STATUS.UNDER_REVIEW)
    assert await office.news() == ["candidate: Your application is under review: Welder"]


@pytest.mark.parametrize(("days", "afterwards"), [(19, []), (20, ["publisher"])])
async def test_an_employer_that_is_suspended_is_reminded_of_nothing(office: Office, days: int, afterwards: list[str]) -> None:
    """Before it came to that; or before the mail went out, which then goes once the employer stands again."""
    await office.apply()
    await office.news()
    await office.later(days=days, minutes=-5)
    async with office.database.begin() as session:
        await session.execute(update(Employer).values(status=EmployerStatus.SUSPENDED))
    await office.later(days=2)
    assert office.arrived() == []
    async with office.database.begin() as session:
        await session.execute(update(Employer).values(status=EmployerStatus.AUTHENTICATED))
    await office.later(days=60)
    assert [each.partition(":")[0] for each in await office.news()] == afterwards
    assert await planned(office) == []


@pytest.mark.parametrize("language", Language)
async def test_what_has_waited_together_is_recalled_together(service: Service, clock: Clock, language: Language) -> None:
    office = await open_office(service, clock, language)
    for title in ("Cook", "Baker"):
        await office.apply(await office.post_offer(title_en=title, title_fr=f"{title} (FR)"))
        clock.move(minutes=2)
    await office.news()
    await office.later(days=20)
    subject, first, second = {
        Language.EN: ("2 applications have waited for 20 days", "“Cook”", "“Baker”"),
        Language.FR: ("2 demandes d’emploi attendent depuis 20 jours", "« Cook (FR) »", "« Baker (FR) »"),
    }[language]
    assert await office.news() == [f"publisher: {subject}"]
    mail = office.last_to(office.publisher).replace("\N{NO-BREAK SPACE}", " ")
    assert [each for each in (first, second) if each not in mail] == []
    assert mail.count("20 days" if language is Language.EN else "20 jours") == 4


async def test_a_worker_that_was_away_reminds_late_and_once(office: Office) -> None:
    await office.apply()
    await office.news()
    await office.later(days=35)
    assert await office.news() == waits(office)
    await office.later(days=35)
    assert office.arrived() == []


async def test_all_members_are_reminded_where_nobody_published_the_offer(office: Office) -> None:
    async with office.database.begin() as session:
        await session.execute(update(JobOfferEvent).values(by=None))
    await office.apply()
    await office.news()
    await office.later(days=20)
    assert [each.partition(":")[0] for each in await office.news()] == ["colleague", "publisher"]
