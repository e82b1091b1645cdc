"""Who chooses another hour is written to at the next one; what is due stays due."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models.account import Account
from models.calendar import Weekday
from models.database import Database
from models.deadline import Deadline
from models.job_alert import JobAlertFrequency
from notifications.alert_mail import replan
from notifications.ledger import record_matches
from tests.conftest import NOW
from tests.notifications.rows import add_alert, add_employer, add_offer, add_person


@pytest.mark.parametrize(
    ("frequency", "planned", "planned_anew"),
    [
        (JobAlertFrequency.DAILY, datetime(2026, 3, 17, 12, tzinfo=UTC), datetime(2026, 3, 17, 6, tzinfo=UTC)),
        (JobAlertFrequency.WEEKLY, datetime(2026, 3, 23, 12, tzinfo=UTC), datetime(2026, 3, 20, 6, tzinfo=UTC)),
    ],
)
async def test_another_hour_day_and_time_zone_hold_from_the_next_mail_on(
    database: Database, frequency: JobAlertFrequency, planned: datetime, planned_anew: datetime
) -> None:
    async with database.begin() as session:
        add_alert(session, add_person(session), frequency=frequency)
        offer_id = add_offer(session, add_employer(session)).id
    await record_matches(database, offer_id, NOW)
    assert await due_at(database) == planned
    assert await replanned(database, NOW) == planned_anew
    assert await replanned(database, planned_anew + timedelta(seconds=20)) == planned_anew


async def replanned(database: Database, now: datetime) -> datetime:
    async with database.begin() as session:
        account = (await session.scalars(select(Account))).one()
        account.time_zone, account.mail_hour, account.mail_weekday = "Africa/Dakar", 6, Weekday.FRIDAY
        await replan(session, account, now)
    return await due_at(database)


async def due_at(database: Database) -> datetime:
    async with database.read() as session:
        return (await session.scalars(select(Deadline.due_at))).one()
