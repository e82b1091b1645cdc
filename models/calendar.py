"""Days of the service. Deadlines and publication periods are counted in Québec, whatever the machine or the reader."""

import enum
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUEBEC = ZoneInfo("America/Toronto")
NOTICE_HOUR = time(8)
WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""Other forms of the standard, such as weeks, are not ours."""


class Weekday(enum.StrEnum):
    """In the order of datetime.date.weekday."""

    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    SATURDAY = "SATURDAY"
    SUNDAY = "SUNDAY"

    @property
    def number(self) -> int:
        return list(Weekday).index(self)


def read_day(typed: str) -> date:
    """The day that is written YYYY-MM-DD. Raises ValueError for any other text, and for a day that does not exist."""
    if not WRITTEN_DAY.fullmatch(typed):
        raise ValueError("a day is a string such as 2026-05-01")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"{typed} is no day of the calendar") from None


def quebec_day(instant: datetime) -> date:
    """The day it is in Québec at that instant."""
    return instant.astimezone(QUEBEC).date()


def end_of_day(day: date) -> datetime:
    """The first instant, in UTC, after that day has ended in Québec."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=QUEBEC).astimezone(UTC)


def morning(day: date) -> datetime:
    """The instant, in UTC, of 8:00 in Québec on that day: when notices of that day are due."""
    return datetime.combine(day, NOTICE_HOUR, tzinfo=QUEBEC).astimezone(UTC)


def next_hour(after: datetime, zone: ZoneInfo, hour: int, weekday: int | None = None) -> datetime:
    """The first instant after that one, in UTC, at which it is that hour in the zone, on that day of the week if any (0 is
    Monday). Of an hour that the clocks show twice it is the first; one that they leave out comes when
    it would have come without the change."""
    day = after.astimezone(zone).date()
    days = (day + timedelta(days=ahead) for ahead in range(-1, 15))  # some zones have left out a whole day
    instants = (
        datetime.combine(each, time(hour), tzinfo=zone).astimezone(UTC) for each in days if weekday in (None, each.weekday())
    )
    return next(instant for instant in instants if instant > after)


def anniversary(day: date, year: int) -> date:
    """The day's anniversary in that year; 29 February counts as 28 February in common years."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def period_end(issued_on: date, expires_on: date, today: date) -> date:
    """Last day of a publication begun today: the eve of the next anniversary of the issue date, or the day the
    certificate expires, whichever comes first."""
    following = anniversary(issued_on, today.year)
    if following <= today:
        following = anniversary(issued_on, today.year + 1)
    return min(following - timedelta(days=1), expires_on)
