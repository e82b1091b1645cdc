"""A year of daily mails in forty time zones: each on its hour of its day, over every change of the clocks."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from models.account import Account
from models.alert_mail import GATHERED, AlertMail
from models.database import Database, open_database
from models.deadline import Deadline
from models.deadline_claim import Act, meet_due
from models.holding import hold_candidate
from models.job_alert import JobAlertFrequency
from notifications.alert_mail import gather
from notifications.ledger import record_matches
from tests.notifications.rows import add_alert, add_employer, add_offer, add_person
from tests.real_parts import LONG
from tests.simulation.quick import quick

ZONES = """
    Africa/Abidjan Africa/Algiers Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Kinshasa Africa/Lagos Africa/Nairobi
    America/Bogota America/Caracas America/Havana America/Mexico_City America/Nuuk America/Port-au-Prince America/Santiago
    America/Sao_Paulo America/St_Johns America/Toronto America/Vancouver Asia/Beirut Asia/Colombo Asia/Dhaka Asia/Ho_Chi_Minh
    Asia/Jerusalem Asia/Kabul Asia/Kathmandu Asia/Kolkata Asia/Manila Asia/Shanghai Asia/Tehran Asia/Tokyo Asia/Yangon
    Atlantic/Azores Australia/Adelaide Australia/Lord_Howe Europe/Brussels Europe/Bucharest Europe/Paris Pacific/Apia
    Pacific/Chatham
""".split()
HOURS = (8, 2, 1, 0, 3)
"""Those at which some clocks are put forward or back, and the one that most people keep."""
BEGIN, DAYS, AROUND = datetime(2026, 2, 1, tzinfo=UTC), 366, timedelta(days=1)
DAILY = {GATHERED[JobAlertFrequency.DAILY]: Act(hold_candidate, gather(JobAlertFrequency.DAILY))}


def expected(zone: ZoneInfo, hour: int, until: datetime) -> Iterator[datetime]:
    """When the clock comes to that hour on each local day, found by looking at it every five minutes. Where it leaves the hour
    out, when it would have come to it."""
    told: date | None = None
    instant = BEGIN - timedelta(days=1)
    while instant < until:
        shown = instant.astimezone(zone)
        if shown.date() != told and shown.hour >= hour:
            told = shown.date()
            if instant > BEGIN:
                before = (instant - timedelta(minutes=5)).astimezone(zone).utcoffset() or timedelta(0)
                would_be = datetime.combine(told, time(hour), tzinfo=UTC) - before
                yield would_be if shown.time() > time(hour) else instant
        instant += timedelta(minutes=5)


async def subscribe(database: Database) -> dict[UUID, tuple[ZoneInfo, int]]:
    people: dict[UUID, tuple[ZoneInfo, int]] = {}
    async with database.begin() as session:
        for number, name in enumerate(ZONES):
            person = add_person(session)
            add_alert(session, person, frequency=JobAlertFrequency.DAILY, started_at=BEGIN)
            await session.flush()
            account = await session.get_one(Account, person.id)
            account.time_zone, account.mail_hour = name, HOURS[number % len(HOURS)]
            people[person.id] = ZoneInfo(name), account.mail_hour
    return people


async def meet_until(database: Database, instant: datetime) -> None:
    """All that comes until then, at its own instant."""
    while True:
        async with database.read() as session:
            due = await session.scalar(select(func.min(Deadline.next_try_at)).where(Deadline.kind.in_(DAILY)))
        if due is None or due > instant:
            return
        await meet_due(database, DAILY, due)


def days_with_news(everything: bool) -> list[datetime]:
    """Each day of the year, or every fortieth and those about a change of some clock."""
    days = [BEGIN + timedelta(days=number) for number in range(DAYS)]
    if everything:
        return days
    near = {each for each in days for zone in ZONES if changes(ZoneInfo(zone), each - AROUND, each + AROUND)}
    return sorted(near | set(days[::40]))


def changes(zone: ZoneInfo, begin: datetime, end: datetime) -> bool:
    return begin.astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset()


async def live(database: Database, days: list[datetime]) -> list[datetime]:
    """Twice on each of those days there is something to tell; gives when."""
    told = [day + timedelta(hours=hours) for day in days for hours in (0, 12)]
    async with database.begin() as session:
        employer = add_employer(session)
    for now in told:
        await meet_until(database, now)
        async with database.begin() as session:
            offer_id = add_offer(session, employer, published_at=now).id
        await record_matches(database, offer_id, now)
    await meet_until(database, told[-1] + timedelta(days=2))
    return told


async def test_every_mail_of_a_year_is_on_its_local_hour_and_none_is_missing_or_twice(sqlite_url: str) -> None:
    database, days = open_database(sqlite_url), days_with_news(everything=LONG)
    with quick(database.engine):
        people = await subscribe(database)
        told = await live(database, days)
        async with database.read() as session:
            mails = [(each.person_id, each.created_at) for each in await session.scalars(select(AlertMail))]
    passed = 0
    for person, (zone, hour) in people.items():
        hours = list(expected(zone, hour, told[-1] + timedelta(days=3)))
        due = {hours[bisect_right(hours, at)] for at in told}
        assert sorted(at for candidate, at in mails if candidate == person) == sorted(due), (zone, hour)
        passed += sum(changes(zone, before, after) for before, after in pairwise(sorted(due)))
    await database.close()
    print(f"{len(mails):,} mails in {len(people)} time zones, over {passed} changes of clocks")
    assert passed >= 35
