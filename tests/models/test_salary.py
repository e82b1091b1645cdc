"""What a pay comes to in a year."""

import pytest

from models.salary import Salary, SalaryPeriod


@pytest.mark.parametrize(
    ("period", "hours_per_week", "annual"),
    [
        (SalaryPeriod.YEAR, None, (20, 30)),
        (SalaryPeriod.MONTH, None, (240, 360)),
        (SalaryPeriod.WEEK, None, (1_040, 1_560)),
        (SalaryPeriod.HOUR, None, (41_600, 62_400)),
        (SalaryPeriod.HOUR, 37.5, (39_000, 58_500)),
    ],
)
def test_a_pay_is_multiplied_by_the_periods_of_a_year(
    period: SalaryPeriod, hours_per_week: float | None, annual: tuple[int, int]
) -> None:
    salary = Salary(20, 30, period, hours_per_week)
    assert (salary.annual_minimum, salary.annual_maximum) == annual


@pytest.mark.parametrize("period", [SalaryPeriod.YEAR, SalaryPeriod.MONTH, SalaryPeriod.WEEK])
def test_hours_count_for_an_hourly_pay_alone(period: SalaryPeriod) -> None:
    assert Salary(20, 30, period, 20.0).annual_maximum == Salary(20, 30, period).annual_maximum


def test_a_yearly_pay_is_in_whole_dollars() -> None:
    assert Salary(17, 17, SalaryPeriod.HOUR, 33.3).annual_minimum == 29_437
