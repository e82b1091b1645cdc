"""Before an alert is saved, a figure says how often it would have fired; too often is refused."""

from datetime import timedelta
from typing import Any

import pytest

from errors import LimitReached
from models.database import Database
from models.employer import EmployerStatus
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_criteria import JobOfferCriteria, JobOfferExclusion
from notifications import estimate as estimates
from notifications.estimate import Estimate, count_matches, estimate
from tests.conftest import NOW
from tests.notifications.rows import WELDING, add_employer, add_offer


async def offers(database: Database, count: int = 1, **fields: Any) -> list[JobOffer]:
    async with database.begin() as session:
        employer = add_employer(session)
        return [add_offer(session, employer, **fields) for _ in range(count)]


async def test_offers_of_the_last_thirty_days_that_match_are_counted(database: Database) -> None:
    await offers(database, 3, published_at=NOW - timedelta(days=29))
    await offers(database, 2, published_at=NOW - timedelta(days=31))
    await offers(database, 2, title_fr="Infirmière", occupation="31301")
    await offers(database, 1, published_at=None)
    assert await estimate(database, WELDING, NOW) == Estimate(days=30, matches=3)
    assert (await estimate(database, WELDING, NOW, days=60)).matches == 5


async def test_an_offer_that_was_closed_since_would_have_fired_too(database: Database) -> None:
    (offer,) = await offers(database)
    async with database.begin() as session:
        (await session.get_one(JobOffer, offer.id)).status = JobOfferStatus.CLOSED
        add_offer(session, add_employer(session, EmployerStatus.SUSPENDED))
    assert (await estimate(database, WELDING, NOW)).matches == 2


async def test_the_figure_a_day_is_told(database: Database) -> None:
    await offers(database, 4)
    assert (await estimate(database, WELDING, NOW)).per_day == 0.13


async def test_nothing_published_is_an_estimate_of_nothing(database: Database) -> None:
    assert await estimate(database, WELDING, NOW) == Estimate(days=30, matches=0)


async def test_criteria_that_ask_for_nothing_are_refused_with_the_figure(database: Database) -> None:
    await offers(database, 3)
    with pytest.raises(LimitReached) as refusal:
        await estimate(database, JobOfferCriteria(), NOW)
    assert (refusal.value.code, refusal.value.limit, refusal.value.current) == ("TOO_BROAD", 30, 0.1)


async def test_more_than_thirty_a_day_is_refused_with_the_figure(database: Database) -> None:
    broad = JobOfferCriteria(excluding=JobOfferExclusion(regions=("17",)))
    await offers(database, 61)
    await offers(database, 1, region="17")
    assert (await estimate(database, broad, NOW, days=3)).matches == 61
    with pytest.raises(LimitReached) as refusal:
        await estimate(database, broad, NOW, days=2)
    assert (refusal.value.code, refusal.value.current) == ("TOO_BROAD", 30.5)
    assert (await count_matches(database, broad, NOW, days=2)).matches == 61


async def test_criteria_that_leave_nothing_out_are_refused_as_asking_for_nothing(database: Database) -> None:
    await offers(database, estimates.ENOUGH_TO_TELL)
    with pytest.raises(LimitReached):
        await estimate(database, JobOfferCriteria(minimum_salary=1), NOW)
    await offers(database, 1, region="17")
    assert (await estimate(database, JobOfferCriteria(excluding=JobOfferExclusion(regions=("17",))), NOW)).matches == 50


async def test_beyond_what_is_read_the_share_of_the_latest_stands_for_all(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimates, "MOST_READ", 20)
    monkeypatch.setattr(estimates, "PAGE", 7)
    await offers(database, 10)
    await offers(database, 30, title_fr="Infirmière", occupation="31301", published_at=NOW - timedelta(hours=1))
    assert (await count_matches(database, WELDING, NOW)).matches == 20
