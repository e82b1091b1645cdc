"""Days are those of Québec, and publication periods run from anniversary to anniversary."""

from datetime import UTC, date, datetime

import pytest

from models.calendar import anniversary, end_of_day, period_end, quebec_day

FAR = date(2040, 1, 1)


@pytest.mark.parametrize(
    ("day", "ended_at"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 16, 5, 0, tzinfo=UTC)),
        (date(2026, 7, 15), datetime(2026, 7, 16, 4, 0, tzinfo=UTC)),
        (date(2026, 3, 7), datetime(2026, 3, 8, 5, 0, tzinfo=UTC)),
        (date(2026, 3, 8), datetime(2026, 3, 9, 4, 0, tzinfo=UTC)),
        (date(2026, 10, 31), datetime(2026, 11, 1, 4, 0, tzinfo=UTC)),
        (date(2026, 11, 1), datetime(2026, 11, 2, 5, 0, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2027, 1, 1, 5, 0, tzinfo=UTC)),
    ],
    ids=str,
)
def test_a_day_ends_at_midnight_in_quebec_when_the_clocks_change_too(day: date, ended_at: datetime) -> None:
    assert end_of_day(day) == ended_at
    assert quebec_day(ended_at) > day == quebec_day(ended_at - datetime.resolution)


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        (date(2024, 5, 31), 2026, date(2026, 5, 31)),
        (date(2024, 2, 29), 2025, date(2025, 2, 28)),
        (date(2024, 2, 29), 2028, date(2028, 2, 29)),
        (date(2025, 2, 28), 2028, date(2028, 2, 28)),
    ],
    ids=str,
)
def test_29_february_has_its_anniversary_on_the_28th_in_common_years(day: date, year: int, expected: date) -> None:
    assert anniversary(day, year) == expected


@pytest.mark.parametrize(
    ("issued_on", "today", "ends_on"),
    [
        (date(2025, 6, 1), date(2025, 6, 1), date(2026, 5, 31)),
        (date(2025, 6, 1), date(2026, 5, 31), date(2026, 5, 31)),
        (date(2025, 6, 1), date(2026, 6, 1), date(2027, 5, 31)),
        (date(2025, 6, 1), date(2026, 1, 1), date(2026, 5, 31)),
        (date(2025, 6, 1), date(2026, 12, 31), date(2027, 5, 31)),
        (date(2025, 1, 1), date(2026, 12, 31), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2025, 2, 27), date(2025, 2, 27)),
        (date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 27)),
        (date(2024, 2, 29), date(2027, 3, 1), date(2028, 2, 28)),
        (date(2024, 2, 29), date(2028, 2, 28), date(2028, 2, 28)),
    ],
    ids=str,
)
def test_a_publication_ends_on_the_eve_of_the_next_anniversary(issued_on: date, today: date, ends_on: date) -> None:
    assert period_end(issued_on, FAR, today) == ends_on


@pytest.mark.parametrize(
    ("expires_on", "ends_on"),
    [
        (date(2026, 5, 30), date(2026, 5, 30)),
        (date(2026, 5, 31), date(2026, 5, 31)),
        (date(2026, 6, 1), date(2026, 5, 31)),
    ],
    ids=str,
)
def test_a_publication_ends_with_the_certificate_if_that_is_earlier(expires_on: date, ends_on: date) -> None:
    assert period_end(date(2025, 6, 1), expires_on, date(2026, 3, 16)) == ends_on
