"""The calendar of the oracle: days and instants of Québec, and the last day of a publication. Shares no code with the product."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

QUEBEC = ZoneInfo("America/Toronto")
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def day_of(instant: datetime) -> date:
    return instant.astimezone(QUEBEC).date()


def at_eight(day: date) -> datetime:
    """8:00 on a clock of Québec."""
    return datetime(day.year, day.month, day.day, 8, tzinfo=QUEBEC).astimezone(UTC)


def midnight_after(day: date) -> datetime:
    following = day + DAY
    return datetime(following.year, following.month, following.day, tzinfo=QUEBEC).astimezone(UTC)


def anniversaries(issued: date, until: int) -> list[date]:
    """Of every year from the issue to that one. Who was issued a certificate on 29 February has theirs on the 28th in common
    years: the last day of the month, whichever that is."""
    leapling = (issued.month, issued.day) == (2, 29)
    years = range(issued.year + 1, until + 1)
    return [date(year, 3, 1) - DAY if leapling else date(year, issued.month, issued.day) for year in years]


def last_day(issued: date, expires: date, began: date) -> date:
    """Of a publication that began on that day: the first eve of an anniversary that has not gone by, or the expiry."""
    eves = [each - DAY for each in anniversaries(issued, max(issued.year, began.year) + 1)]
    return min(next(eve for eve in eves if eve >= began), expires)
