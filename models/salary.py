"""Pay, and what it comes to in a year. Amounts are Canadian dollars before taxes."""

import enum
from dataclasses import dataclass

FULL_WEEK = 40.0
"""Hours that an offer is taken to mean when it states an hourly pay and no hours."""


class SalaryPeriod(enum.StrEnum):
    HOUR = "HOUR"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"


@dataclass(frozen=True)
class Salary:
    minimum: int
    maximum: int
    period: SalaryPeriod
    hours_per_week: float | None = None

    @property
    def annual_minimum(self) -> int:
        return self._annual(self.minimum)

    @property
    def annual_maximum(self) -> int:
        return self._annual(self.maximum)

    @property
    def periods_of_a_year(self) -> float:
        periods = {
            SalaryPeriod.HOUR: 52 * (self.hours_per_week or FULL_WEEK),
            SalaryPeriod.WEEK: 52,
            SalaryPeriod.MONTH: 12,
            SalaryPeriod.YEAR: 1,
        }
        return periods[self.period]

    def _annual(self, amount: int) -> int:
        return round(amount * self.periods_of_a_year)
