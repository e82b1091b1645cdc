"""Pay in the API."""

from typing import Self

import strawberry

from models import salary
from schema.fields import doc

strawberry.enum(salary.SalaryPeriod, description="What a pay is counted by.")


@strawberry.type(description="Pay in Canadian dollars before taxes.")
class Salary:
    minimum: int = doc("Least, for one period.")
    maximum: int = doc("Most, for one period.")
    period: salary.SalaryPeriod = doc("What the two above are counted by.")
    annual_minimum: int = doc("Least, for a year.")
    annual_maximum: int = doc("Most, for a year.")

    @classmethod
    def of(cls, pay: salary.Salary) -> Self:
        return cls(
            minimum=pay.minimum,
            maximum=pay.maximum,
            period=pay.period,
            annual_minimum=pay.annual_minimum,
            annual_maximum=pay.annual_maximum,
        )


@strawberry.input(description="Pay in Canadian dollars before taxes.")
class SalaryInput:
    minimum: int = doc("Least, for one period.")
    maximum: int = doc("Most, for one period.")
    period: salary.SalaryPeriod = doc("What the two above are counted by.")

    def read(self) -> salary.Salary:
        return salary.Salary(self.minimum, self.maximum, self.period)
